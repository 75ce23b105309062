"""A rectangle of cells at a fixed place on a sheet: what all that is done with it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from xlreport.host.libreoffice.addresses import Box, address
from xlreport.host.libreoffice.office import OfficeError, UnoError

if TYPE_CHECKING:
    from xlreport.host.libreoffice.sheets import Sheet

VALUE, DATETIME, STRING, ANNOTATION, FORMULA, HARDATTR, STYLES = 1, 2, 4, 8, 16, 32, 64
"""com.sun.star.sheet.CellFlags."""
CONTENTS = VALUE | DATETIME | STRING | FORMULA


class Cells:
    """A rectangle of cells; an empty one, of no rows or columns, holds nothing and takes nothing."""

    def __init__(self, sheet: Sheet, box: Box) -> None:
        self.sheet = sheet
        self.box = box
        self.options: dict[str, Any] = {}  # xlwings puts them here

    @classmethod
    def of(cls, sheet: Sheet, found: Any) -> Self:
        """The range of a com.sun.star.table.CellRangeAddress."""
        return cls(sheet, Box(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1))

    @property
    def api(self) -> Any:
        """The cells, com.sun.star.sheet.SheetCellRange; None where there are none.

        Always asked for anew: LibreOffice's own range would move with its cells, and this one does not.
        """
        if not all(self.shape):
            return None
        if len(self) == 1:
            return self.first
        return self._at("getCellRangeByPosition", self.box.left, self.box.top, self.box.right, self.box.bottom)

    @property
    def cells(self) -> Any:
        """The cells, of a range that has any."""
        cells = self.api
        if cells is None:
            raise ValueError("The range is empty: it has no rows or no columns.")
        return cells

    @property
    def first(self) -> Any:
        """The first cell, com.sun.star.table.Cell."""
        return self._at("getCellByPosition", self.column, self.row)

    def _at(self, method: str, *place: int) -> Any:
        try:
            return getattr(self.sheet.api, method)(*(number - 1 for number in place))
        except UnoError:  # there are such cells, so there is no such sheet any more
            raise OfficeError("libreoffice.closed") from None

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

    def grown(self, height: int, width: int) -> Self:
        """The range of this size from the same first cell."""
        box = Box(self.row, self.column, self.row + height - 1, self.column + width - 1)
        return type(self)(self.sheet, box)

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
        """OfficeError if a protected sheet would refuse a change here; LibreOffice itself is often silent about it."""
        if self.sheet.api.isProtected():
            protection = self.common("CellProtection")
            if protection is None or protection.IsLocked:
                where = address(self.box, rows=False, columns=False)
                raise OfficeError("libreoffice.locked", sheet=self.sheet.name, address=where)
