"""Sheets of a book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from xlreport.host.libreoffice.addresses import COLUMNS, ROWS, Box, parse
from xlreport.host.libreoffice.names import Names
from xlreport.host.libreoffice.notes import Note, notes_of
from xlreport.host.libreoffice.office import Remote, UnoError
from xlreport.host.libreoffice.ranges import Range, located
from xlreport.host.libreoffice.unsupported import refusing_property, whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.books import Book


@whole
class Sheets(base_classes.Sheets):
    """The sheets of a book, in order."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.api.getSheets()

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.api.getCurrentController().getActiveSheet())

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, int):
            if not 0 < name_or_index <= len(self):
                raise xw.NoSuchObjectError(f"There is no sheet number {name_or_index}")
            return Sheet(self.book, self.api.getByIndex(name_or_index - 1))
        if name_or_index not in self:
            raise xw.NoSuchObjectError(f"There is no sheet {name_or_index!r}")
        return Sheet(self.book, self.api.getByName(name_or_index))

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        sheets = self.api
        return iter([Sheet(self.book, sheets.getByIndex(index)) for index in range(sheets.getCount())])

    def __contains__(self, name: str) -> bool:
        return bool(self.api.hasByName(name))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, at the place given, else before the active one; it becomes the active one."""
        index = (before or self.active).index - 1 if after is None else after.index
        sheets = self.api
        if name is None:
            name = next(f"Sheet{n}" for n in range(1, len(self) + 2) if not sheets.hasByName(f"Sheet{n}"))
        try:
            sheets.insertNewByName(name, index)
        except UnoError:
            raise ValueError(
                f"{name!r} cannot be the name of a sheet: it has a character that is not allowed."
            ) from None
        sheet = self(name)
        sheet.activate()
        return sheet


@whole
class Sheet(base_classes.Sheet):
    """A sheet."""

    def __init__(self, book: Book, api: Remote) -> None:
        self._book = book
        self._api = api

    @property
    def api(self) -> Any:
        """The sheet, com.sun.star.sheet.Spreadsheet."""
        return self._api

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        if self.name != value:  # LibreOffice says nothing
            raise ValueError(
                f"{value!r} cannot be the name of a sheet: it is taken, or has a character that is not allowed."
            )

    @property
    def names(self) -> Names:
        return Names(self.book, self)

    @property
    def index(self) -> int:
        return int(self.api.RangeAddress.Sheet) + 1

    def range(self, arg1: object, arg2: object = None) -> Range:
        return located(self, arg1, arg2)

    @property
    def cells(self) -> Range:
        return Range(self, Box(1, 1, ROWS, COLUMNS))

    def activate(self) -> None:
        self.book.api.getCurrentController().setActiveSheet(self.api)

    select = activate

    @property
    def visible(self) -> bool:
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)
        if self.visible != bool(value):
            raise ValueError("A book must keep one visible sheet.")

    @property
    def used_range(self) -> Range:
        cursor = self.api.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        cursor.gotoStartOfUsedArea(False)
        first = cursor.RangeAddress
        return Range(self, Box(first.StartRow + 1, first.StartColumn + 1, last.EndRow + 1, last.EndColumn + 1))

    def delete(self) -> None:
        sheets = self.book.api.getSheets()
        if sheets.getCount() == 1:
            raise ValueError("A book must keep one sheet.")
        sheets.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """A copy in this book or another of the same App, next to a sheet there."""
        target = before or after
        assert target is not None
        index = target.index - 1 if before is not None else target.index
        sheets = target.book.api.getSheets()
        if target.book.api.RuntimeUID == self.book.api.RuntimeUID:
            name = next(
                f"{self.name} ({n})"
                for n in range(2, len(self.book.sheets) + 3)
                if not sheets.hasByName(f"{self.name} ({n})")
            )
            sheets.copyByName(self.name, name, index)
        else:
            sheets.importSheet(self.book.api, self.name, index)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """To another place in the book."""
        target = before or after
        assert target is not None
        self.book.api.getSheets().moveByName(self.name, target.index - 1 if before is not None else target.index)

    @property
    def notes(self) -> list[Note]:
        return notes_of(self)

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def clear(self) -> None:
        self.cells.clear()

    pivot_tables = refusing_property("Sheet.pivot_tables")


@whole
class PageSetup(base_classes.PageSetup):
    """What is printed of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """The page style, com.sun.star.sheet.TablePageStyle."""
        styles = self.sheet.book.api.getStyleFamilies().getByName("PageStyles")
        return styles.getByName(self.sheet.api.PageStyle)

    @property
    def print_area(self) -> str | None:
        """The address that is printed; None for all."""
        areas = self.sheet.api.getPrintAreas()
        return ",".join(Range.of(self.sheet, area).address for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        ranges = [self.sheet.range(part) for part in value.split(",")] if value else []
        self.sheet.api.setPrintAreas([part.cells.RangeAddress for part in ranges])


class FreezePanes(base_classes.FreezePanes):
    """Rows and columns that stay in view."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze these cells with all above and to the left; of whole rows or columns, these only."""
        box = parse(frozen_range)
        if box is None:
            raise ValueError(f"{frozen_range!r} is no address")
        self._freeze(box.right % COLUMNS, box.bottom % ROWS)

    def unfreeze(self) -> None:
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        controller = self.sheet.book.api.getCurrentController()
        active = controller.getActiveSheet()
        controller.setActiveSheet(self.sheet.api)
        controller.freezeAtPosition(columns, rows)
        controller.setActiveSheet(active)
