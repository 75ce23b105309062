"""The merged cells of a sheet, found with few questions: whole rectangles are asked whether they hold any."""

from __future__ import annotations

from collections.abc import Iterator

import xlwings as xw

from xlreport.workbook.formula import Area, areas
from xlreport.workbook.skeleton import LAST_COLUMN, LAST_ROW


def merged_areas(sheet: xw.Sheet) -> frozenset[Area]:
    """All merged areas within the part of a sheet that is used."""
    last = sheet.used_range.last_cell
    return frozenset(_within(sheet, Area(1, 1, min(last.row, LAST_ROW), min(last.column, LAST_COLUMN))))


def _within(sheet: xw.Sheet, area: Area) -> Iterator[Area]:
    cells = sheet.range((area.top, area.left), (area.bottom, area.right))
    if cells.merge_cells is False:
        return
    if (area.top, area.left) == (area.bottom, area.right):
        yield from areas(cells.merge_area.address)
        return
    for half in _halves(area):
        yield from _within(sheet, half)


def _halves(area: Area) -> tuple[Area, Area]:
    if area.bottom - area.top >= area.right - area.left:
        middle = (area.top + area.bottom) // 2
        return area._replace(bottom=middle), area._replace(top=middle + 1)
    middle = (area.left + area.right) // 2
    return area._replace(right=middle), area._replace(left=middle + 1)
