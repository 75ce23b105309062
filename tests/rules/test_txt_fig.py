"""TXT-FIG: figures in the text that the tables contradict."""

from __future__ import annotations

from pathlib import Path

from tests.rules.made import WORDS, report
from xlreport.job import judge
from xlreport.rules import RULES
from xlreport.rules import judge as judge_report

TEXT = WORDS | {"overview.on_request": "全县收到政府信息公开申请21件，其中不予公开3件。我局收到政府信息公开申请7件。"}


def test_told() -> None:
    """The finding quotes figure and sentence, names cells and addresses, and has both values; a part is a warning."""
    source = report({"t3.received.total": 12, "t3.refused.state_secret.total": 2}, text=TEXT, agency="东河县人民政府")
    first, second, third = (finding for finding in judge_report(source)[0] if finding.code == "TXT-FIG")
    assert (first.severity, first.expected, first.actual, first.addresses) == ("error", 12, 21, ("表三!J6",))
    assert "21件" in first.message()
    assert "一、本年新收·总计" in first.message()
    assert (second.expected, second.actual, len(second.cells)) == (2, 3, 8)
    assert "（三）不予公开”合计" in second.message()
    assert "J10:J17" in second.message()
    assert (third.severity, third.actual) == ("warning", 7)


def test_once() -> None:
    """The verdict lists the figures that the rule was given, the same whether read before or by the rule itself."""
    source = report({"t3.received.total": 21}, text=TEXT)
    verdict = judge(Path("a.json"), source)
    assert [told.figure for told in verdict.figures_in_text] == ["21件", "3件", "7件"]
    rule = RULES["TXT-FIG"]
    assert rule.judge is not None
    assert rule.told is not None
    assert list(rule.judge(source)) == list(rule.told(source, verdict.figures_in_text))
    assert list(rule.told(source, ())) == []
