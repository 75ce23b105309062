"""Where a title breaks: after the agency, else between words, in few lines of about the same length."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

WIDTH = 20
"""Characters of 2号 in a line of 156 mm."""

_WORDS = re.compile(
    "[0-9A-Za-z.,%-]*[0-9]年度?|〔[0-9]{4}〕[0-9]+号|[0-9A-Za-z.,%-]+|政府信息公开|年度报告|工作|人民政府|自治[区州县旗]|办公[厅室]|委员会|办事处|"
    "[（《“〔][^（《“〔）》”〕]{0,17}[）》”〕]|.",
    re.DOTALL,
)
_PLACES = "省市区县州盟旗乡镇"
_LINE, _RUN_ON, _AFTER_PLACE, _ELSEWHERE = 2, 3, 1, 4
"""Costs of each line; of one of several that runs on after the agency; of a break after a place; of any other break."""


def title_lines(title: str, agency: str, width: float = WIDTH) -> tuple[str, ...]:
    """The lines of a title; "".join of them is the title, and no word of `_WORDS` is cut.

    The cheapest way to break it, by costs as above, then by the squares of what lines leave empty. A word longer than
    a line stands alone. `width`: characters that a line holds.
    """
    words = _WORDS.findall(title)
    ends = [0, *accumulate(len(word) for word in words)]
    widths = [0.0, *accumulate(_width(word) for word in words)]
    border = title.index(agency) + len(agency) if agency in title else 0
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # (cost, squares, where its last line starts) of the first words
    for end in range(1, len(ends)):
        ways = []
        for start in range(end - 1, -1, -1):
            gap = int(width) - (widths[end] - widths[start])
            if gap < 0 and start < end - 1:
                break
            cost = best[start][0] + _cost(title, ends[start], ends[end], border)
            ways.append((cost, best[start][1] + gap**2, start))
        best.append(min(ways))
    lines, end = [], len(words)
    while end:
        start = best[end][2]
        lines.append("".join(words[start:end]))
        end = start
    return tuple(reversed(lines))


def _cost(title: str, start: int, end: int, border: int) -> int:
    """Of the line title[start:end] and the break before it; the agency ends at `border`."""
    cost = _RUN_ON if start < border < end and end - start < len(title) else 0
    if start not in (0, border):
        cost += _AFTER_PLACE if start < border and title[start - 1] in _PLACES else _ELSEWHERE
    return cost + _LINE


def _width(line: str) -> float:
    """Characters it is wide. The face of titles has digits of 0.6 em and Latin letters of about 0.8."""
    return sum(
        1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.6 if character.isdecimal() else 0.8
        for character in line
    )
