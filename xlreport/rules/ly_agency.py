"""LY-AGENCY: what is given as last year's report is of the same office."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.rule import Example, Rule


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One warning; a name that abbreviates the other is no other."""
    if report.last_year is None:
        return
    now, before = report.agency, report.last_year.agency
    short, long = sorted(("".join(now.split()), "".join(before.split())), key=len)
    if short and not _abbreviates(short, long):
        yield Finding("LY-AGENCY", "warning", "words.LY-AGENCY.text", {"agency": now, "last": before})


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long`, in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


RULE = Rule(
    code="LY-AGENCY",
    severity="warning",
    basis=("regulation-49", "tool"),
    judge=_judge,
    wrong=Example(last_year={"t3.received.total": 0}, last_agency="示例市文化局"),
    right=Example(last_year={"t3.received.total": 0}, last_agency="市数据局"),
)
