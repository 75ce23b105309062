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
    form, figures, last = report.statute, report.figures, report.last_year.figures
    asked = report.last_year.statute.figures  # by the trial form not yet
    for cells in (cells for cells in form.stock if cells[0] in asked):
        before = last.get(cells[0], 0)
        held, came, went = (figures.get(cell, 0) for cell in cells)
        expected = before + came - went
        if held == expected:
            continue
        shown = [form.figures[cell] for cell in cells]
        values = {
            "name": shown[0].names[0],
            "sheet": shown[0].sheet,
            "cells": words.cells(shown),
            "last": words.number(before),
            "came": words.number(came),
            "went": words.number(went),
            "expected": words.number(expected),
            "value": words.number(held),
        }
        if held < expected:  # more in force, or more repealed, would make it right
            is_open = cells[0] not in figures or cells[2] not in figures
        else:
            is_open = cells[0] not in last or cells[1] not in figures
        if is_open:
            yield Unassessed(CODE, cells, f"findings.open.{CODE}", values)
        else:
            addresses = tuple(figure.address for figure in shown)
            yield Finding(CODE, "warning", f"findings.{CODE}", values, cells, addresses, expected=expected, actual=held)


RULE = Rule(
    code=CODE,
    severity="warning",
    basis=("table2-stock", "notice-figures"),
    judge=_judge,
    wrong=Example({**_KNOWN, f"{_ROW}.in_force": 14}, last_year={f"{_ROW}.in_force": 10}),
    right=Example({**_KNOWN, f"{_ROW}.in_force": 13}, last_year={f"{_ROW}.in_force": 10}),
    forms=("2021",),
)
