"""T4-PENDING: what was still pending last year is among this year's cases."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

_ROW = "t4.reconsideration"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """A note for each of the three blocks whose total is less than last year's 尚未审结."""
    if report.last_year is None:
        return
    table, before, blanks = report.statute.table("t4"), report.last_year.figures, report.blanks()
    for figure in table.figures:
        pending, total = before.get(f"t4.{figure.row_id}.pending", 0), report.figures.get(figure.id, 0)
        if figure.column_id == "total" and figure.id not in blanks and pending > total:
            values = {
                "address": figure.address,
                "name": words.name(figure),
                "value": words.number(total),
                "last": words.number(pending),
            }
            yield Finding("T4-PENDING", "note", "words.T4-PENDING.text", values, (figure.id,), (figure.address,))


RULE = Rule(
    code="T4-PENDING",
    severity="note",
    basis=("notice-disputes", "tool"),
    judge=_judge,
    wrong=Example({f"{_ROW}.total": 1, f"{_ROW}.upheld": 1}, last_year={f"{_ROW}.pending": 3}),
    right=Example({f"{_ROW}.total": 3, f"{_ROW}.upheld": 3}, last_year={f"{_ROW}.pending": 3}),
)
