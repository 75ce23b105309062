"""STY-HALF: between Chinese characters punctuation is full-width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages
from xlreport.rules.rule import Example, Rule

HALF = r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=[\u4e00-\u9fff“《（]|\s*$)|\((?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\)"
AROUND = 6


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One note for each text, with the first place."""
    for _, place, text in passages(report):
        marks = [match.start() for match in re.finditer(HALF, text, re.MULTILINE)]
        if marks:
            near = text[max(0, marks[0] - AROUND) : marks[0] + AROUND].strip()
            yield found("STY-HALF", "note", place=place, count=len(marks), mark=text[marks[0]], quote=near)


RULE = Rule(
    code="STY-HALF",
    severity="note",
    basis=("gbt-15834", "tool"),
    judge=_judge,
    wrong=Example(text={"problems": "政策解读形式单一,已增加图解(含短视频)。"}),
    right=Example(text={"problems": "政策解读形式单一，已增加图解（含短视频）。"}),
)
