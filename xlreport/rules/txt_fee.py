"""TXT-FEE: section 六 reports the information-handling fee, also when none was charged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import OTHER, found, passages, whole
from xlreport.rules.rule import Example, Rule

OTHER_FEES = r"经费|消费|浪费|学费|党费|费时|费心|费力"
"""Words with 费 that say nothing of a fee for information."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """Any word of a fee or charge will do; an empty section is TXT-EMPTY's."""
    if not report.statute.fee_statement:
        return
    for place, text in passages(report, OTHER):
        if "处理费" not in text and "费" not in re.sub(OTHER_FEES, "", text):
            elsewhere = "信息处理费" in whole(report)
            yield found("TXT-FEE", "error", "elsewhere" if elsewhere else "", place=place)


RULE = Rule(
    code="TXT-FEE",
    severity="error",
    basis=("notice-fee", "fee-rules"),
    judge=_judge,
    wrong=Example(text={OTHER: "没有其他需要报告的事项。"}),
    right=Example(text={OTHER: "2024年，本机关没有收取政府信息公开信息处理费。没有其他需要报告的事项。"}),
    forms=("2021",),
)
