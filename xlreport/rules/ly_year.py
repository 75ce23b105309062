"""LY-YEAR: what is given as last year's report is that of the year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.rule import Example, Rule


def follows(report: Report) -> bool:
    """Whether the report follows the one beside it, as far as their years are known."""
    last = report.last_year
    return last is None or not last.year or not report.year or last.year == report.year - 1


def comparable(report: Report) -> Report:
    """The report without a last year's that is of another year: no rule may compare with it."""
    return report if follows(report) else replace(report, last_year=None)


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    if not follows(report):
        assert report.last_year is not None
        assert report.year is not None
        last = report.last_year.year
        values = {"last": last, "year": report.year, "expected": report.year - 1}
        yield Finding("LY-YEAR", "warning", "words.LY-YEAR.text", values, addresses=("基本信息",))


RULE = Rule(
    code="LY-YEAR",
    severity="warning",
    basis=("regulation-49", "tool"),
    judge=_judge,
    wrong=Example(last_year={"t3.received.total": 0}, last=2024),
    right=Example(last_year={"t3.received.total": 0}, last=2023),
)
