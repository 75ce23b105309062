"""Ranges of cells: where they are and what they hold. What they look like, and how they move, stands beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from xlreport.host.libreoffice import values
from xlreport.host.libreoffice.addresses import COLUMNS, ROWS, Box, address, parse, quoted, split_sheet
from xlreport.host.libreoffice.edits import CONTENTS, Edits
from xlreport.host.libreoffice.formats import Formats
from xlreport.host.libreoffice.formulas import shifted
from xlreport.host.libreoffice.jumps import STEPS, jump
from xlreport.host.libreoffice.names import Name
from xlreport.host.libreoffice.notes import Remarks
from xlreport.host.libreoffice.office import OfficeError, Remote, Struct
from xlreport.host.libreoffice.sizes import Sizes
from xlreport.host.libreoffice.unsupported import whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.sheets import Sheet

ANNOTATION, HARDATTR, STYLES = 8, 32, 64
MANY = 100_000
"""Cells from which on only those in use are read."""


@whole
class Range(Formats, Sizes, Edits, Remarks, base_classes.Range):  # type: ignore[misc]
    """A rectangle of cells at a fixed place on a sheet; an empty one holds nothing and takes nothing."""

    def __init__(self, sheet: Sheet, box: Box) -> None:
        self.sheet = sheet
        self.box = box
        self.options: dict[str, Any] = {}

    @classmethod
    def of(cls, sheet: Sheet, found: Struct) -> Range:
        """The range of a com.sun.star.table.CellRangeAddress."""
        return cls(sheet, Box(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1))

    @property
    def api(self) -> Remote | None:
        """The cells, com.sun.star.sheet.SheetCellRange; None where there are none.

        Always asked for anew: LibreOffice's own range would move with its cells, and this one does not.
        """
        if not all(self.shape):
            return None
        top, left, bottom, right = (n - 1 for n in self.box)
        return self.sheet.api.getCellRangeByPosition(left, top, right, bottom)  # type: ignore[no-any-return]

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
        return self.sheet.api.getCellByPosition(self.column - 1, self.row - 1)  # type: ignore[no-any-return]

    @property
    def arg1_input(self) -> str:
        """The address, as xlwings looks at it to tell rows from columns."""
        return self.address

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

    def grown(self, height: int, width: int) -> Range:
        """The range of this size from the same first cell."""
        return Range(self.sheet, Box(self.row, self.column, self.row + height - 1, self.column + width - 1))

    # values

    @property
    def raw_value(self) -> list[list[Any]] | None:
        """Rows of float, bool, str, datetime, error or None."""
        if self.api is None:
            return None
        if len(self) > MANY:
            return self._sparse()
        book = self.sheet.book
        return values.from_office(book.app.office.verb("read", self.cells, book.number_formats))

    def _sparse(self) -> list[list[Any]]:
        """The values of whole columns, rows or sheets: what is beyond the used range is empty without asking."""
        used = self.sheet.used_range.box
        part = Box(self.box.top, self.box.left, min(self.box.bottom, used.bottom), min(self.box.right, used.right))
        height, width = self.shape
        if min(part.shape) < 1:
            return [[None] * width for _ in range(height)]
        book = self.sheet.book
        found = values.from_office(book.app.office.verb("read", Range(self.sheet, part).cells, book.number_formats))
        rows = [row + [None] * (width - len(row)) for row in found]
        return rows + [[None] * width for _ in range(height - len(rows))]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self.api is None:
            return
        rows = values.rows_of(data, self.shape)
        part = self.grown(len(rows), len(rows[0]))
        part.assert_open()
        cells = part.cells
        if any(values.is_formula(value) for row in rows for value in row):
            fill = not isinstance(data, list | tuple)
            cells.setFormulaArray(
                [
                    [self._typed(value, (y, x) if fill else (0, 0), values.typed_in) for x, value in enumerate(row)]
                    for y, row in enumerate(rows)
                ]
            )
        else:
            cells.setDataArray([[values.plain(value) for value in row] for row in rows])
        part.format_kinds(rows)

    # formulas

    @property
    def formula(self) -> Any:
        """The formula or constant as text: of one cell, or rows of them."""
        if self.api is None:
            return None
        typed, data = self.sheet.book.app.office.verb("formulas", self.cells)
        rows = tuple(
            tuple(self._text(formula, value) for formula, value in zip(*pair, strict=True))
            for pair in zip(typed, data, strict=True)
        )
        return rows[0][0] if len(self) == 1 else rows

    def _text(self, formula: str, value: object) -> str:
        if formula[:1] not in ("=", "{") or formula == value:
            return values.constant(value)  # a text that looks like a formula is a text
        return self.sheet.book.to_excel(formula)

    @formula.setter
    def formula(self, value: Any) -> None:
        if self.api is None:
            return
        fill = not isinstance(value, list | tuple)
        rows = values.rows_of(value, self.shape)
        part = self.grown(len(rows), len(rows[0]))
        part.assert_open()
        part.cells.setFormulaArray(
            [
                [self._typed(item, (y, x) if fill else (0, 0), values.as_typed) for x, item in enumerate(row)]
                for y, row in enumerate(rows)
            ]
        )

    formula2 = formula

    def _typed(self, value: Any, shift: tuple[int, int], constant: Callable[[Any], str]) -> str:
        """What is to be typed for a formula, shifted, or a constant."""
        if values.is_formula(value):
            return "=" + self.sheet.book.to_api(shifted(value, *shift))
        return constant(value)

    @property
    def formula_array(self) -> str | None:
        """The array formula of these cells; the formula of a single cell; None where there is no one formula."""
        if self.api is None:
            return None
        formula = self.cells.getArrayFormula()
        if formula:
            return self.sheet.book.to_excel(formula)
        return self.formula if len(self) == 1 else None  # type: ignore[no-any-return]

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        if self.api is not None:
            self.assert_open()
            self.cells.setArrayFormula("=" + self.sheet.book.to_api(value))

    @property
    def has_array(self) -> bool:
        """Whether the first cell is part of an array formula."""
        return self.api is not None and self.first.getFormula().startswith("{=")

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
        if self.sheet.api.isProtected():
            protection = self.common("CellProtection")
            if protection is None or protection.IsLocked:
                where = address(self.box, rows=False, columns=False)
                raise OfficeError("libreoffice.locked", sheet=self.sheet.name, address=where)

    # places

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
