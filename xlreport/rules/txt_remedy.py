"""TXT-REMEDY: section 五 names problems, and says what is done about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import PROBLEMS, found, passages
from xlreport.rules.rule import Example, Rule

NONE = r"(?:没有|无|未发现|不存在)[^，。；\n]{0,12}问题"
PROBLEMS_NAMED = ("问题", "不足", "薄弱", "短板", "差距", "不够", "欠缺", "有待", "单一")
MEASURES = ("措施", "改进", "整改", "下一步", "下步", "今后", "将", "针对", "接下来", "拟", "计划", "加大", "已")
"""Words without which no sentence of measures does. 进一步 is none: 「需进一步加强」 names a problem."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    for place, text in passages(report, PROBLEMS):
        if any(word in text.replace("针对性", "") for word in MEASURES):
            continue
        if any(word in re.sub(NONE, "", text) for word in PROBLEMS_NAMED):
            yield found("TXT-REMEDY", "warning", place=place)


RULE = Rule(
    code="TXT-REMEDY",
    severity="warning",
    basis=("notice-problems",),
    judge=_judge,
    wrong=Example(text={PROBLEMS: "一是部分信息公开不够及时；二是政策解读形式单一。"}),
    right=Example(text={PROBLEMS: "部分信息公开不够及时。下一步，逐项明确责任人和公开时限，逾期的及时催办。"}),
)
