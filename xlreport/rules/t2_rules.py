"""T2-RULES: 规章 are made by departments of the State Council and by governments of cities and provinces alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

NATIONAL = r"^(?:国家|国务院|中国|中华)|(?:部|总局|总署|人民银行|审计署)$"
"""Names of offices that are, or may be, departments of the State Council."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """Judged where the kind of office leaves no doubt: a local department, a town, a subdistrict."""
    local = report.kind == "部门" and report.agency and not re.search(NATIONAL, report.agency)
    if not local and report.kind != "乡镇/街道":
        return
    figures = [f for f in report.statute.table("t2").figures if f.row_id == "rules" and report.figures.get(f.id, 0) > 0]
    if figures:
        yield Finding(
            "T2-RULES",
            "warning",
            "words.T2-RULES.text",
            {"cells": words.cells(figures), "sheet": figures[0].sheet, "kind": report.kind},
            tuple(figure.id for figure in figures),
            tuple(figure.address for figure in figures),
        )


RULE = Rule(
    code="T2-RULES",
    severity="warning",
    basis=("legislation-law", "table2-stock"),
    judge=_judge,
    wrong=Example({"t2.rules.in_force": 3}, kind="部门"),
    right=Example({"t2.rules.in_force": 0, "t2.normative_documents.in_force": 3}, kind="部门"),
)
