"""Cells that are inserted, deleted, moved, copied, merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlreport.host.libreoffice.addresses import COLUMNS, ROWS, Box
from xlreport.host.libreoffice.cells import CONTENTS, Cells
from xlreport.host.libreoffice.office import Enum, properties
from xlreport.host.libreoffice.unsupported import refuse

if TYPE_CHECKING:
    from xlreport.host.libreoffice.ranges import Range

INSERT, DELETE = "com.sun.star.sheet.CellInsertMode", "com.sun.star.sheet.CellDeleteMode"

PASTES = {
    None: "A",
    "all": "A",
    "formulas": "SVDF",
    "values": "SVD",
    "formats": "T",
    "comments": "N",
    "formulas_and_number_formats": None,
    "values_and_number_formats": None,
}
"""Excel's ways to paste, as flags of LibreOffice's InsertContents: strings, values, dates, formulas, notes, formats."""
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}


class Edits(Cells):
    """The part of a Range about moving cells."""

    def _where(self) -> Any:
        """com.sun.star.table.CellRangeAddress."""
        return self.cells.RangeAddress

    def _corner(self) -> Any:
        """com.sun.star.table.CellAddress of the first cell."""
        return self.cells.getCellByPosition(0, 0).CellAddress

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room here; formats come from above or from the left, as LibreOffice has no other way."""
        if shift not in (None, "down", "right"):
            raise ValueError(f"shift is 'down' or 'right', not {shift!r}")
        self.assert_open()
        down = shift == "down" or (shift is None and self.shape[1] >= self.shape[0])
        mode = self._whole() or ("DOWN" if down else "RIGHT")
        self.sheet.api.insertCells(self._where(), Enum(INSERT, mode))

    def delete(self, shift: str | None = None) -> None:
        """Remove these cells; what is below moves up, or what is to the right moves left."""
        if shift not in (None, "up", "left"):
            raise ValueError(f"shift is 'up' or 'left', not {shift!r}")
        self.assert_open()
        up = shift == "up" or (shift is None and self.shape[1] > self.shape[0])
        self.sheet.api.removeRange(self._where(), Enum(DELETE, self._whole() or ("UP" if up else "LEFT")))

    def _whole(self) -> str | None:
        """ROWS or COLUMNS for whole ones."""
        if (self.box.left, self.box.right) == (1, COLUMNS):
            return "ROWS"
        return "COLUMNS" if (self.box.top, self.box.bottom) == (1, ROWS) else None

    def move(self, destination: Any) -> None:
        """Cut and paste within the book; references follow."""
        target: Range = destination.impl
        self.assert_open()
        target.grown(*self.shape).assert_open()
        self.sheet.api.moveRange(target._corner(), self._where())  # noqa: SLF001 - a range of ours

    def copy(self, destination: Any = None) -> None:
        """Copy to a range, as often as it is larger; or to the clipboard."""
        if destination is None:
            self._dispatch("Copy")
            self.sheet.book.app.cut_copy_mode = True
            return
        target: Range = destination.impl
        if target.sheet.book.api.RuntimeUID != self.sheet.book.api.RuntimeUID:
            self._dispatch("Copy")
            with self.sheet.book.app.unasked():
                target._dispatch("Paste")  # noqa: SLF001
            return
        height, width = self.shape
        rows, columns = target.shape
        fits = rows % height == 0 and columns % width == 0
        target.grown(rows if fits else height, columns if fits else width).assert_open()
        source = self._where()
        for y in range(0, rows if fits else 1, height):
            for x in range(0, columns if fits else 1, width):
                target.sheet.api.copyRange(target(y + 1, x + 1)._corner(), source)  # noqa: SLF001

    def copy_from(self, source_range: Any, copy_type: str, skip_blanks: bool, transpose: bool) -> None:
        """Copy another range here: all, formats, formulas, values or links."""
        source_range.impl._dispatch("Copy")  # noqa: SLF001
        self._insert("A" if copy_type == "link" else copy_type, skip_blanks, transpose, link=copy_type == "link")

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste what was copied."""
        self._insert(paste, skip_blanks, transpose, operation=operation)

    def _insert(
        self, what: str | None, skip: bool, transpose: bool, *, operation: str | None = None, link: bool = False
    ) -> None:
        flags = "A" if link else PASTES.get(what)
        if flags is None or operation not in OPERATIONS:
            raise refuse(f"Pasting {what or operation!r}")
        self.assert_open()
        with self.sheet.book.app.unasked():
            self._dispatch(
                "InsertContents",
                Flags=flags,
                FormulaCommand=OPERATIONS[operation],
                SkipEmptyCells=skip,
                Transpose=transpose,
                AsLink=link,
                MoveMode=4,  # none
            )

    def _dispatch(self, command: str, **options: Any) -> None:
        """What the menu does with the selection, which is left as it was."""
        book = self.sheet.book
        controller = book.api.getCurrentController()
        sheet, before = controller.getActiveSheet(), book.api.getCurrentSelection()
        controller.setActiveSheet(self.sheet.api)
        controller.select(self.cells)
        helper = book.app.office.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(controller.getFrame(), f".uno:{command}", "", 0, properties(**options))
        if before is not None:
            controller.select(before)
        controller.setActiveSheet(sheet)

    @property
    def merge_area(self) -> Range:
        """The merged cells of which the first cell is one; else the first cell."""
        cursor = self.sheet.api.createCursorByRange(self.cells.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        found = cursor.RangeAddress
        return self.sheet.range((found.StartRow + 1, found.StartColumn + 1), (found.EndRow + 1, found.EndColumn + 1))

    @property
    def merge_cells(self) -> bool:
        """Whether any cell is part of merged cells."""
        if self.cells.getIsMerged():
            return True
        area = self.merge_area.box
        return area != Box(self.box.top, self.box.left, self.box.top, self.box.left)

    def merge(self, across: bool = False) -> None:
        """Merge into one cell, or one for each row; only the first cell keeps its content, as in Excel."""
        self.assert_open()
        height, width = self.shape
        whole = self.cells
        whole.merge(False)
        rows, columns = (1, width) if across else (height, width)
        for y in range(0, height, rows):
            cells = whole.getCellRangeByPosition(0, y, width - 1, y + rows - 1)
            if columns > 1:
                cells.getCellRangeByPosition(1, 0, columns - 1, 0).clearContents(CONTENTS)
            if rows > 1:
                cells.getCellRangeByPosition(0, 1, columns - 1, rows - 1).clearContents(CONTENTS)
            cells.merge(True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.assert_open()
        self.cells.merge(False)
