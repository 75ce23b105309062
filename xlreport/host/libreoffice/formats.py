"""What cells look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from xlreport.host.libreoffice import colors, values
from xlreport.host.libreoffice.cells import Cells
from xlreport.host.libreoffice.fonts import Font
from xlreport.host.libreoffice.office import Enum
from xlreport.host.libreoffice.unsupported import refuse

if TYPE_CHECKING:
    from xlreport.host.libreoffice.ranges import Range

HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
VERTICAL = ("bottom", "top", "center", "bottom", "justify")
"""By LibreOffice's number; 0 is its standard, which is at the bottom."""
KIND_CODES = {
    values.DATE: "yyyy-mm-dd",
    values.TIME: "hh:mm:ss",
    values.DATE | values.TIME: "yyyy-mm-dd hh:mm:ss",
    values.TRUTH: "BOOLEAN",
}


class Formats(Cells):
    """The part of a Range about formats."""

    @property
    def color(self) -> colors.Rgb | None:
        return colors.from_office(self.common("CellBackColor"))

    @color.setter
    def color(self, value: Any) -> None:
        self.put("CellBackColor", colors.to_office(value))

    @property
    def font(self) -> Font:
        return Font(cast("Range", self))

    @property
    def wrap_text(self) -> bool | None:
        wrapped = self.common("IsTextWrapped")
        return None if wrapped is None else bool(wrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.put("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """None where cells differ, or for what only LibreOffice has."""
        found = self.common("HoriJustify")
        return None if found is None else {own: name for name, own in HORIZONTAL.items()}.get(found.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in HORIZONTAL:
            raise refuse(f"Horizontal alignment {value!r}")
        self.put("HoriJustify", Enum("com.sun.star.table.CellHoriJustify", HORIZONTAL[value]))

    @property
    def vertical_alignment(self) -> str | None:
        """None where cells differ."""
        found = self.common("VertJustify")
        return None if found is None else VERTICAL[found]

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in VERTICAL:
            raise refuse(f"Vertical alignment {value!r}")
        self.put("VertJustify", VERTICAL.index(value, 1))

    @property
    def number_format(self) -> str | None:
        """The format's code as Excel writes it; None where cells differ."""
        key = self.common("NumberFormat")
        return None if key is None else self.sheet.book.format_code(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.put("NumberFormat", self.sheet.book.format_key(value))

    def format_kinds(self, rows: list[list[Any]]) -> None:
        """Dates and truth values are told from numbers by their format only; give it where there is none yet."""
        book = self.sheet.book
        for kind, found in values.strips(rows, values.kind_of).items():
            boxes = list(found)
            key = book.format_key(KIND_CODES[kind])
            while boxes:
                top, left, bottom, right = boxes.pop()
                part = self.cells.getCellRangeByPosition(left, top, right, bottom)
                if part.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
                    boxes += values.halves(top, left, bottom, right)
                elif not book.number_formats.getByKey(part.NumberFormat).Type & kind:
                    part.NumberFormat = key
