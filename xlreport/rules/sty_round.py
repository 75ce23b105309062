"""STY-ROUND: 余 and 多 stand behind round numbers: 20余次 or 26次, not 26余次."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages
from xlreport.rules.rule import Example, Rule

SIGN = r"[1-9]\s*[余多]"
"""Most texts hold none: a look for it is quick."""

EXACT = r"(?<![\d.,-])\d{0,8}[1-9]\s*[余多]\s*(?:人次|场次|[次条件个项份期篇场人家名户])"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    for place, text in passages(report):
        if re.search(SIGN, text):
            for words in dict.fromkeys(re.findall(EXACT, text)):
                yield found("STY-ROUND", "note", place=place, quote="".join(words.split()))


RULE = Rule(
    code="STY-ROUND",
    severity="note",
    basis=("notice-figures", "gbt-15835"),
    judge=_judge,
    wrong=Example(text={"overview.proactive": "全年共公开26余次。"}),
    right=Example(text={"overview.proactive": "全年共公开26次，群众来访20余次。"}),
)
