"""FIG-BLANK: an empty figure cell; nothing happened is a 0, not an empty cell."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

NAMED = 3
"""How many empty cells of a table the sentence names."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One warning a table. A computed total is no cell to fill; a total that a source leaves empty is."""
    for table in report.statute.tables:
        fillable = [figure for figure in table.figures if figure.id not in report.derived]
        empty = [figure for figure in fillable if figure.id not in report.figures and figure.id not in report.unread]
        if not empty:
            continue
        extent = "all" if len(empty) == len(fillable) else "some" if len(empty) > NAMED else "few"
        named = "、".join(f"{figure.cell}（{words.name(figure)}）" for figure in empty[:NAMED])
        yield Finding(
            code="FIG-BLANK",
            severity="warning",
            key=f"findings.FIG-BLANK.{extent}",
            values={"sheet": table.sheet, "count": len(empty), "cells": named},
            cells=tuple(figure.id for figure in empty),
            addresses=tuple(figure.address for figure in empty),
        )


RULE = Rule(
    code="FIG-BLANK",
    severity="warning",
    basis=("notice-complete", "notice-requests"),
    judge=_judge,
    wrong=Example({"t2.penalty.decisions": None, "t2.compulsion.decisions": None}),
    right=Example({"t2.penalty.decisions": 0, "t2.compulsion.decisions": 0}),
)
