"""How the cells of a statutory table are set, whatever the writer: where labels break and where digits align."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil
from types import MappingProxyType

from xlreport.document.outline import Cell, Grid

_NUMBER = re.compile("（[一二三四五六七八九十]）|[一二三四五六七八九十]、")


def upright(text: str, room: int) -> tuple[str, ...]:
    """The lines of a label beside several rows: its number alone, the rest in even lines of at most `room` characters.

    三、本年度办理结果 in a column of three: 三、 / 本年度 / 办理 / 结果.
    """
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    rest = text[start:]
    count = ceil(len(rest) / max(1, room))
    sizes = (len(rest) // count + (line < len(rest) % count) for line in range(count)) if count else ()
    ends = accumulate(sizes, initial=start)
    lines = (text[:start], *(text[a:b] for a, b in pairwise(ends)))
    return tuple(line for line in lines if line) or ("",)


def bands(grid: Grid) -> tuple[int, ...]:
    """The first lines of its bands, from 1: a head as wide as the table opens one, and a page may end before it."""
    opening = (c.row for c in grid.cells if c.role == "head" and c.columns == len(grid.widths))
    return tuple(sorted({1, *opening}))


def digits(grid: Grid) -> dict[str, int]:
    """Figure id → length of the longest figure of its column and band, where they differ: these align on their ends."""
    starts = bands(grid)
    groups: dict[tuple[int, int, int], list[Cell]] = {}
    for cell in grid.cells:
        if cell.role == "figure":
            band = sum(start <= cell.row for start in starts)
            groups.setdefault((band, cell.column, cell.columns), []).append(cell)
    return {
        cell.id: max(len(other.text) for other in group)
        for group in groups.values()
        if len({len(other.text) for other in group if other.text}) > 1
        for cell in group
    }


def heads(grid: Grid) -> Mapping[str, tuple[Cell, ...]]:
    """Figure id → the cells that head it: above it in its own band, and beside it."""
    labels = tuple(cell for cell in grid.cells if cell.role != "figure")
    return _heads(labels, tuple((c.id, c.row, c.column) for c in grid.cells if c.role == "figure"), bands(grid))


@lru_cache(maxsize=16)
def _heads(
    labels: tuple[Cell, ...], figures: tuple[tuple[str, int, int], ...], starts: tuple[int, ...]
) -> Mapping[str, tuple[Cell, ...]]:
    """As `heads`: the same for all reports of a form."""
    found = {}
    for name, row, column in figures:
        start = max(first for first in starts if first <= row)
        found[name] = tuple(cell for cell in labels if start <= cell.row <= row and _covers(cell, row, column))
    return MappingProxyType(found)


def _covers(head: Cell, row: int, column: int) -> bool:
    if head.role == "stub":
        return head.row <= row < head.row + head.rows
    return head.column <= column < head.column + head.columns
