"""INF-ZERO: 无业务 is chosen only where nothing of the year's business is counted."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import NO_BUSINESS, Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

CODE = "INF-ZERO"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    if report.facts.get(NO_BUSINESS) != "是":
        return
    form = report.statute
    lasting = {cell for cells in form.stock for cell in cells[:1]}  # what is in force may be older than the year
    counted = [
        figure
        for cell, figure in form.figures.items()
        if report.figures.get(cell) and cell not in lasting and cell not in form.totals
    ]
    if counted:
        yield Finding(
            CODE,
            "warning",
            f"findings.{CODE}",
            {"count": len(counted), "cells": "、".join(f"{x.address}（{words.name(x)}）" for x in counted[:3])},
            cells=tuple(figure.id for figure in counted),
            addresses=tuple(figure.address for figure in counted),
        )


RULE = Rule(
    code=CODE,
    severity="warning",
    basis=("notice-figures", "tool"),
    judge=_judge,
    wrong=Example({"t2.licensing.decisions": 35}, facts={NO_BUSINESS: "是"}),
    right=Example({"t2.normative_documents.in_force": 35}, facts={NO_BUSINESS: "是"}),
)
