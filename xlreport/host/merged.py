"""The merged cells of a sheet, through the public API, with few questions: whole rectangles are asked at once."""

from __future__ import annotations

from collections.abc import Iterator

import xlwings as xw

from xlreport.workbook.formula import Area, areas


def merged_areas(cells: xw.Range) -> Iterator[Area]:
    """The merged areas of a range, some of them more than once. A range that holds some is halved."""
    if cells.merge_cells is False:
        return
    rows, columns = cells.shape
    if rows == columns == 1:
        yield from areas(cells.merge_area.address)
    elif rows >= columns:
        yield from merged_areas(cells[: rows // 2, :])
        yield from merged_areas(cells[rows // 2 :, :])
    else:
        yield from merged_areas(cells[:, : columns // 2])
        yield from merged_areas(cells[:, columns // 2 :])
