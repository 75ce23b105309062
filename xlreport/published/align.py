"""Which line of print is which line of the form: told by their labels, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlreport.published.page import likeness, plain

LIKE = 0.6
"""From here on two lines are taken for the same; also a table as a whole."""
_TIE = 1e-9
SHORT = {
    "逾期不补正": "1申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
    "逾期不缴费": "2申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "逾期未缴费": "2申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "二部分公开": "二部分公开区分处理的只计这一情形不计其他情形",
}
"""Labels that offices shorten beyond likeness, without their number."""


def called(text: str) -> str:
    """A label as it is compared, shortened ones as the form has them."""
    label = plain(text)
    return SHORT.get(label.lstrip("0123456789"), label)


class Row(NamedTuple):
    """The labels of one line: those that begin in it, and those that reach down from above; and its other cells."""

    own: str
    above: str
    text: str = ""
    values: int = 0


def align(wanted: Sequence[Row], found: Sequence[Row]) -> tuple[dict[int, int], float]:
    """Lines of `wanted` and `found` (from 1) that are the same, in order, and the mean likeness over `wanted`.

    A line is not taken for one when it is more like another: two that have changed places are both unknown.
    """
    likes = [[_alike(w, f) for f in found] for w in wanted]
    most = [max(column) for column in zip(*likes, strict=True)]
    likes = [[like if like >= best - _TIE else 0.0 for like, best in zip(row, most, strict=True)] for row in likes]
    best = [[0.0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            taken = likes[i][j] + best[i + 1][j + 1] if likes[i][j] >= LIKE else 0.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    lines: dict[int, int] = {}
    i = j = 0
    while i < len(wanted) and j < len(found):
        if likes[i][j] >= LIKE and best[i][j] == likes[i][j] + best[i + 1][j + 1]:
            lines[i + 1] = j + 1
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return lines, best[0][0] / max(1, len(wanted))


def _alike(one: Row, other: Row) -> float:
    """How like two lines are: their own labels count most."""
    if not one.own and not other.own:
        return likeness(one.above, other.above) if other.values >= one.values else 0.0
    return 0.85 * likeness(one.own, other.own) + 0.15 * likeness(one.above, other.above)
