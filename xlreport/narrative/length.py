"""How long section 一 is: what the draft keeps within the limit, and what TXT-LEN holds it to."""

from __future__ import annotations

from collections.abc import Mapping

from xlreport.report import Report


def overview_length(report: Report, texts: Mapping[str, str]) -> int:
    """Characters of section 一 with its headings, white space not counted."""
    section = next(section for section in report.statute.sections if section.id == "overview")
    printed = "".join(heading + texts[key] for key, heading in section.text if texts.get(key, "").strip())
    return len("".join(printed.split()))
