"""Rules that hold a report against last year's: wrong, open for blanks, or in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.rules.made import report
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.rules import judge

IN, OUT = "t3.carried_in.enterprise", "t3.carried_out.enterprise"
ISSUED, REPEALED, HELD = (f"t2.normative_documents.{column}" for column in ("issued", "repealed", "in_force"))


def verdict(code: str, now: Mapping[str, Number | None], before: Mapping[str, Number | None]) -> str:
    """What the rule says when these figures stand in two reports that are otherwise all zeros."""
    zeros = dict.fromkeys(report({}).figures, 0)
    this, last = (
        Report("2021", "某局", year, {cell: n for cell, n in (zeros | dict(cells)).items() if n is not None})
        for year, cells in ((2024, now), (2023, before))
    )
    findings, open_ = judge(replace(this, last_year=last))
    told = [f.severity for f in findings if f.code == code] + ["open" for item in open_ if item.code == code]
    assert len(told) <= 1
    return told[0] if told else "holds"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (3, 3, "holds"),
        (4, 3, "error"),
        (None, 3, "open"),
        (None, 0, "holds"),
        (None, None, "holds"),
        (3, None, "open"),
        (0, None, "holds"),
    ],
)
def test_carry(now: Number | None, before: Number | None, said: str) -> None:
    """This year's 二 is last year's 四; a blank on either side fails only if no filling could make it right."""
    assert verdict("T3-CARRY", {IN: now}, {OUT: before}) == said


def test_carry_of_a_total_whose_parts_were_blank() -> None:
    """Last year's total of which a part is blank may have been more, and so is no error."""
    figures = {OUT: 3, "t3.carried_in.enterprise": 3, "t3.carried_in.natural_person": 2}
    last = Report("2021", "某局", 2023, {OUT: 3}).totalled()
    this = Report("2021", "某局", 2024, {k: v for k, v in figures.items() if k != OUT}).totalled()
    findings, open_ = judge(replace(this, last_year=last))
    assert [f for f in findings if f.code == "T3-CARRY"] == []
    cells = [item.cells for item in open_ if item.code == "T3-CARRY"]
    assert cells == [("t3.carried_in.natural_person",), ("t3.carried_in.total",)]


@pytest.mark.parametrize(
    ("held", "came", "went", "before", "said"),
    [
        (13, 5, 2, 10, "holds"),
        (14, 5, 2, 10, "warning"),
        (None, 5, 2, 10, "open"),
        (12, None, 2, 10, "open"),
        (10, None, 0, 10, "holds"),
        (7, None, 2, 10, "warning"),
        (14, 5, None, 10, "open"),
        (16, 5, None, 10, "warning"),
        (14, 5, 2, None, "open"),
        (2, 5, 2, None, "warning"),
    ],
)
def test_stock(held: Number | None, came: Number | None, went: Number | None, before: Number | None, said: str) -> None:
    """现行有效 follows from last year's; a blank makes it open only where a number there could make it right."""
    assert verdict("T2-STOCK", {HELD: held, ISSUED: came, REPEALED: went}, {HELD: before}) == said


def test_stock_of_a_form_that_did_not_ask() -> None:
    """The trial form has no 现行有效: nothing is said of a stock that last year's report could not hold."""
    this = Report("2021", "某局", 2021, {HELD: 5, ISSUED: 1, REPEALED: 0}, last_year=Report("2019", "某局", 2020))
    findings, open_ = judge(this)
    assert "T2-STOCK" not in {finding.code for finding in findings} | {item.code for item in open_}
