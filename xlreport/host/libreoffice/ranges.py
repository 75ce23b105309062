"""Ranges of cells: where they are, and what they hold. What they look like and how they are moved stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import xlwings as xw
from xlwings import base_classes

from xlreport.host.libreoffice import values
from xlreport.host.libreoffice.addresses import COLUMNS, ROWS, Box, address, parse, quoted, split_sheet
from xlreport.host.libreoffice.fonts import Font
from xlreport.host.libreoffice.formats import Formats
from xlreport.host.libreoffice.formulas import shifted
from xlreport.host.libreoffice.names import Name
from xlreport.host.libreoffice.office import OfficeError, Remote, Struct

if TYPE_CHECKING:
    from xlreport.host.libreoffice.sheets import Sheet

VALUE, DATETIME, STRING, ANNOTATION, FORMULA, HARDATTR, STYLES = 1, 2, 4, 8, 16, 32, 64
CONTENTS = VALUE | DATETIME | STRING | FORMULA


class Range(Formats, base_classes.Range):  # type: ignore[misc]
    """A rectangle of cells on a sheet; an empty one (of no rows or columns) holds nothing and takes nothing."""

    def __init__(self, sheet: Sheet, box: Box) -> None:
        self.sheet = sheet
        self.box = box
        self.options: dict[str, Any] = {}
        self._api: Remote | None = None

    @classmethod
    def of(cls, sheet: Sheet, found: Struct) -> Self:
        """The range of a com.sun.star.table.CellRangeAddress."""
        return cls(sheet, Box(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1))

    @property
    def api(self) -> Remote | None:
        """The cells, com.sun.star.sheet.SheetCellRange; None where there are none."""
        if self._api is None and all(self.shape):
            top, left, bottom, right = (n - 1 for n in self.box)
            self._api = self.sheet.api.getCellRangeByPosition(left, top, right, bottom)
        return self._api

    @property
    def cells(self) -> Remote:
        """The cells, of a range that has any."""
        cells = self.api
        if cells is None:
            raise ValueError("The range is empty: it has no rows or no columns.")
        return cells

    @property
    def first(self) -> Remote:
        """The first cell, com.sun.star.table.Cell."""
        return self.cells.getCellByPosition(0, 0)

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        return self.box.top

    @property
    def column(self) -> int:
        return self.box.left

    @property
    def shape(self) -> tuple[int, int]:
        return self.box.shape

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        """A cell counted from this range's first as (1, 1), also outside of it; or by its number, row by row."""
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self.sheet.range((self.row + row - 1, self.column + column - 1))

    # values

    @property
    def raw_value(self) -> list[list[Any]] | None:
        """Rows of float, bool, str, datetime, error or None."""
        if self.api is None:
            return None
        book = self.sheet.book
        return values.from_office(book.app.office.verb("read", self._used(), book.number_formats))

    def _used(self) -> Remote:
        """The cells; a whole column or sheet is far more than Python should be given, and is read as far as it is used."""
        return self.cells

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self.api is None:
            return
        rows = values.rows_of(data, self.shape)
        height, width = len(rows), len(rows[0])
        if (height, width) != self.shape:
            Range(self.sheet, Box(self.row, self.column, self.row + height - 1, self.column + width - 1)).raw_value = rows
            return
        self.assert_open()
        if any(values.is_formula(value) for row in rows for value in row):
            fill = not isinstance(data, list | tuple)
            self._type(
                [
                    [
                        self._api_formula(value, (y, x) if fill else (0, 0))
                        if values.is_formula(value)
                        else values.typed_in(value)
                        for x, value in enumerate(row)
                    ]
                    for y, row in enumerate(rows)
                ]
            )
        else:
            self.cells.setDataArray([[values.plain(value) for value in row] for row in rows])
        self._format_kinds(rows)

    def _type(self, rows: list[list[str]]) -> None:
        self.cells.setFormulaArray(rows)

    # formulas

    @property
    def formula(self) -> Any:
        """The formula or constant as text: of one cell, or rows of them."""
        if self.api is None:
            return None
        book = self.sheet.book
        typed, data = book.app.office.verb("formulas", self.cells)
        rows = tuple(
            tuple(self._text(formula, value) for formula, value in zip(*pair, strict=True))
            for pair in zip(typed, data, strict=True)
        )
        return rows[0][0] if len(self) == 1 else rows

    def _text(self, formula: str, value: object) -> str:
        if isinstance(value, float) and formula[:1] not in ("=", "{"):
            return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        if value == formula or formula[:1] not in ("=", "{"):
            return str(value or "")  # a text, also one that looks like a formula
        return str(self.sheet.book.to_excel(formula))

    @formula.setter
    def formula(self, value: Any) -> None:
        if self.api is None:
            return
        fill = not isinstance(value, list | tuple)
        rows = values.rows_of(value, self.shape)
        self.assert_open()
        self._type(
            [
                [self._api_formula(item, (y, x) if fill else (0, 0)) for x, item in enumerate(row)]
                for y, row in enumerate(rows)
            ]
        )

    formula2 = formula

    @property
    def has_array(self) -> bool:
        """Whether the first cell is part of an array formula."""
        return bool(self.api is not None and self.first.getFormula().startswith("{="))

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow key lead from the first cell, as in Excel."""
        return Range(self.sheet, jumped(self, direction))

    def _api_formula(self, value: Any, shift: tuple[int, int]) -> str:
        """What is to be typed for a formula or constant."""
        if values.is_formula(value):
            return "=" + self.sheet.book.to_api(shifted(value, *shift))
        return value if isinstance(value, str) else values.typed_in(value)

    def clear_contents(self) -> None:
        self._clear(CONTENTS)

    def clear_formats(self) -> None:
        self._clear(HARDATTR | STYLES)

    def clear(self) -> None:
        self._clear(CONTENTS | HARDATTR | STYLES | ANNOTATION)

    def _clear(self, what: int) -> None:
        if self.api is not None:
            self.assert_open()
            self.cells.clearContents(what)

    def assert_open(self) -> None:
        """OfficeError if a protected sheet would refuse a change here; LibreOffice itself is often silent about it."""
        sheet = self.sheet.api
        if sheet.isProtected():
            protection = self.cells.CellProtection
            state = self.cells.getPropertyState("CellProtection").value
            if state == "AMBIGUOUS_VALUE" or protection.IsLocked:
                raise OfficeError("libreoffice.locked", sheet=self.sheet.name, address=self.get_address(False, False, False))

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
        for name in self.sheet.book.names._all():  # noqa: SLF001
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


STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def jumped(start: Range, direction: str) -> Box:
    """The last cell before a gap; from the edge of a block, or outside of one, the first cell after the gap."""
    if direction not in STEPS:
        raise ValueError(f"No such direction: {direction!r}; use {', '.join(STEPS)}.")
    down, right = STEPS[direction]
    row, column = start.row, start.column
    used = start.sheet.used_range.box
    line = Box(
        row if not down else 1,
        column if not right else 1,
        row if not down else max(used.bottom, row),
        column if not right else max(used.right, column),
    )
    data = Range(start.sheet, line).cells.getFormulaArray()
    filled = [bool(cell) for cell in (data[0] if right else [r[0] for r in data])]
    here = (column if right else row) - 1
    there = _jump(filled, here, down + right, COLUMNS if right else ROWS) + 1
    return Box(row, there, row, there) if right else Box(there, column, there, column)


def _jump(filled: list[bool], here: int, step: int, size: int) -> int:
    """The index that an arrow key with Ctrl reaches; beyond `filled` all is empty."""

    def full(index: int) -> bool:
        return index < len(filled) and filled[index]

    edge = size - 1 if step > 0 else 0
    if here == edge:
        return here
    at = here + step
    if full(here) and full(at):
        while at != edge and full(at + step):
            at += step
        return at
    while at != edge and not full(at):
        if at >= len(filled) and step > 0:
            return edge
        at += step
    return at


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
        found = names._find(rest)  # noqa: SLF001
        if found is not None:
            return found.refers_to_range
    raise xw.NoSuchObjectError(f"The address/named range {text!r} doesn't exist.")
