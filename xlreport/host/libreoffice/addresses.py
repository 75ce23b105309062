"""Cell addresses in Excel's A1 notation, as pure functions. Rows and columns count from 1."""

from __future__ import annotations

import re
from typing import NamedTuple, Self

from xlreport.form.columns import column_name, column_number

ROWS, COLUMNS = 1048576, 16384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?([1-9][0-9]{0,6})")
_BARE_SHEET = re.compile(r"(?!\d)\w+")


class Box(NamedTuple):
    """A rectangle of cells: first row and column, last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns; zero where the box is empty."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    def around(self, other: Self) -> Box:
        """The smallest box with both."""
        return Box(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def parse(text: str) -> Box | None:
    """The box of `A1`, `A1:B2`, `A:C` or `1:3`, with or without $; None if it is no address."""
    first, colon, last = text.partition(":")
    if (a := _CELL.fullmatch(first)) and (b := _CELL.fullmatch(last if colon else first)):
        one, two = (Box(int(m[2]), column_number(m[1]), int(m[2]), column_number(m[1])) for m in (a, b))
        box = one.around(two)
    elif (a := _COLUMN.fullmatch(first)) and (b := _COLUMN.fullmatch(last)):
        left, right = sorted((column_number(a[1]), column_number(b[1])))
        box = Box(1, left, ROWS, right)
    elif (a := _ROW.fullmatch(first)) and (b := _ROW.fullmatch(last)):
        top, bottom = sorted((int(a[1]), int(b[1])))
        box = Box(top, 1, bottom, COLUMNS)
    else:
        return None
    return box if box.bottom <= ROWS and box.right <= COLUMNS else None


def address(box: Box, *, rows: bool = True, columns: bool = True) -> str:
    """The address as Excel writes it, absolute or not: `$A$1:$B$2`, whole columns as `$A:$C`, whole rows as `$1:$3`."""
    row, column = "$" * rows, "$" * columns
    if (box.top, box.bottom) == (1, ROWS):
        if (box.left, box.right) != (1, COLUMNS):
            return f"{column}{column_name(box.left)}:{column}{column_name(box.right)}"
        return f"{row}1:{row}{ROWS}"
    if (box.left, box.right) == (1, COLUMNS):
        return f"{row}{box.top}:{row}{box.bottom}"
    first = f"{column}{column_name(box.left)}{row}{box.top}"
    last = f"{column}{column_name(box.right)}{row}{box.bottom}"
    return first if first == last else f"{first}:{last}"


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in an address, in quotes where it needs them."""
    if _BARE_SHEET.fullmatch(sheet) and parse(sheet) is None and not re.fullmatch(r"(?i)r?\d*c?\d*", sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def split_sheet(text: str) -> tuple[str | None, str]:
    """`'My sheet'!A1` as the sheet's name and the address; None where no sheet is named."""
    sheet, mark, rest = text.rpartition("!")
    if not mark:
        return None, text
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, rest
