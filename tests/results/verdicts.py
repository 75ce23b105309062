"""Verdicts that the tests of all results start from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.rules.made import with_cell
from tests.samples import city
from xlreport import job
from xlreport.errors import InputError
from xlreport.finding import Finding, Suspect, Verdict
from xlreport.report import Report

HOSTILE = "=cmd|' /C calc'!A0 <script>alert(\"1\")</script> ]]> \x00\x1b\ud800 100<100"
"""Text that a spreadsheet, a browser or XML could take for more than text."""


def wrong_report() -> Report:
    """A city's report, typed, with a transposed figure, a blank, and a sentence that the tables contradict."""
    report = replace(city(), last_year=None, derived=frozenset())
    report = with_cell(with_cell(report, "t3.granted.natural_person", 1480), "t4.reconsideration.pending", None)
    text = {**report.words, "overview.on_request": "全年共收到申请21件，<b>均已答复</b>。"}
    return replace(report, text=text, draft={})


def wrong(source: str = "甲.xlsx", **more: Any) -> Verdict:
    return job.judge(Path(source), wrong_report())._replace(**more)


def passing(source: str = "乙.json") -> Verdict:
    return job.judge(Path(source), city())


def unusable(source: str = "丙.xlsx") -> Verdict:
    return job.unusable(Path(source), InputError("files.missing", path=source))


def hostile() -> Verdict:
    """A verdict whose every text is hostile."""
    finding = Finding(
        "TXT-FIG",
        "error",
        "findings.TXT-FIG.whole",
        dict.fromkeys(("quote", "figure", "sheet", "name", "cells", "value"), HOSTILE),
        ("t3.received.total",),
        (f"{HOSTILE}!A1",),
        expected=10**30,
        actual=-1,
        explanation=HOSTILE,
    )
    values = {"cell": HOSTILE, "actual": HOSTILE, "suggested": HOSTILE, "agree": HOSTILE, "why": HOSTILE}
    suspect = Suspect(("t3.received.total",), (1,), (2,), ("T3-BAL",), "suspects.one", values)
    report = replace(wrong_report(), agency=HOSTILE)
    return wrong(HOSTILE, agency=HOSTILE, findings=(finding,), suspects=(suspect,), report=report)


def many(count: int = 10_000) -> Verdict:
    """A verdict with so many findings."""
    one = next(finding for finding in wrong().findings if finding.code == "TXT-FIG")
    return wrong(findings=(one,) * count)
