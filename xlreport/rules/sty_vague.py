"""STY-VAGUE: section 五 says something of its own, and is not made of stock phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import PROBLEMS, found, passages
from xlreport.rules.rule import Example, Rule

PADDING = (
    r"进一步(?:加强|提高|提升|完善|强化|规范|健全|加大|优化|推进|做好|增强|拓展|拓宽|深化)|不断(?:提高|提升|完善|加强|强化|创新|优化|推进|拓展|深化|健全)"
    r"|切实(?:加强|提高|提升|做好|增强|履行)|高度重视|稳步推进|扎实推进|全面(?:提升|加强|推进|提高)|有待(?:加强|提高|提升|完善|进一步)|持续(?:推进|加强|提升|优化|深化)"
    r"|狠抓落实|落到实处|再上新台阶|迈上新台阶|取得新成效|统筹推进|加大力度|凝聚合力|认真(?:落实|贯彻|履行)|还不够(?:高|强|到位|深入)|积极(?:探索|推进|主动)"
)
"""What can be said of any office in any year."""

MOST = 6
"""Kinds of them from which on a section without anything of its own is padding."""

NAMED = 3
"""Phrases that are quoted."""

OWN = r"[\d０-９《“「]|[〇一二两三四五六七八九十百]{1,4}(?:[次个项件篇期场家人名条]|季度|月)"
"""What stands for something particular: a figure, a document, a name."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    for place, text in passages(report, PROBLEMS):
        phrases = list(dict.fromkeys(re.findall(PADDING, text)))
        if len(phrases) >= MOST and not re.search(OWN, text):
            yield found("STY-VAGUE", "note", place=place, count=len(phrases), phrases="、".join(phrases[:NAMED]))


RULE = Rule(
    code="STY-VAGUE",
    severity="note",
    basis=("notice-problems",),
    judge=_judge,
    wrong=Example(
        text={
            PROBLEMS: "对公开工作的认识有待提高，公开力度还不够到位。下一步将高度重视，进一步加强学习，"
            "不断完善制度，切实提高质量，持续推进公开，确保落到实处。"
        }
    ),
    right=Example(
        text={
            PROBLEMS: "政策解读还不够到位，全年12份文件只解读了5份。下一步进一步加强解读，"
            "由法规科逐份确定解读人，与文件同步发布。"
        }
    ),
)
