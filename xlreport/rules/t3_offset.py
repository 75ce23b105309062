"""T3-OFFSET: mistakes in two columns of table 3 that cancel, so that 总计 looks right."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.form import Relation
from xlreport.form.weigh import Number, weigh
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

CODE = "T3-OFFSET"
LINES = {"T3-BAL": "balance", "T3-SUM": "sum"}


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """A note for each relation that fails in columns whose differences come to nothing, and holds in 总计."""
    form, blanks = report.statute, report.blanks()
    for code in LINES:
        off: list[tuple[Relation, Number]] = []
        for relation in form.relations:
            if relation.code == code:
                left, right, verdict = weigh(relation, report.figures, blanks)
                if verdict == "open" or (relation.key == "total" and left != right):
                    off = []
                    break
                if left != right:
                    off.append((relation, right - left))
        if off and not sum(by for _, by in off):
            yield _finding(report, code, off)


def _finding(report: Report, code: str, off: list[tuple[Relation, Number]]) -> Finding:
    figures = report.statute.figures
    last = [figures[relation.right[-1]] for relation, _ in off]
    columns = "、".join(
        f"“{figure.names[-1]}”{'+' if by > 0 else ''}{words.number(by)}"
        for figure, (_, by) in zip(last, off, strict=True)
    )
    cells = tuple(cell for relation, _ in off for cell in relation.right)
    addresses = tuple(figures[cell].address for cell in cells)
    return Finding(CODE, "note", f"words.{CODE}.{LINES[code]}", {"columns": columns}, cells, addresses)


_KNOWN = {
    "t3.received.natural_person": 60,
    "t3.received.total": 61,
    "t3.granted.natural_person": 61,
    "t3.granted.total": 61,
    "t3.concluded.natural_person": 61,
    "t3.concluded.total": 61,
}

RULE = Rule(
    code=CODE,
    severity="note",
    basis=("table3-head", "table3-sum"),
    judge=_judge,
    wrong=Example({**_KNOWN, "t3.received.other": 1}),
    right=Example({**_KNOWN, "t3.received.natural_person": 61}),
)
