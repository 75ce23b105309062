"""TXT-FIG: figures in the text that the tables contradict."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.made import WORDS, report
from xlreport.form import load_form
from xlreport.job import judge
from xlreport.rules import RULES
from xlreport.rules import judge as judge_report
from xlreport.rules.txt_fig import _name

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


T3, T4 = "t3.refused", "t4.litigation"
_APPLICANTS = ("enterprise", "research_institution", "public_interest_organization", "legal_service_agency", "other")


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (["t3.granted.total"], "“（一）予以公开·总计”"),
        (["t3.granted.total", "t3.partly_granted.total"], "“（一）予以公开”＋“（二）部分公开”"),
        ([f"{T3}.state_secret.total", f"{T3}.enforcement_files.total"], "“（三）不予公开”合计"),
        ([f"{T3}.state_secret.other", f"{T3}.enforcement_files.other"], "“（三）不予公开”的“其他”合计"),
        (["t3.granted.natural_person", "t3.granted.enterprise"], "“（一）予以公开”的“自然人、商业企业”"),
        ([f"t3.granted.{column}" for column in _APPLICANTS], "“（一）予以公开”"),
        ([f"t3.granted.{column}" for column in _APPLICANTS[:3]], "“（一）予以公开”"),
        (["t3.received.total", "t3.carried_in.total"], "“一、本年新收”＋“二、上年结转”"),
        ([f"{T4}_direct.upheld", f"{T4}_after_reconsideration.upheld"], "“行政诉讼”的“结果维持”合计"),
    ],
)
def test_names(cells: list[str], name: str) -> None:
    """Several cells are called by what their names share."""
    assert _name([load_form("2021").figures[cell] for cell in cells]) == name


def test_blanks() -> None:
    """A figure whose cells are blank is not judged, and the reason names sentence, figure and cells."""
    text = WORDS | {
        "overview.on_request": "全县收到政府信息公开申请21件，其中不予公开3件。因政府信息公开被申请行政复议5件。"
    }
    cells = ("t3.received.total", "t3.refused.state_secret.total", "t4.reconsideration.total")
    source = report(dict.fromkeys(cells), text=text, agency="东河县人民政府")
    found, not_assessed = judge_report(source)
    assert "TXT-FIG" not in {finding.code for finding in found}
    told = [item for item in not_assessed if item.code == "TXT-FIG"]
    assert [item.cells for item in told] == [(cell,) for cell in cells]
    assert all(
        part in told[0].to_json()["reason"] for part in ("全县收到", "“21件”", "一、本年新收·总计", "J6", "没有填齐")
    )
    figures = judge(Path("a.json"), source).figures_in_text
    assert {(one.status, one.cells) for one in figures} == {("other", ())}


@pytest.mark.parametrize("words", ["全县收到政府信息公开申请0件。", "我局收到政府信息公开申请7件。", "接听电话21次。"])
def test_blanks_that_say_nothing(words: str) -> None:
    """A blank counts as zero; what only a part reports, or no cell, is not missed."""
    text = WORDS | {"overview.on_request": words}
    source = report({"t3.received.total": None}, text=text, agency="东河县人民政府")
    found, not_assessed = judge_report(source)
    assert "TXT-FIG" not in {finding.code for finding in found} | {item.code for item in not_assessed}


def test_some_blanks() -> None:
    """Blanks among the cells of a sum leave a greater figure open, and contradict a smaller one."""
    for told, contradicts in ((5, False), (1, True)):
        text = WORDS | {"overview.on_request": f"全县收到政府信息公开申请9件，其中不予公开{told}件。"}
        figures = {
            "t3.received.total": 9,
            "t3.refused.state_secret.total": 2,
            "t3.refused.third_party_rights.total": None,
        }
        found, not_assessed = judge_report(report(figures, text=text, agency="东河县人民政府"))
        assert ("TXT-FIG" in {finding.code for finding in found}) is contradicts
        cells = [item.cells for item in not_assessed if item.code == "TXT-FIG"]
        assert cells == ([] if contradicts else [("t3.refused.third_party_rights.total",)])


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
