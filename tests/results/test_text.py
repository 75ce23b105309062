"""Verdicts as a person reads them in a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.results.verdicts import wrong
from tests.rules.made import with_cell
from tests.samples import city
from xlreport import job
from xlreport.data import dump_report, parse_report
from xlreport.finding import Verdict
from xlreport.results.text import GUESSES, pad, verdict_text, width, wrap
from xlreport.rules import judge

TYPED = replace(city(), last_year=None)

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


def test_suspects() -> None:
    """The likeliest suspects stand under the table, numbered, in the user's language and within the columns."""
    verdict = job.judge(Path("a.json"), with_cell(TYPED, "t3.granted.natural_person", 1480))
    zh, en = (verdict_text(verdict, language, 60) for language in ("zh", "en"))
    assert zh.index("可能填错的地方") > zh.index("T3-SUM")
    assert "  1. 表三!D8（（一）予以公开·自然人）填的是 1480，若为 1408\n     则表三、表四的勾稽全部相符" in zh
    assert "with 1408, all relations of 表三 and 表四 hold" in " ".join(en.split())
    listed = zh[zh.index("  1. ") :].splitlines()
    assert len(listed) > 1
    assert all(width(line) <= 60 for line in listed)


def test_only_the_likeliest() -> None:
    """Of many suspects the first few are told and the rest counted."""
    report = replace(with_cell(TYPED, "t3.received.natural_person", 3449).totalled(), draft={})
    verdict = job.judge(Path("a.json"), report)
    assert len(verdict.suspects) > GUESSES
    text = verdict_text(verdict)
    assert f"  {GUESSES}. " in text
    assert f"  {GUESSES + 1}. " not in text
    assert f"……另有 {len(verdict.suspects) - GUESSES} 种可能" in text


def test_none() -> None:
    """A report in order says nothing of suspects."""
    assert "可能填错" not in verdict_text(job.judge(Path("a.json"), TYPED))


def test_what_table_and_text_have() -> None:
    """Of a figure in the text, the table's value and the text's are told as such: either may be wrong."""
    told = verdict_text(wrong(), columns=100)
    (line,) = (line for line in told.splitlines() if " TXT-FIG " in line)
    assert line.split()[-4:] == ["表中", "3525", "正文", "21"]
    narrow = verdict_text(wrong(), columns=40)
    assert not any("正文 21" in line for line in narrow.splitlines() if "TXT-FIG" in line)
