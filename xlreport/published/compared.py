"""What comes of comparing a published document with the report that was checked."""

from __future__ import annotations

from typing import Literal, NamedTuple

from xlreport.finding import Finding
from xlreport.report import Report

Data = Literal["same", "other", "damaged", "none"]
"""How it is with the report data that a document carries."""


class Compared(NamedTuple):
    """What the document `source` says otherwise than `against`, whose report is `report`."""

    source: str
    against: str
    report: Report
    findings: tuple[Finding, ...]
    data: Data

    @property
    def different(self) -> int:
        """In how many places they differ: what a document has beside the report is noted, and is no difference."""
        return sum(finding.severity != "note" for finding in self.findings)

    def to_json(self, language: str = "zh") -> dict[str, object]:
        """The object `xlreport/verify/1`."""
        return {
            "schema": "xlreport/verify/1",
            "source": self.source,
            "against": self.against,
            "form": self.report.form,
            "agency": self.report.agency,
            "year": self.report.year,
            "same": not self.different,
            "data": self.data,
            "findings": [finding.to_json(language) for finding in self.findings],
        }
