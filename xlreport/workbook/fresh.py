"""What a fresh workbook takes over from last year's report."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from xlreport.report import Report


def carried_over(report: Report, before: Report) -> Report:
    """`report` with last year's 四 as its 二, what rarely changes of an office, and last year's report beside it."""
    carried = {now: before.figures[then] for then, now in report.statute.carry if then in before.figures}
    return replace(
        report,
        agency=report.agency or before.agency,
        year=report.year or (before.year + 1 if before.year else None),
        kind=before.kind,
        contact=before.contact,
        figures=MappingProxyType({cell: n for cell, n in carried.items() if cell not in report.statute.totals}),
        last_year=replace(before, last_year=None),
    )
