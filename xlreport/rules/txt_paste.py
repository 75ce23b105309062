"""TXT-PASTE: the form's own instructions were left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages, quote
from xlreport.rules.rule import Example, Rule

INSTRUCTIONS = (
    r"[（(]文字描述[^（()）\n]{0,40}[）)]?|收取信息处理费情况在此处报告|在此处专门报告|综述，主要包括主动公开"
    r"|重在聚焦主题|重在数据准确、要素齐备|篇幅原则上不超过|不得出现敷衍了事|该部分以表格形式报告"
    r"|[（(](?:请|在)?此处(?:填写|填报|报告|描述)[^（()）\n]{0,40}[）)]|[（(](?:填表|填写|填报)说明"
)
"""Sentences of the notice and of its blank form that tell the writer what to write."""

SIGNS = ("文字描述", "此处", "综述", "重在", "篇幅", "敷衍", "该部分", "说明")
"""Most texts hold none of these: then the expression is not even compiled (1 ms)."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    for place, text in passages(report):
        if not any(sign in text for sign in SIGNS):
            continue
        for instruction in dict.fromkeys(re.findall(INSTRUCTIONS, text)):
            yield found("TXT-PASTE", "error", place=place, quote=quote(instruction))


RULE = Rule(
    code="TXT-PASTE",
    severity="error",
    basis=("notice-accurate", "tool"),
    judge=_judge,
    wrong=Example(text={"other_matters": "（文字描述，收取信息处理费情况在此处报告。）没有收取信息处理费。"}),
    right=Example(text={"other_matters": "本机关没有收取信息处理费。"}),
)
