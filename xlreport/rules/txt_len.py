"""TXT-LEN: section 一 keeps within the form's limit; a roll-up may need more, and is only told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Severity, Unassessed
from xlreport.narrative.length import overview_length
from xlreport.report import Report
from xlreport.rules.prose import found, place_of
from xlreport.rules.rule import Example, Rule

WHOLE_AREA = r"(?:[省市县区旗州盟]|(?<![乡镇])人民政府)$"
"""How the name of one ends that reports for a whole area, when the kind of office is not told."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    limit, texts = report.statute.overview_limit, report.words
    if limit is None:
        return
    length = overview_length(report, texts)
    if length > limit:
        section = report.statute.sections[0]
        severity: Severity = "note" if _rolls_up(report) else "warning"
        heading = report.headings.get(section.id, section.heading)
        place = place_of(report, section.text[0][0], heading)
        yield found("TXT-LEN", severity, severity, place=place, length=length, limit=limit, over=length - limit)


def _rolls_up(report: Report) -> bool:
    if report.kind is None:
        return re.search(WHOLE_AREA, report.agency) is not None
    return report.kind == "汇总"


_LONG = "".join(f"第{number}项工作按照年初确定的计划和时限全部完成。" for number in range(1, 51))

RULE = Rule(
    code="TXT-LEN",
    severity="warning",
    basis=("notice-overview",),
    judge=_judge,
    wrong=Example(text={"overview.lead": _LONG}),
    right=Example(text={"overview.lead": "2024年，本机关按照年初确定的计划完成政府信息公开各项工作。"}),
    forms=("2021",),
)
