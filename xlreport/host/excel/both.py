"""What is the same in Excel for Windows and for macOS, by xlwings' public API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import xlwings as xw

from xlreport.host.merged import asked
from xlreport.host.opening import open_file
from xlreport.workbook.formula import Area


class BothExcel:
    """An open workbook in Excel."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    def names(self) -> Iterator[tuple[str, str]]:
        """The names of the workbook; those of a sheet have its name before theirs."""
        found = ((name.name, name.refers_to or "") for name in self._book.names)
        return (name for name in found if "!" not in name[0])

    def merged(self, sheet: xw.Sheet, parts: Iterable[Area]) -> Iterator[Area]:
        """The merged areas that go through these parts of a sheet."""
        return asked(sheet, parts)

    def open_file(self, path: Path) -> None:
        """In the program that the system has for it."""
        open_file(path)
