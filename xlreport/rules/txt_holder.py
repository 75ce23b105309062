"""TXT-HOLDER: a placeholder left in the words that are to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

QUOTED = 30
"""Characters of a placeholder that the sentence quotes."""

SIGNS = "【】{XxＸｘ×某_＿"
"""How placeholders begin. Most texts hold none of these: then the expression is not even compiled (3 ms)."""

PLACEHOLDER = r"""
    (?=[【】{XxＸｘ×某_＿])                              # the rest is tried only there
    (?:
      (?P<number>【\d{4}】(?=[^，。；\n]{0,12}号))       # 国办发【2016】5号: a document number, and no placeholder
    | 【[^【】\n]*】? | 】
    | \{\{.*?(?:\}\}|$) | \{%.*?(?:%\}|$)
    | (?<![A-Za-z./@_-])[XxＸｘ×]{2,}+(?![A-Za-z\d/@_-]|\.[A-Za-z])    # XX局, 20XX年; not XXL, nor www.gov.cn/xxgk/
    | (?<=\d{3})[XxＸｘ×](?=年)                       # 202X年
    | (?<![A-Za-z\d])[XxＸｘ×](?=[年月日件条次项份期个人名万%％]) # X年X月
    | 某某(?=[省市县区旗州镇乡村局委办厅部处科室站所院校网]|街道|单位|公司|中心|平台)     # and not a name: 张某某
    | (?<![A-Za-z/_])[_＿]{2,}+(?![A-Za-z_])
    )
"""


def _placeholders(text: str) -> Iterator[str]:
    if any(sign in text for sign in SIGNS):
        for match in re.finditer(PLACEHOLDER, text, re.VERBOSE | re.MULTILINE):
            if not match["number"]:
                yield match[0]


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One error for each placeholder of a section, told once however often it stands there."""
    texts, form = report.words, report.statute
    for key in form.text_keys:
        for text in dict.fromkeys(_placeholders(texts.get(key, ""))):
            quote = text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
            section = words.heading(form, key, report.headings)
            sentence = "findings.TXT-HOLDER.section" if section else "findings.TXT-HOLDER.preamble"
            values = {"quote": quote, "section": section}
            yield Finding("TXT-HOLDER", "error", sentence, values, addresses=(words.text_cell(form, key),))


RULE = Rule(
    code="TXT-HOLDER",
    severity="error",
    basis=("notice-accurate", "tool"),
    judge=_judge,
    wrong=Example(text={"overview.proactive": "全年主动公开政府信息【请填写：全年主动公开政府信息数量】条。"}),
    right=Example(text={"overview.proactive": "全年主动公开政府信息246条。"}),
)
