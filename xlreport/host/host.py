"""What xlwings' public API lacks or is slow at, as a small interface."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import xlwings as xw

from xlreport.errors import HostError
from xlreport.workbook.formula import Area


class Host(Protocol):
    """A spreadsheet program, seen from one open workbook."""

    def ready(self) -> None:
        """Return when the program can be worked with. Raises HostError when it is busy for longer than one waits."""

    def read_only(self) -> bool:
        """Was the workbook opened for reading only?"""

    def modified(self) -> bool:
        """Has the workbook changes that are not saved?"""

    def names(self) -> Iterable[tuple[str, str]]:
        """The workbook's own names and what each refers to, as in `xw.Name`."""

    def merged(self, sheet: xw.Sheet, parts: Iterable[Area]) -> Iterable[Area]:
        """The merged areas that begin in these parts of a sheet, or go through them."""

    def location(self) -> str:
        """The workbook's path, its URL where it is no local file, or "" where it was never saved."""

    def lifted(self, sheets: Sequence[xw.Sheet]) -> AbstractContextManager[None]:
        """Within, these sheets are not protected; after, each is as it was, whatever happened.

        Raises HostError before anything is changed where a sheet has a password of the user's own.
        """

    def explain(self, error: Exception) -> HostError | None:
        """What an exception of the program or of the way to it means in plain words; None for what is not known."""

    def open_file(self, path: Path) -> None:
        """Show a file in the program that the user has for it."""


def host_of(book: xw.Book | None) -> Host:
    """The host that a workbook is open in. Raises HostError for none, and for a program that we do not know."""
    if book is None:
        raise HostError("host.no_book")
    engine = book.app.engine.name
    if engine == "excel" and sys.platform == "darwin":
        from xlreport.host.excel.mac import MacExcelHost

        return MacExcelHost(book)
    if engine == "excel":
        from xlreport.host.excel.host import ExcelHost

        return ExcelHost(book)
    if engine == "libreoffice":
        from xlreport.host.libreoffice.host import LibreOfficeHost

        return LibreOfficeHost(book)
    raise HostError("host.unknown_program", program=engine)
