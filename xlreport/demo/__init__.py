"""The main job on two real reports: a bureau's zeros, and a city's figures with last year's beside them.

The figures are those of the published reports; the prose is drafted by xlreport itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xlreport import job
from xlreport.data import parse_report
from xlreport.errors import OutputError, reason
from xlreport.results.text import verdict_text
from xlreport.safe.write import write_whole
from xlreport.workbook.fill import fill

REPORTS = ("bureau", "city")


def run(folder: Path, tell: Callable[..., None], language: str) -> int:
    """Write a workbook, a DOCX, a PDF and a page for each report into `folder`, and tell every step.

    Returns 0, or 1 should a report of ours not pass. Raises OutputError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("files.refused", path=folder, reason=reason(error)) from None
    clean = True
    for name in REPORTS:
        report = parse_report(Path(__file__).with_name(f"{name}.json").read_bytes()).settled()
        stem = folder / f"{report.agency}{report.year}年政府信息公开工作年度报告"
        tell("report", agency=report.agency, year=report.year)

        start = time.perf_counter()
        workbook = stem.with_suffix(".xlsx")
        write_whole(workbook, fill(replace(report, draft=job.draft_text(report))))
        tell("wrote", path=workbook, ms=round(1000 * (time.perf_counter() - start)))

        start = time.perf_counter()
        filled, findings = job.read(workbook)
        verdict = job.judge(workbook, filled, findings)
        if verdict.findings:
            tell("found", verdict=verdict_text(verdict, language))
        else:
            tell("passed", ms=round(1000 * (time.perf_counter() - start)))
        clean = clean and not verdict.errors

        for kind in ("docx", "pdf", "html"):
            start = time.perf_counter()
            write_whole(stem.with_suffix(f".{kind}"), job.render(filled, kind))
            tell("wrote", path=stem.with_suffix(f".{kind}"), ms=round(1000 * (time.perf_counter() - start)))
    tell("done", folder=folder)
    return 0 if clean else 1
