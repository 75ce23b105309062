"""Linear relations (勾稽关系): the cells on both sides, weighed, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.form import Figure, Form, Relation
from xlreport.form.weigh import Number, Outcome, weigh
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Judge

READABLE = 2
"""Terms on a side that are all printed; of more, only those that are not zero."""


def identity(code: str) -> Judge:
    """The judge of all relations that a form declares under `code`."""

    def judge(report: Report) -> Iterator[Finding | Unassessed]:
        report = report.at_least()
        form, blanks = report.statute, report.blanks()
        for relation in form.relations:
            if relation.code == code:
                outcome = weigh(relation, report.figures, blanks)
                if outcome.verdict == "fails":
                    yield _failed(relation, outcome, form, report)
                elif outcome.verdict == "open":
                    yield _open(relation, outcome, form, report)

    return judge


def _failed(relation: Relation, outcome: Outcome, form: Form, report: Report) -> Finding:
    figures = [form.figures[cell] for cell in relation.cells]
    return Finding(
        code=relation.code,
        severity="error",
        key=f"findings.{relation.code}",
        values={**_equation(relation, outcome, form, report), "cells": words.cells(figures)},
        cells=relation.cells,
        addresses=tuple(figure.address for figure in figures),
        expected=outcome.left,
        actual=outcome.right,
    )


def _open(relation: Relation, outcome: Outcome, form: Form, report: Report) -> Unassessed:
    lighter = relation.left if outcome.left < outcome.right else relation.right
    empty = words.cells([form.figures[cell] for cell in _empty(lighter, report)])
    values = {**_equation(relation, outcome, form, report), "blanks": empty}
    return Unassessed(relation.code, relation.cells, f"findings.open.{relation.code}", values)


def _empty(cells: Iterable[str], report: Report) -> Iterator[str]:
    """The empty cells among these and behind those that are computed: what somebody can fill in."""
    totals = report.statute.totals
    for cell in cells:
        if cell in report.derived:
            yield from _empty(totals[cell].left, report)
        elif cell not in report.figures:
            yield cell


def _equation(relation: Relation, outcome: Outcome, form: Form, report: Report) -> dict[str, object]:
    """What was evaluated: where, the terms and sum of each side, and the difference."""
    left, right = ([form.figures[cell] for cell in side] for side in (relation.left, relation.right))
    along_row = len({figure.row_id for figure in left + right}) == 1
    return {
        "sheet": right[0].sheet,
        "line": words.row(right[0]) if along_row else right[0].names[-1],
        "left": _side(left, outcome.left, report, along_row=along_row),
        "right": _side(right, outcome.right, report, along_row=along_row),
        "difference": words.number(outcome.right - outcome.left),
    }


def _side(figures: list[Figure], total: Number, report: Report, *, along_row: bool) -> str:
    """The terms of a side and their sum, the rows of a block (（三）不予公开) as one term."""
    terms: dict[str, Number] = {}
    for figure in figures:
        term = figure.names[-1] if along_row else figure.names[0]
        terms[term] = terms.get(term, 0) + report.figures.get(figure.id, 0)
    shown = terms if len(terms) <= READABLE else {term: value for term, value in terms.items() if value}
    printed = [f"{term} {words.number(value)}" for term, value in shown.items()]
    if not printed:
        first, *_, last = terms
        printed = [f"{first} 0", "…", f"{last} 0"]
    text = " ＋ ".join(printed)
    return text if len(printed) == 1 else f"{text} ＝ {words.number(total)}"
