"""Defined names, of a book and of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from xlreport.host.libreoffice.addresses import quoted, split_sheet
from xlreport.host.libreoffice.office import Struct
from xlreport.host.libreoffice.unsupported import whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.books import Book
    from xlreport.host.libreoffice.ranges import Range
    from xlreport.host.libreoffice.sheets import Sheet

ORIGIN = Struct("com.sun.star.table.CellAddress", Sheet=0, Column=0, Row=0)


@whole
class Names(base_classes.Names):
    """The names of a book, with those of its sheets (`Sheet1!name`); or of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self.book = book
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """The names, com.sun.star.sheet.NamedRanges."""
        return (self.sheet or self.book).api.NamedRanges

    def all(self) -> list[Name]:
        """The names, those of the book first."""
        own = [Name(self.book, self.sheet, name) for name in self.api.getElementNames()]
        if self.sheet is None:
            for sheet in self.book.sheets:
                own += [Name(self.book, sheet, name) for name in sheet.api.NamedRanges.getElementNames()]
        return own

    def snapshot(self) -> list[tuple[str, Name]]:
        """All as (name, impl)."""
        return [(name.name, name) for name in self.all()]

    def find(self, name: str) -> Name | None:
        """The name, whatever its case; None if there is none."""
        where, local = split_sheet(name)
        sheet = self.sheet
        if where is not None:
            if where not in self.book.sheets:
                return None
            sheet = self.book.sheets(where)
        holder = (sheet or self.book).api.NamedRanges
        if holder.hasByName(local):
            return Name(self.book, sheet, local)
        lower = local.lower()
        return next((Name(self.book, sheet, n) for n in holder.getElementNames() if n.lower() == lower), None)

    def __call__(self, name_or_index: str | int) -> Name:
        if isinstance(name_or_index, int):
            return self.all()[name_or_index - 1]
        found = self.find(name_or_index)
        if found is None:
            raise KeyError(name_or_index)
        return found

    def contains(self, name_or_index: str | int) -> bool:
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(self)
        return self.find(name_or_index) is not None

    def __len__(self) -> int:
        return len(self.all())

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name; `Sheet1!name`, or any name on a sheet's names, is of the sheet."""
        where, local = split_sheet(name)
        sheet = self.sheet if where is None else self.book.sheets(where)
        holder = (sheet or self.book).api.NamedRanges
        content = self.book.to_api(refers_to)
        if holder.hasByName(local):
            holder.getByName(local).setContent(content)
        else:
            holder.addNewByName(local, content, ORIGIN, 0)
        return Name(self.book, sheet, local)


@whole
class Name(base_classes.Name):
    """A name of a book, or of a sheet."""

    def __init__(self, book: Book, sheet: Sheet | None, name: str) -> None:
        self.book = book
        self.sheet = sheet
        self._name = name

    @property
    def _holder(self) -> Any:
        return (self.sheet or self.book).api.NamedRanges

    @property
    def api(self) -> Any:
        """The name, com.sun.star.sheet.NamedRange."""
        return self._holder.getByName(self._name)

    @property
    def name(self) -> str:
        return self._name if self.sheet is None else f"{quoted(self.sheet.name)}!{self._name}"

    @name.setter
    def name(self, value: str) -> None:
        raise NotImplementedError(
            "Renaming a name would break the formulas that use it in LibreOffice: add the new name and change them."
        )

    def delete(self) -> None:
        self._holder.removeByName(self._name)

    @property
    def refers_to(self) -> str:
        return "=" + self.book.to_excel("=" + self.api.getContent()).removeprefix("=")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(self.book.to_api(value))

    @property
    def refers_to_range(self) -> Range:
        from xlreport.host.libreoffice.ranges import Range
        from xlreport.host.libreoffice.sheets import Sheet

        cells = self.api.getReferredCells()
        if cells is None:
            raise xw.NoSuchObjectError(f"The name {self.name!r} refers to no range: {self.refers_to}")
        return Range.of(Sheet(self.book, cells.getSpreadsheet()), cells.RangeAddress)
