"""The merged cells of a sheet, asked for in whole rectangles: a program knows of one whether it holds any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import xlwings as xw

from xlreport.host.marks import rectangles
from xlreport.workbook.formula import Area, areas

Ask = Callable[[Iterable[Area]], Iterable[Area]]
"""The merged areas that begin in these parts of a sheet."""


def merged_areas(size: tuple[int, int], expected: frozenset[Area], ask: Ask) -> frozenset[Area]:
    """All merged areas of a sheet so many rows and columns large, with few questions where they are as expected."""
    inside = frozenset(area for area in expected if area.bottom <= size[0] and area.right <= size[1])
    found = frozenset(ask((*(_first(area) for area in inside), *_apart(size, inside))))
    changed = inside - found
    return found | frozenset(ask(changed)) if changed else found


def _first(area: Area) -> Area:
    return area._replace(bottom=area.top, right=area.left)


@lru_cache(maxsize=32)  # a workbook is looked at again and again
def _apart(size: tuple[int, int], inside: frozenset[Area]) -> tuple[Area, ...]:
    """Rectangles that cover everything but these areas."""
    covered = {
        (row, column)
        for area in inside
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    every = ((row, column) for row in range(1, size[0] + 1) for column in range(1, size[1] + 1))
    return tuple(rectangles(cell for cell in every if cell not in covered))


def asked(sheet: xw.Sheet, parts: Iterable[Area]) -> Iterator[Area]:
    """An `Ask` through the public API. A part that holds merged cells is halved."""
    for part in parts:
        cells = sheet.range((part.top, part.left), (part.bottom, part.right))
        if cells.merge_cells is False:
            continue
        if part == _first(part):
            yield from areas(cells.merge_area.address)
        else:
            yield from asked(sheet, _halves(part))


def _halves(area: Area) -> tuple[Area, Area]:
    if area.bottom - area.top > area.right - area.left:
        middle = (area.top + area.bottom) // 2
        return area._replace(bottom=middle), area._replace(top=middle + 1)
    middle = (area.left + area.right) // 2
    return area._replace(right=middle), area._replace(left=middle + 1)
