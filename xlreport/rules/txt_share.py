"""TXT-SHARE: percentages of a stated total are those that its numbers give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages, quote, sentences
from xlreport.rules.rule import Example, Rule
from xlreport.rules.trend import EXACT, NUMBER, Percent, half, share, shown

OF_ALL = r"占(?:比|总数的?|总量的?|(?:全部)?申请(?:总数|总量)?的)?(?:为)?"
SHARE = rf"{NUMBER}(?:[，,（(]\s*{OF_ALL}\s*|[（(])(\d{{1,3}}(?:\.\d{{1,4}})?)\s*[%％]{EXACT}"
"""42件，占51.85%; 208件（17.46%）. What is a share of something else (占全市办件量的35%) is left alone."""

WHOLES = ("t3.concluded.total", "t3.received.total", "t3.carried_in.total")
"""Cells that sentences about applications may mean, though they do not name the number."""

MANY = 2
"""Shares that must be right of a whole for another to be wrong, where the whole is not plain."""

MOST = 100
"""Counts, and shares, of a sentence that are looked at; no office writes more."""


class Part(NamedTuple):
    """A number and what share it is said to be."""

    number: int
    percent: Percent
    unit: str
    said: str

    def fits(self, whole: int) -> bool:
        """Whether it may be that share of `whole`."""
        return whole > 0 and self.percent.says(share(self.number, whole))


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One finding for each share; a note where it is a matter of rounding."""
    for place, text in passages(report):
        if not _percent(text):
            continue
        for before, sentence in pairwise(["", *sentences(text)]):
            if not _percent(sentence):
                continue
            parts = _parts(sentence)[:MOST]
            numbers = _numbers(f"{before}。{sentence}", parts)[:MOST]
            others = [*numbers, *_summed(report, parts)]
            plain = _plain(sentence, parts)
            shared = [whole for whole in dict.fromkeys(others) if sum(part.fits(whole) for part in parts) >= MANY]
            for part in parts:
                if any(part.fits(whole) for whole in others):
                    continue
                for whole in [whole for whole in (*plain, *shared) if whole >= part.number][:1]:
                    true = share(part.number, whole)
                    told = quote(part.said)
                    severity = part.percent.severity(true)
                    yield found("TXT-SHARE", severity, place=place, quote=told, whole=whole, expected=shown(true))


def _percent(text: str) -> bool:
    return "%" in text or "％" in text


def _parts(sentence: str) -> list[Part]:
    """The numbers that are said to be shares."""
    return [
        Part(int(match[1]), Percent.read(match[3]), match[2], sentence[slice(*match.span())])
        for match in re.finditer(SHARE, half(sentence))
    ]


def _numbers(text: str, parts: Sequence[Part]) -> list[int]:
    """Every count in a unit that a share has."""
    units = {part.unit for part in parts}
    return [int(number) for number, unit in re.findall(NUMBER, text) if unit in units]


def _plain(sentence: str, parts: Sequence[Part]) -> list[int]:
    """The whole, where the sentence has one count before its shares, in their unit, and says that they are of it."""
    if not parts:
        return []
    before, first, _ = sentence.partition(parts[0].said)
    counts = re.findall(NUMBER, before)
    told = "其中" in before or "总" in first
    return [int(number) for number, unit in counts if unit == parts[0].unit] if told and len(counts) == 1 else []


def _summed(report: Report, parts: Sequence[Part]) -> Iterator[int]:
    """What the shares, or applications, come to together."""
    if parts:
        yield sum(part.number for part in parts)
        counts = [int(report.figures.get(cell, 0)) for cell in WHOLES]
        yield from (*counts, counts[1] + counts[2])


RULE = Rule(
    code="TXT-SHARE",
    severity="warning",
    basis=("notice-figures",),
    judge=_judge,
    wrong=Example(text={"overview.platform": "全年发布信息120条，其中政策文件30条，占35%。"}),
    right=Example(text={"overview.platform": "全年发布信息120条，其中政策文件30条，占25%。"}),
)
