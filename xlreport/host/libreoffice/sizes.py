"""How wide, high and far down cells are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlreport.host.libreoffice.cells import Cells

if TYPE_CHECKING:
    pass

POINT = 2540 / 72
"""Hundredths of a millimetre, LibreOffice's unit, in a point."""
PIXEL = 0.75
"""Points in a pixel of 96 dpi; Excel measures columns in pixels of digits of its default font: 7 a digit, 5 between."""
DIGIT, MARGIN = 7, 5
FEW = 1000
"""Rows or columns that are looked at one by one; of more, those that are used."""


def characters(width: int) -> float:
    """A column's width as Excel counts it, in characters of its default font (Calibri 11)."""
    pixels = width / POINT / PIXEL
    return round(max((pixels - MARGIN) / DIGIT, pixels / (DIGIT + MARGIN) if pixels < DIGIT + MARGIN else 0), 2)


def points(length: int) -> float:
    """A length in points; LibreOffice rounds them to its own unit, so tenths are what can be told."""
    return round(length / POINT, 1)


def of_characters(count: float) -> int:
    """The width of a column of so many characters, in LibreOffice's unit."""
    pixels = count * DIGIT + MARGIN if count >= 1 else count * (DIGIT + MARGIN)
    return round(pixels * PIXEL * POINT)


class Sizes(Cells):
    """The part of a Range about sizes. Widths and heights are in points, a column's width in characters."""

    def _along(self, axis: str, name: str) -> Any:
        """The property of all rows or columns; None where they differ."""
        lines = getattr(self.cells, f"get{axis}")()
        count = self.shape[0 if axis == "Rows" else 1]
        indexes = list(range(count))
        if count > FEW:
            last = self.sheet.used_range.box
            indexes = [*range(min(count - 1, last.bottom if axis == "Rows" else last.right)), count - 1]
        found = set(self.sheet.book.app.office.verb("along", lines, name, indexes))
        return found.pop() if len(found) == 1 else None

    def _set_along(self, axis: str, name: str, value: Any) -> None:
        if self.api is not None:
            self.assert_open()
            setattr(getattr(self.cells, f"get{axis}")(), name, value)

    @property
    def column_width(self) -> float | None:
        """In characters; None where columns differ."""
        if self.api is None:
            return 0
        width = self._along("Columns", "Width")
        return None if width is None else characters(width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._set_along("Columns", "Width", of_characters(value))

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        if self.api is None:
            return 0
        height = self._along("Rows", "Height")
        return None if height is None else points(height)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._set_along("Rows", "Height", round(value * POINT))

    @property
    def column_hidden(self) -> bool | None:
        """None where columns differ."""
        visible = self._along("Columns", "IsVisible")
        return None if visible is None else not visible

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._set_along("Columns", "IsVisible", not value)

    @property
    def row_hidden(self) -> bool | None:
        """None where rows differ."""
        visible = self._along("Rows", "IsVisible")
        return None if visible is None else not visible

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._set_along("Rows", "IsVisible", not value)

    def autofit(self, axis: str | None = None) -> None:
        """Columns as wide, rows as high as their contents ask for."""
        if axis in (None, "columns", "c"):
            self._set_along("Columns", "OptimalWidth", value=True)
        if axis in (None, "rows", "r"):
            self._set_along("Rows", "OptimalHeight", value=True)

    @property
    def width(self) -> float:
        return 0 if self.api is None else points(self.cells.Size.Width)

    @property
    def height(self) -> float:
        return 0 if self.api is None else points(self.cells.Size.Height)

    @property
    def left(self) -> float:
        return points(self.cells.Position.X)

    @property
    def top(self) -> float:
        return points(self.cells.Position.Y)
