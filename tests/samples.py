"""Reports that many tests start from."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import xlreport.demo
from xlreport import job
from xlreport.data import parse_report
from xlreport.report import Report
from xlreport.workbook.fill import fill


@cache
def city() -> Report:
    """A city's report of 2024: consistent, last year's beside it, its draft made."""
    return _demo("city")


@cache
def bureau() -> Report:
    """A bureau's report of 2024 with nothing to count, its draft made."""
    return _demo("bureau")


def _demo(name: str) -> Report:
    path = Path(xlreport.demo.__file__).with_name(f"{name}.json")
    report = parse_report(path.read_bytes()).settled()
    return replace(report, draft=job.draft_text(report))


def write_workbook(report: Report, path: Path) -> Path:
    """The filled workbook at `path`."""
    path.write_bytes(fill(report))
    return path
