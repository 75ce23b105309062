"""A statutory table as WordprocessingML wants it: fixed widths, a cell for every line that a vertical merge crosses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from xlreport.document.cells import bands, digits, upright
from xlreport.document.outline import Cell, Grid

_DENSE_COLUMNS = 6
"""From here on a table is set in 五号 instead of 小四."""
WHOLE_PAGE = 20
"""A table of more lines than this gets a page of its own."""
_LEAST, _USUAL = 345, 400
"""Least heights of a row, of a table that fills a page and of others."""
_CELL_MARGIN = 26


class Slot(NamedTuple):
    """One `w:tc`: width in twentieths of a point, grid columns, "restart" or "continue" of a vertical merge, or "".

    `right`: distance of the digits' end from the right edge of the text, 0 where they are centred.
    """

    width: int
    columns: int
    merge: str
    style: str
    lines: tuple[str, ...]
    keep: bool
    size: int
    right: int


@dataclass(frozen=True, slots=True)
class Row:
    """One `w:tr`; `head` repeats on every page."""

    head: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Tabular:
    """One `w:tbl`; `line` is the least height of a row, `look` says which of its lines and columns are heads."""

    caption: str
    look: str
    width: int
    widths: tuple[int, ...]
    line: int
    rows: tuple[Row, ...]


def tabular(grid: Grid, width: int) -> Tabular:
    """The table, `width` twentieths of a point wide."""
    widths = _widths(grid.widths, width)
    edges = (0, *accumulate(widths))
    dense = len(widths) >= _DENSE_COLUMNS
    longest = digits(grid)
    last = {*(start - 1 for start in bands(grid)), grid.height}  # after these a page may end
    lines: list[list[tuple[int, Slot]]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        room = edges[cell.column - 1 + cell.columns] - edges[cell.column - 1]
        size = _size(cell, room, dense=dense)
        right = _right(room, longest.get(cell.id, 0), dense=dense)
        style = _style(cell, dense=dense, aligned=bool(right))
        for row in range(cell.row, cell.row + cell.rows):
            merge = "" if cell.rows == 1 else "restart" if row == cell.row else "continue"
            text = _broken(cell, room) if row == cell.row else ("",)
            keep = row not in last and grid.height <= WHOLE_PAGE
            lines[row - 1].append((cell.column, Slot(room, cell.columns, merge, style, text, keep, size, right)))
    rows = (Row(at < grid.head_lines, tuple(slot for _, slot in sorted(line))) for at, line in enumerate(lines))
    least = _LEAST if grid.height > WHOLE_PAGE else _USUAL
    return Tabular(grid.caption, _look(grid), edges[-1], widths, least, tuple(rows))


def _look(grid: Grid) -> str:
    """ST_TblLook as hexadecimal digits: no bands of colour, and whether the first line and column are heads."""
    stubs = any(cell.role == "stub" for cell in grid.cells)
    return f"{0x0600 | 0x0020 * bool(grid.head_lines) | 0x0080 * stubs:04X}"


def _widths(proportions: tuple[int, ...], width: int) -> tuple[int, ...]:
    """Scaled to the width of the table, without a gap from rounding."""
    edges = [round(edge * width / sum(proportions)) for edge in accumulate(proportions)]
    return tuple(right - left for left, right in zip((0, *edges), edges, strict=False))


def _style(cell: Cell, *, dense: bool, aligned: bool) -> str:
    centred = cell.rows > 1 or not dense
    stub = "TableGroup" if centred else "TableStub"
    head = "TableStub" if cell.rows > 1 and cell.columns > 1 else "TableHead"
    figure = "TableFigureAligned" if aligned else "TableFigure"
    return {"head": head, "stub": stub, "figure": figure}[cell.role] + ("Dense" if dense else "")


def _broken(cell: Cell, width: int) -> tuple[str, ...]:
    """The label of a group of rows in lines that Word would not find; other texts Word breaks itself."""
    if cell.role == "stub" and cell.rows > 1 and cell.columns == 1:
        return upright(cell.text, (width - 2 * _CELL_MARGIN) // 210)  # 五号 is 10.5 pt
    return (cell.text,)


def _right(width: int, longest: int, *, dense: bool) -> int:
    """Where the digits of a column end, so that the longest figure stands in the middle."""
    digit = 105 if dense else 120
    return max(1, (width - 2 * _CELL_MARGIN - longest * digit) // 2) if longest else 0


def _size(cell: Cell, width: int, *, dense: bool) -> int:
    """Half points of a figure too long for its cell at the usual size, so that it stays on one line; else 0."""
    if cell.role != "figure":
        return 0
    fits = (width - 2 * _CELL_MARGIN) // max(5 * len(cell.text), 1)  # a digit is half as wide as high
    return fits if fits < (21 if dense else 24) else 0
