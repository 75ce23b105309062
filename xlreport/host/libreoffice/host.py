"""LibreOffice, as far as xlwings' public API does not reach: UNO members of the document and its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import xlwings as xw

from xlreport.errors import HostError
from xlreport.host.libreoffice.office import UnoError
from xlreport.host.opening import open_file
from xlreport.workbook.formula import Area


class LibreOfficeHost:
    """The document of an open workbook."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self._document = book.api

    def ready(self) -> None:
        """LibreOffice answers calls also while a cell is being edited."""

    def read_only(self) -> bool:
        """Was it opened for reading only?"""
        return bool(self._document.isReadonly())

    def modified(self) -> bool:
        """Has it changes that are not saved?"""
        return bool(self._document.isModified())

    def names(self) -> Iterator[tuple[str, str]]:
        """The names of the document, in one exchange."""
        impl = self._book.impl
        for name, content in impl.app.office.verb("names", self._document.NamedRanges):
            yield name, impl.to_excel(f"={content}")

    def merged(self, sheet: xw.Sheet, parts: Iterable[Area]) -> Iterator[Area]:
        """The merged areas that begin in these parts of a sheet, in one exchange."""
        wanted = [[line - 1 for line in part] for part in parts]
        for area in self._book.impl.app.office.verb("merged", sheet.api, wanted):
            yield Area(*(line + 1 for line in area))

    def location(self) -> str:
        """Its path, its URL where it is no local file, or "" where it was never saved."""
        url = str(self._document.URL)
        parts = urlsplit(url)
        return url2pathname(unquote(parts.path)) if parts.scheme == "file" and not parts.netloc else url

    @contextmanager
    def lifted(self, sheets: Sequence[xw.Sheet]) -> Iterator[None]:
        """Without protection within; LibreOffice keeps what a protection allows, and takes it up again."""
        with ExitStack() as stack:
            for sheet in sheets:
                if sheet.api.isProtected():
                    _unprotect(sheet)
                    stack.callback(sheet.api.protect, "")
            yield

    def explain(self, error: Exception) -> HostError | None:
        """Nothing is left to explain: the engine's own errors are in plain words."""
        return None

    def open_file(self, path: Path) -> None:
        """In the program that the system has for it."""
        open_file(path)


def _unprotect(sheet: xw.Sheet) -> None:
    """Lift a protection without a password. Raises HostError for one with a password."""
    with suppress(UnoError):  # how a wrong password is told
        sheet.api.unprotect("")
    if sheet.api.isProtected():
        raise HostError("host.password", sheet=sheet.name)
