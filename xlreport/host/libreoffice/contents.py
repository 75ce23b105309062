"""What cells hold: values and formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlreport.host.libreoffice import values
from xlreport.host.libreoffice.addresses import Box
from xlreport.host.libreoffice.cells import ANNOTATION, CONTENTS, HARDATTR, STYLES
from xlreport.host.libreoffice.formats import Formats
from xlreport.host.libreoffice.formulas import shifted

MANY = 100_000
"""Cells from which on only those in use are read."""


class Contents(Formats):
    """The part of a Range about values and formulas."""

    @property
    def raw_value(self) -> list[list[Any]] | None:
        """Rows of float, bool, str, datetime, error or None."""
        if self.api is None:
            return None
        if len(self) > MANY:
            return self._sparse()
        book = self.sheet.book
        return values.from_office(book.app.office.verb("read", self.cells, book.number_formats))

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

    def _sparse(self) -> list[list[Any]]:
        """The values of whole columns, rows or sheets: what is beyond the used range is empty without asking."""
        used = self.sheet.used_range.box
        part = Box(self.box.top, self.box.left, min(self.box.bottom, used.bottom), min(self.box.right, used.right))
        height, width = self.shape
        if min(part.shape) < 1:
            return [[None] * width for _ in range(height)]
        book = self.sheet.book
        found = values.from_office(
            book.app.office.verb("read", type(self)(self.sheet, part).cells, book.number_formats)
        )
        rows = [row + [None] * (width - len(row)) for row in found]
        return rows + [[None] * width for _ in range(height - len(rows))]

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

    def _text(self, formula: str, value: object) -> str:
        if formula[:1] not in ("=", "{") or formula == value:
            return values.constant(value)  # a text that looks like a formula is a text
        return self.sheet.book.to_excel(formula)

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
        cells = self.cells
        if cells.getArrayFormula():  # itself in another grammar
            return self.sheet.book.to_excel(cells.getFormulaArray()[0][0])
        return self.formula if len(self) == 1 else None

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
