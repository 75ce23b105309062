"""Explanations come back in the list that was sent out."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.verdicts import passing, unusable, wrong, wrong_report
from tests.rules.made import report, with_cell
from tests.samples import city
from xlreport import job
from xlreport.errors import DataError, InputError, UnsafeError
from xlreport.finding import Finding, Verdict
from xlreport.report import Report
from xlreport.results.answers import read_answers
from xlreport.results.sheet import findings_list
from xlreport.rules.explain import explain
from xlreport.workbook.fill import fill

STOCK = report({"t2.rules.in_force": 7}, agency="甲局", last_year=report({"t2.rules.in_force": 10}, year=2023))
ANSWER = 11
"""Index of the column for explanations, from 1."""


def stock() -> Verdict:
    return job.judge(Path("甲.json"), STOCK)


def answered(verdicts: list[Verdict], edit: Callable[[Any], None] | None = None, language: str = "zh") -> bytes:
    """The list of these verdicts, `见附件` written beside each finding as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(findings_list(verdicts, language)))
    sheet = book.worksheets[1]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, ANSWER).value = f"见附件{row}"
    if edit:
        edit(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def applied(source: Report, content: bytes) -> list[tuple[str, str]]:
    verdict = job.judge(Path("a.json"), source)
    _, told = explain(verdict.findings, read_answers(content, source), source)
    return [(one.code, one.status) for one in told]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_and_back(language: str) -> None:
    """What a unit writes beside a finding comes back as its explanation, and only to the unit and year it is of."""
    content = answered([wrong(), unusable(), stock()], language=language)
    assert dict(applied(STOCK, content))["T2-STOCK"] == "applies"
    statuses = dict(applied(wrong_report(), content))
    assert statuses["FIG-BLANK"] == "applies"
    assert statuses["T3-ROW"] == "refused"
    assert "T2-STOCK" not in statuses
    assert read_answers(content, replace(STOCK, year=2023)) == ()
    assert read_answers(content, replace(STOCK, agency="乙局")) == ()


def test_it_lapses() -> None:
    """In a list too an explanation is bound to what was found."""
    content = answered([stock()])
    assert ("T2-STOCK", "lapsed") in applied(with_cell(STOCK, "t2.rules.in_force", 6), content)
    last = replace(STOCK, last_year=report({"t2.rules.in_force": 11}, year=2023))
    assert ("T2-STOCK", "lapsed") in applied(last, content)


def test_sorted_and_moved() -> None:
    """Lines may be sorted and columns added or moved: they go by their names."""

    def edit(sheet: Any) -> None:
        sheet.insert_cols(1)
        sheet["A1"] = "备注"
        sheet.move_range("B2:Z2", rows=20)

    assert ("T2-STOCK", "applies") in applied(STOCK, answered([stock(), wrong()], edit))


def test_what_nobody_wrote() -> None:
    """A list as it was sent out explains nothing."""
    assert read_answers(findings_list([stock(), passing()]), STOCK) == ()


def test_what_is_no_list() -> None:
    """A workbook that is no list of ours, or whose head was changed, is refused; so is what is unsafe or too long."""

    def headless(sheet: Any) -> None:
        sheet.cell(1, ANSWER).value = "说明"

    def long(sheet: Any) -> None:
        sheet.cell(2, ANSWER).value = "长" * 2001

    for content in (fill(city()), answered([stock()], headless)):
        with pytest.raises(InputError):
            read_answers(content, STOCK)
    with pytest.raises(DataError) as caught:
        read_answers(answered([stock()], long), STOCK)
    assert "第 2 行" in caught.value.tell()

    def far(sheet: Any) -> None:
        sheet["XFD1048576"] = 1

    with pytest.raises(UnsafeError):
        read_answers(answered([stock()], far), STOCK)
    for content in (b"", b"PK", b"PK\x03\x04" + bytes(100)):
        with pytest.raises((InputError, UnsafeError)):
            read_answers(content, STOCK)


@given(st.integers(-(10**14), 10**14) | st.decimals(-99999, 99999, places=4))
def test_any_value_comes_back(value: Any) -> None:
    """Whatever number a finding is about, it comes back the same."""
    finding = Finding(
        "T2-STOCK", "warning", "words.TXT-PASTE.text", {"place": "一", "quote": "二"}, ("t2.rules.in_force",)
    )
    finding = finding._replace(expected=value, actual=value, explanation="清理")
    verdict = stock()._replace(findings=(finding,))
    (one,) = read_answers(findings_list([verdict]), STOCK)
    assert (one.value, one.expected, one.text) == (value, value, "清理")
