"""Ranges: cells as xlwings asks for them, and how it finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlwings as xw
from xlwings import base_classes

from xlreport.host.libreoffice.addresses import COLUMNS, ROWS, Box, address, parse, quoted, split_sheet
from xlreport.host.libreoffice.contents import Contents
from xlreport.host.libreoffice.edits import Edits
from xlreport.host.libreoffice.jumps import STEPS, jump
from xlreport.host.libreoffice.names import Name
from xlreport.host.libreoffice.notes import Remarks
from xlreport.host.libreoffice.sizes import Sizes
from xlreport.host.libreoffice.unsupported import whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.sheets import Sheet


@whole
class Range(Contents, Sizes, Edits, Remarks, base_classes.Range):  # type: ignore[misc] # its base knows no types
    """A rectangle of cells at a fixed place on a sheet; an empty one holds nothing and takes nothing."""

    @property
    def arg1_input(self) -> str:
        """The address, as xlwings looks at it to tell rows from columns."""
        return self.address

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __call__(self, row: int, column: int | None = None) -> Range:
        """A cell counted from this range's first as (1, 1), also outside of it; or by its number, row by row."""
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self.sheet.range((self.row + row - 1, self.column + column - 1))

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow key lead from the first cell, as in Excel."""
        step = next((step for name, step in STEPS.items() if direction in (name, name[0])), None)
        if step is None:
            raise ValueError(f"direction is one of {', '.join(STEPS)}, not {direction!r}")
        down, right = step
        used = self.sheet.used_range.box
        if right:
            line = Range(self.sheet, Box(self.row, 1, self.row, max(used.right, self.column)))
        else:
            line = Range(self.sheet, Box(1, self.column, max(used.bottom, self.row), self.column))
        filled = [bool(cell) for row in line.cells.getFormulaArray() for cell in row]
        if right:
            return self.sheet.range((self.row, jump(filled, self.column - 1, right, COLUMNS) + 1))
        return self.sheet.range((jump(filled, self.row - 1, down, ROWS) + 1, self.column))

    @property
    def current_region(self) -> Range:
        """The block around the first cell, up to empty rows and columns."""
        cursor = self.sheet.api.createCursorByRange(self.first)
        cursor.collapseToCurrentRegion()
        return Range.of(self.sheet, cursor.RangeAddress)

    def select(self) -> None:
        """Select the cells, on their sheet."""
        controller = self.sheet.book.api.getCurrentController()
        controller.setActiveSheet(self.sheet.api)
        controller.select(self.cells)

    # addresses

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        plain = address(self.box, rows=row_absolute, columns=column_absolute)
        if not external:
            return plain
        where = f"[{self.sheet.book.name}]{self.sheet.name}"
        bare = quoted(self.sheet.name) == self.sheet.name and " " not in self.sheet.book.name
        return f"{where}!{plain}" if bare else "'" + where.replace("'", "''") + f"'!{plain}"

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    @property
    def name(self) -> Name | None:
        """The name that refers to exactly this range."""
        for name in self.sheet.book.names.all():
            try:
                found = name.refers_to_range
            except xw.NoSuchObjectError:
                continue
            if found.box == self.box and found.sheet.name == self.sheet.name:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={quoted(self.sheet.name)}!{self.address}")


def located(sheet: Sheet, first: object, last: object = None) -> Range:
    """The range of what xlwings may be asked for: addresses, names, (row, column), ranges, or two of these.

    Raises:
        NoSuchObjectError: no address, and no name that is known on this sheet.
        IndexError: a row or column 0.
    """
    if isinstance(first, int) and isinstance(last, int):
        first, last = (first, last), None
    one = _located(sheet, first)
    if last is None:
        return one
    return Range(one.sheet, one.box.around(_located(sheet, last).box))


def _located(sheet: Sheet, what: object) -> Range:
    if isinstance(what, Range):
        return what
    if isinstance(what, tuple):
        if len(what) == 4:
            row, column, height, width = what
            return Range(sheet, Box(row, column, row + height - 1, column + width - 1))
        row, column = what
        if row < 1 or column < 1:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        if row > ROWS or column > COLUMNS:
            raise IndexError(f"A sheet has {ROWS} rows and {COLUMNS} columns; there is no cell ({row}, {column}).")
        return Range(sheet, Box(row, column, row, column))
    text = str(what)
    where, rest = split_sheet(text)
    target = sheet if where is None or where == sheet.name else sheet.book.sheets(where)
    if "," in rest:
        raise NotImplementedError("Ranges of several areas are not supported by the LibreOffice engine.")
    box = parse(rest)
    if box is not None:
        return Range(target, box)
    for names in (target.names, target.book.names):
        found = names.find(rest)
        if found is not None:
            return found.refers_to_range
    raise xw.NoSuchObjectError(f"The address/named range {text!r} doesn't exist.")
