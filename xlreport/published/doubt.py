"""What makes the rows of a text doubtful: blank cells that leave nothing, numbers of pages, spread digits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlreport.published.align import called
from xlreport.published.page import plain
from xlreport.published.rows import Numbers, adds_up, adds_up_otherwise

_LONGEST, _MOST_PAGES = 9, 1_000
"""Digits that are looked at to tell the number of a page, and how many pages there may be."""
_MOST_ROWS = 100
"""Without bars that are looked at; a report has some forty."""
_LAST_HEAD = "总计"
"""Of table 四: what is listed behind it are the figures of that."""
_SPREAD = re.compile(r"(?:^| )[1-9] \d(?: |$)")


class Doubt(NamedTuple):
    """paged: numbers of pages stand among those of lists. uneven: rows without bars have too few numbers, or too many.

    Where a cell is blank and leaves nothing, such a number, or a digit of another, may stand in its place.
    """

    paged: bool
    uneven: bool


def doubt_of(sizes: Mapping[str, int], rows: Sequence[Numbers]) -> Doubt:
    """sizes: figures of the form's rows by their labels."""
    return Doubt(_paged(sizes, rows), _uneven(sizes, rows))


def is_sure(row: Numbers, doubt: Doubt) -> bool:
    """Whether the cells of a row of table 三 are told apart: by what adds up, by bars, or else by their number."""
    if row.listed and plain(row.label) == _LAST_HEAD:
        return False
    if adds_up(row.cells):
        return True
    if row.listed:
        return row.walled and not doubt.paged
    return row.walled or (bool(row.label) and not doubt.uneven and not adds_up_otherwise(row.cells))


def is_plain(row: Numbers, doubt: Doubt) -> bool:
    """The same of a row of table 二, where nothing adds up."""
    if row.listed:
        return not (doubt.paged and _may_be_page(row))
    return row.walled or not (doubt.uneven and _SPREAD.search(" ".join(row.cells)))


def _paged(sizes: Mapping[str, int], rows: Sequence[Numbers]) -> bool:
    """Whether lists have numbers too many (of cells with bars between, any without one), or rows stand on lines too."""
    if any(not row.listed and called(row.label) in sizes for row in rows):
        return True
    listed = [row for row in rows if row.listed and _may_be_page(row)]
    walled = any(row.walled and row.listed for row in rows)
    return any(
        (walled and not row.walled)
        or (len(row.cells) > sizes[name] if (name := called(row.label)) in sizes else len(row.cells) == 1)
        for row in listed
    )


def _may_be_page(row: Numbers) -> bool:
    """Whether one of its numbers may be that of a page."""
    return any(cell.isdecimal() and 0 < int(cell[:_LONGEST]) < _MOST_PAGES for cell in row.cells)


def _uneven(sizes: Mapping[str, int], rows: Sequence[Numbers]) -> bool:
    """Whether some row has not as many numbers as the form, or such as add up when some are joined."""
    loose = [row for row in rows if not row.walled and not row.listed and row.label][:_MOST_ROWS]
    known = ((row, _size(sizes, row)) for row in loose)
    return any(size and (len(row.cells) != size or adds_up_otherwise(row.cells)) for row, size in known)


def _size(sizes: Mapping[str, int], row: Numbers) -> int:
    """How many figures the row of that label has, which other labels may stand before; 0 where there is none."""
    name = called(row.label)
    return next((size for label, size in sizes.items() if name.endswith(label)), 0)
