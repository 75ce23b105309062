"""Verdicts as a person reads them in a terminal."""

from __future__ import annotations

import json

import pytest

from tests.samples import city
from xlreport.data import dump_report, parse_report
from xlreport.finding import Verdict
from xlreport.rules import judge
from xlreport.terminal import pad, verdict_text, width, wrap

SENTENCE = (
    "表三“商业企业”列：一、本年新收 75 ＋ 二、上年结转 4 ＝ 79，而（七）总计 73，相差 −15。请核对 E6、E7、E29:E30"
)


def verdict() -> Verdict:
    data = json.loads(dump_report(city()))
    for cell in data["figures"]:
        if cell.startswith("t3.received"):
            data["figures"][cell] += 1_000_000
        if cell.startswith("t4.reconsideration"):
            data["figures"][cell] = None
    report = parse_report(json.dumps(data))
    findings, not_assessed = judge(report)
    return Verdict("测试.json", report.form, report.agency, report.year, findings, not_assessed)


@pytest.mark.parametrize("columns", range(8, 80))
def test_wrap(columns: int) -> None:
    """Every line fits, nothing is lost, no line begins with a comma, and a number keeps its sign."""
    lines = list(wrap(SENTENCE, columns))
    assert "".join(lines).replace(" ", "") == SENTENCE.replace(" ", "")
    for line in lines:
        assert width(line) <= max(columns, 9)
        assert line == line.strip()
        assert line[0] not in "，。、：）”"
        assert line[-1] not in "（“−"


def test_width() -> None:
    """A Chinese character takes two columns, a combining one none."""
    assert width("表三!D6") == 7
    assert width("e\u0301") == 1
    assert pad("表", 4) == "表  "


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_verdict_fits(columns: int, language: str) -> None:
    """The table fits the usual terminals, holds no control codes, and names the cells."""
    text = verdict_text(verdict(), language, columns)
    assert max(map(width, text.splitlines())) <= columns
    assert not any(ord(c) < 32 for c in text.replace("\n", ""))
    for word in ("T3-BAL", "表三!D6", "FIG-BLANK", "1003440"):
        assert word in text
