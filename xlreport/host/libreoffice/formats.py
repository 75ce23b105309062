"""What cells look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlreport.host.libreoffice import colors, values
from xlreport.host.libreoffice.fonts import Font
from xlreport.host.libreoffice.office import Remote, Struct

if TYPE_CHECKING:
    from xlreport.host.libreoffice.sheets import Sheet

ENGLISH = Struct("com.sun.star.lang.Locale", Language="en", Country="US", Variant="")


class Formats:
    """The part of a Range about formats."""

    sheet: Sheet
    cells: Remote
    api: Remote | None

    def common(self, name: str) -> Any:
        """A property of the cells; None where they differ."""
        cells = self.cells
        if cells.getPropertyState(name).value == "AMBIGUOUS_VALUE":
            return None
        return getattr(cells, name)

    def put(self, name: str, value: Any) -> None:
        """Set a property of the cells, if they may be changed."""
        if self.api is not None:
            self.assert_open()
            setattr(self.cells, name, value)

    def assert_open(self) -> None:
        raise NotImplementedError

    @property
    def color(self) -> colors.Rgb | None:
        return colors.from_office(self.common("CellBackColor"))

    @color.setter
    def color(self, value: Any) -> None:
        self.put("CellBackColor", colors.to_office(value))

    @property
    def font(self) -> Font:
        return Font(self)  # type: ignore[arg-type]

    @property
    def wrap_text(self) -> bool | None:
        return self.common("IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.put("IsTextWrapped", bool(value))

    @property
    def number_format(self) -> str | None:
        key = self.common("NumberFormat")
        return None if key is None else str(self.sheet.book.number_formats.getByKey(key).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats = self.sheet.book.number_formats
        key = formats.queryKey(value, ENGLISH, False)
        self.put("NumberFormat", formats.addNew(value, ENGLISH) if key == -1 else key)

    def _format_kinds(self, rows: list[list[Any]]) -> None:
        """Dates and truth values are told from numbers by their format only; give it where there is none yet."""
        formats = self.sheet.book.number_formats
        for kind, boxes in values.strips(rows, values.kind_of).items():
            for top, left, bottom, right in boxes:
                part = self.cells.getCellRangeByPosition(left, top, right, bottom)
                if not formats.getByKey(part.NumberFormat).Type & kind:
                    part.NumberFormat = formats.getStandardFormat(kind, ENGLISH)
