"""How the cells of a statutory table are set, whatever the writer: where labels break and where digits align."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from math import ceil

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


def heads(figure: Cell, grid: Grid) -> tuple[Cell, ...]:
    """The cells that head a figure: above it in its own band, and beside it."""
    start = max(row for row in bands(grid) if row <= figure.row)
    return tuple(cell for cell in grid.cells if start <= cell.row <= figure.row and _covers(cell, figure))


def _covers(head: Cell, figure: Cell) -> bool:
    if head.role == "stub":
        return head.row <= figure.row < head.row + head.rows
    return head.role == "head" and head.column <= figure.column < head.column + head.columns
