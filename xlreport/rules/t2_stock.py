"""T2-STOCK: what is in force = what was in force last year + what was issued - what was repealed."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

CODE = "T2-STOCK"
_ROW = "t2.normative_documents"
_KNOWN = {f"{_ROW}.issued": 5, f"{_ROW}.repealed": 2}


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    if report.last_year is None:
        return
    form, figures = report.statute, report.figures
    for cells in form.stock:
        before = report.last_year.figures.get(cells[0])
        if before is None or not all(cell in figures for cell in cells):
            continue
        held, came, went = (figures[cell] for cell in cells)
        if held != before + came - went:
            shown = [form.figures[cell] for cell in cells]
            values = {
                "name": shown[0].names[0],
                "sheet": shown[0].sheet,
                "cells": words.cells(shown),
                "last": words.number(before),
                "came": words.number(came),
                "went": words.number(went),
                "expected": words.number(before + came - went),
                "value": words.number(held),
            }
            yield Finding(
                CODE,
                "warning",
                f"findings.{CODE}",
                values,
                cells,
                tuple(figure.address for figure in shown),
                expected=before + came - went,
                actual=held,
            )


RULE = Rule(
    code=CODE,
    severity="warning",
    basis=("table2-stock", "notice-figures"),
    judge=_judge,
    wrong=Example({**_KNOWN, f"{_ROW}.in_force": 14}, last_year={f"{_ROW}.in_force": 10}),
    right=Example({**_KNOWN, f"{_ROW}.in_force": 13}, last_year={f"{_ROW}.in_force": 10}),
    forms=("2021",),
)
