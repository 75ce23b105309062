"""LY-JUMP: a figure ten times last year's or a tenth of it; often a unit was mistaken (元 for 万元)."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

FACTOR = 10
LEAST = {"t2": 100, "t3": 30, "t4": 20}
"""By table: the larger figure below which a jump is ordinary."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """A note for each figure of both reports that the forms ask of last year, a row's total standing for the row."""
    if report.last_year is None:
        return
    form, before = report.statute, report.last_year.figures
    blanks = report.blanks() | report.last_year.blanks()
    for cell in form.last_year_figures:
        figure = form.figures[cell]
        rows = cell.endswith(".total") or figure.table == "t2"
        if not rows or cell in blanks or cell not in before:
            continue
        then, now = before[cell], report.figures[cell]
        small, large = sorted((then, now))
        if small > 0 and large >= FACTOR * small and large >= LEAST[figure.table]:
            unit = figure.kind == "amount" and large >= 1000 * small
            values = {
                "address": figure.address,
                "name": words.name(figure),
                "value": words.number(now),
                "last": words.number(then),
                "unit": figure.unit,
            }
            case = "unit" if unit else "text"
            yield Finding("LY-JUMP", "note", f"words.LY-JUMP.{case}", values, (cell,), (figure.address,))


RULE = Rule(
    code="LY-JUMP",
    severity="note",
    basis=("notice-figures", "tool"),
    judge=_judge,
    wrong=Example({"t2.fees.amount": 520000}, last_year={"t2.fees.amount": 48}),
    right=Example({"t2.fees.amount": 52}, last_year={"t2.fees.amount": 48}),
)
