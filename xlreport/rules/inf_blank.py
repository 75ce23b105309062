"""INF-BLANK: a report names its agency and its year."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.rule import Example, Rule
from xlreport.workbook.plan import ABOUT, BASICS


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    for what, missing in (("agency", not report.agency.strip()), ("year", report.year is None)):
        if missing and what not in report.unread:
            yield Finding("INF-BLANK", "error", f"findings.INF-BLANK.{what}", addresses=(f"{BASICS}!B{ABOUT[what]}",))


RULE = Rule(
    code="INF-BLANK",
    severity="error",
    basis=("regulation-49",),
    judge=_judge,
    wrong=Example(agency="", year=None),
    right=Example(),
)
