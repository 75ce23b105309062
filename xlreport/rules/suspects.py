"""Which cells are probably wrong: looked for only where two sides that must be equal are not."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.finding import Finding, Stated, Suspect
from xlreport.report import Report


def suspects(report: Report, found: Sequence[Finding], told: tuple[Stated, ...]) -> tuple[Suspect, ...]:
    """The suspects in a report of which `found` and the figures `told` in its prose are known, likeliest first."""
    if not any(finding.severity == "error" and finding.expected is not None for finding in found):
        return ()
    from xlreport.rules.locate import locate
    from xlreport.rules.ly_year import comparable

    return locate(comparable(report), told)
