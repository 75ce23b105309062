"""Where a title breaks: between words of its own, in lines of about the same length, the upper ones shorter."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations, pairwise

WIDTH = 20
"""Characters of 2号 in a line of 156 mm."""

_WORDS = re.compile(
    r"[0-9]+年度?|〔[0-9]{4}〕[0-9]+号|[0-9A-Za-z.,%-]+|政府信息公开|年度报告|工作|人民政府|办公[厅室]|委员会|管理局|办事处|街道|[（《“][^）》”]*[）》”]|."
)


def title_lines(title: str, agency: str) -> tuple[str, ...]:
    """The lines of a title, as few as hold it; "".join of them is the title.

    Of all ways, that which breaks after the agency if it can, never inside a word of `_WORDS`, and whose lines differ
    least. A word longer than a line stands in a line of its own.
    """
    words = _WORDS.findall(title)
    if not words:
        return (title,)
    for count in range(1, len(words) + 1):
        ways = [_cut(words, places) for places in combinations(range(1, len(words)), count - 1)]
        fitting = [way for way in ways if all(_width(line) <= WIDTH or line in words for line in way)]
        if fitting:
            return min(fitting, key=lambda way: _badness(way, agency))
    return tuple(words)


def _cut(words: list[str], places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple("".join(words[start:end]) for start, end in pairwise((0, *places, len(words))))


def _badness(lines: tuple[str, ...], agency: str) -> tuple[int, float]:
    ends = [len("".join(lines[:count])) for count in range(1, len(lines))]
    widths = [_width(line) for line in lines]
    after_agency = not agency or not ends or len(agency) in ends
    return (0 if after_agency else 1, max(widths) - min(widths))


def _width(line: str) -> float:
    """Characters it is wide: a digit or Latin letter is half of one."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in line)
