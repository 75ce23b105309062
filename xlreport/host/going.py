"""What a click ends with on the screen."""

from __future__ import annotations

import xlwings as xw

_SHOWN = (True, -1)
"""Excel for Windows says xlSheetVisible (-1), and 2 of a sheet that is hidden very well."""


def go_to(cell: xw.Range) -> None:
    """Select a cell, so that it is on the screen; not on a sheet that the clerk has hidden, which Excel refuses."""
    if cell.sheet.visible in _SHOWN:
        cell.sheet.book.activate()
        cell.sheet.activate()
        cell.select()
