"""STY-HALF: between Chinese characters punctuation is full-width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages
from xlreport.rules.rule import Example, Rule

AROUND = 6
"""Characters on each side of a mark that the finding quotes."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One note for each text, with the first place."""
    for place, text in passages(report):
        marks = [match.start() for match in re.finditer("[,;:?!()]", text) if _amid_chinese(text, match.start())]
        if marks:
            near = text[max(0, marks[0] - AROUND) : marks[0] + AROUND].strip()
            yield found("STY-HALF", "note", place=place, count=len(marks), mark=text[marks[0]], quote=near)


def _amid_chinese(text: str, place: int) -> bool:
    """Whether a mark stands between Chinese characters (or ends a line of them), a bracket beside one."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] == "(":
        return _chinese(after)
    if text[place] == ")":
        return _chinese(before)
    return (_chinese(before) or before in set("”》）")) and (_chinese(after) or after in {*"“《（\n", ""})


def _chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


RULE = Rule(
    code="STY-HALF",
    severity="note",
    basis=("gbt-15834", "tool"),
    judge=_judge,
    wrong=Example(text={"problems": "政策解读形式单一,已增加图解(含短视频)。"}),
    right=Example(text={"problems": "政策解读形式单一，已增加图解（含短视频）。"}),
)
