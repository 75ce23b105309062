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
_CELL_MARGIN = 26


class Setting(NamedTuple):
    """How a table is set: the suffix of its styles, half points of its text, least height of a row."""

    suffix: str
    size: int
    least: int


_USUAL, _DENSE, _WHOLE, _TURNED = (
    Setting("", 24, 400),
    Setting("Dense", 21, 400),
    Setting("Dense", 21, 345),
    Setting("Turned", 18, 240),
)
"""小四, 五号, a table that fills a page, and 小五 for one that fills a turned sheet."""


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


def tabular(grid: Grid, width: int, *, turned: bool = False) -> Tabular:
    """The table, `width` twentieths of a point wide; `turned`: on a turned sheet."""
    widths = _widths(grid.widths, width)
    edges = (0, *accumulate(widths))
    setting = _TURNED if turned else _setting(grid)
    longest = digits(grid)
    last = {*(start - 1 for start in bands(grid)), grid.height}  # after these a page may end
    lines: list[list[tuple[int, Slot]]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        room = edges[cell.column - 1 + cell.columns] - edges[cell.column - 1]
        size = _size(cell, room, setting)
        right = _right(room, longest.get(cell.id, 0), setting)
        style = _style(cell, setting, aligned=bool(right))
        for row in range(cell.row, cell.row + cell.rows):
            merge = "" if cell.rows == 1 else "restart" if row == cell.row else "continue"
            text = _broken(cell, room, setting) if row == cell.row else ("",)
            keep = row not in last and grid.height <= WHOLE_PAGE
            lines[row - 1].append((cell.column, Slot(room, cell.columns, merge, style, text, keep, size, right)))
    rows = (Row(at < grid.head_lines, tuple(slot for _, slot in sorted(line))) for at, line in enumerate(lines))
    return Tabular(grid.caption, _look(grid), edges[-1], widths, setting.least, tuple(rows))


def _setting(grid: Grid) -> Setting:
    if len(grid.widths) < _DENSE_COLUMNS:
        return _USUAL
    return _WHOLE if grid.height > WHOLE_PAGE else _DENSE


def _look(grid: Grid) -> str:
    """ST_TblLook as hexadecimal digits: no bands of colour, and whether the first line and column are heads."""
    stubs = any(cell.role == "stub" for cell in grid.cells)
    return f"{0x0600 | 0x0020 * bool(grid.head_lines) | 0x0080 * stubs:04X}"


def _widths(proportions: tuple[int, ...], width: int) -> tuple[int, ...]:
    """Scaled to the width of the table, without a gap from rounding."""
    edges = [round(edge * width / sum(proportions)) for edge in accumulate(proportions)]
    return tuple(right - left for left, right in zip((0, *edges), edges, strict=False))


def _style(cell: Cell, setting: Setting, *, aligned: bool) -> str:
    centred = cell.rows > 1 or setting is _USUAL
    stub = "TableGroup" if centred else "TableStub"
    head = "TableStub" if cell.rows > 1 and cell.columns > 1 else "TableHead"
    figure = "TableFigureAligned" if aligned else "TableFigure"
    return {"head": head, "stub": stub, "figure": figure}[cell.role] + setting.suffix


def _broken(cell: Cell, width: int, setting: Setting) -> tuple[str, ...]:
    """The label of a group of rows in lines that Word would not find; other texts Word breaks itself."""
    if cell.role == "stub" and cell.rows > 1 and cell.columns == 1:
        return upright(cell.text, (width - 2 * _CELL_MARGIN) // (10 * setting.size))
    return (cell.text,)


def _right(width: int, longest: int, setting: Setting) -> int:
    """Where the digits of a column end, so that the longest figure stands in the middle."""
    digit = 5 * setting.size  # half as wide as high
    return max(1, (width - 2 * _CELL_MARGIN - longest * digit) // 2) if longest else 0


def _size(cell: Cell, width: int, setting: Setting) -> int:
    """Half points of a figure too long for its cell at the usual size, so that it stays on one line; else 0."""
    if cell.role != "figure":
        return 0
    fits = (width - 2 * _CELL_MARGIN) // max(5 * len(cell.text), 1)
    return fits if fits < setting.size else 0
