"""Rows of Markdown tables, which have no merged cells: what was one is blank, or said again, but for its first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from xlreport.published.page import plain
from xlreport.published.rows import Numbers, bars_of
from xlreport.published.values import is_nothing, looks_like_value

_MOST_ABOVE = 40
"""Lines above a row in which its heads may be; table 三 has 28."""


def under(heads: Sequence[str], row: Numbers, lines: Sequence[str]) -> Numbers | None:
    """The row with one cell for each of `heads`, told by where these stand above it; None where they do not tell.

    All lines between must have as many cells, and the row nothing that is neither label nor one of these figures.
    """
    if not row.walled or row.listed:
        return None
    cells = [*bars_of(lines[row.line])[:-1], row.cells[-1]]
    columns = _columns([plain(head) for head in heads], len(cells), lines[max(0, row.line - _MOST_ABOVE) : row.line])
    if columns is None:
        return None
    label = next((text for text in reversed(cells[: columns[0]]) if text), "")
    parts = [cells[start:end] for start, end in zip(columns, [*columns[1:], len(cells)], strict=True)]
    if not label or any(text and looks_like_value(text) for text in cells[: columns[0]]):
        return None
    if any(set(part[1:]) - {"", part[0]} for part in parts):
        return None
    return row._replace(label=label, cells=tuple(part[0] for part in parts))


def _columns(heads: Sequence[str], width: int, above: Sequence[str]) -> list[int] | None:
    """Where the heads stand, each in the nearest line that has it and no figures; from left to right, else None."""
    found: dict[str, int] = {}
    for line in reversed(above):
        if len(bars_of(line)) != width or set(heads) <= found.keys():
            break
        names = _labels(line)
        found = {head: names.index(head) for head in heads if head in names} | found
    columns = [found[head] for head in heads if head in found]
    return columns if len(columns) == len(heads) and columns == sorted({*columns}) else None


@lru_cache(maxsize=2 * _MOST_ABOVE)
def _labels(line: str) -> tuple[str, ...]:
    """What its cells say, as labels are compared; nothing where one of them is a figure."""
    cells = bars_of(line)
    figures = any(text and looks_like_value(text) and not is_nothing(text) for text in cells)
    return () if figures else tuple(map(plain, cells))


def trimmed(row: Numbers, wide: int) -> Numbers | None:
    """The row without blank cells beyond those of the form, which fill a line up; None where others are too many."""
    if len(row.cells) <= wide or not any(row.cells):
        return row._replace(cells=row.cells[:wide])
    return row._replace(cells=row.cells[:wide]) if row.cells[0] and not any(row.cells[wide:]) else None


def are_told_once(heads: Sequence[str], row: Numbers, lines: Sequence[str]) -> bool:
    """Whether the line of heads above a row has no blank cell between them."""
    first = plain(heads[0])
    for line in reversed(lines[max(0, row.line - _MOST_ABOVE) : row.line]):
        if not bars_of(line):
            return False
        if first in (names := _labels(line)):
            return "" not in "\n".join(names).rstrip().split("\n")
    return False
