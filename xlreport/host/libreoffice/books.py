"""Books: spreadsheet documents of an office."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import xlwings as xw
from xlwings import base_classes

from xlreport.host.libreoffice.formulas import to_api, to_excel
from xlreport.host.libreoffice.names import Names
from xlreport.host.libreoffice.office import OfficeError, Remote, UnoError, properties
from xlreport.host.libreoffice.ranges import Range
from xlreport.host.libreoffice.sheets import Sheet, Sheets

if TYPE_CHECKING:
    from xlreport.host.libreoffice.apps import App

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".fods": "OpenDocument Spreadsheet Flat XML",
    ".csv": "Text - txt - csv (StarCalc)",
}
ALWAYS_EXECUTE_NO_WARN, FULL_UPDATE, NO_UPDATE = 4, 3, 0


class Books(base_classes.Books):  # type: ignore[misc]
    """The spreadsheet documents of an office, in the order of its windows."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Remote:
        return self.app.api.getComponents()

    def _documents(self) -> list[Remote]:
        found, each = [], self.api.createEnumeration()
        while each.hasMoreElements():
            document = each.nextElement()
            if is_spreadsheet(document):
                found.append(document)
        return found

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(self.app, document) for document in self._documents()])

    def __len__(self) -> int:
        return len(self._documents())

    def __call__(self, name_or_index: str | int) -> Book:
        books = list(self)
        if isinstance(name_or_index, int):
            if 0 < name_or_index <= len(books):
                return books[name_or_index - 1]
        else:
            for book in books:
                if name_or_index.lower() in (book.name.lower(), book.fullname.lower()):
                    return book
        raise KeyError(name_or_index)

    def __contains__(self, key: str) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True

    @property
    def active(self) -> Book | None:
        document = self.app.api.getCurrentComponent()
        if document is not None and is_spreadsheet(document):
            return Book(self.app, document)
        return next(iter(self), None)

    def add(self) -> Book:
        return Book(self.app, self._load("private:factory/scalc"))

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: str | None = None,  # noqa: A002 - xlwings calls it so
        password: str | None = None,
        *others: object,
        **more: object,
    ) -> Book:
        """Open a file; LibreOffice knows no other option of Excel's."""
        options: dict[str, Any] = {"UpdateDocMode": FULL_UPDATE if update_links else NO_UPDATE}
        if read_only:
            options["ReadOnly"] = True
        if password:
            options["Password"] = password
        path = Path(fullname)
        if not path.is_file():
            raise FileNotFoundError(f"No such file: '{fullname}'")
        return Book(self.app, self._load(path.absolute().as_uri(), **options))

    def _load(self, url: str, **options: Any) -> Remote:
        document = self.app.api.loadComponentFromURL(url, "_blank", 0, properties(**options))
        if document is None or not is_spreadsheet(document):
            if document is not None:
                document.close(True)
            raise OfficeError("libreoffice.not_opened", path=path_of(url))
        return document  # type: ignore[no-any-return]


def is_spreadsheet(document: Remote) -> bool:
    """Whether a component is a spreadsheet; the start centre and the macro editor are components too."""
    try:
        return bool(document.supportsService(SPREADSHEET))
    except AttributeError:
        return False


def path_of(url: str) -> str:
    """The path of a file URL; any other URL as it is."""
    if not url.startswith("file://"):
        return url
    path = unquote(url.removeprefix("file://"))
    return path.removeprefix("/").replace("/", "\\") if os.name == "nt" else path


class Book(base_classes.Book):  # type: ignore[misc]
    """A spreadsheet document."""

    def __init__(self, app: App, document: Remote) -> None:
        self._app = app
        self._api = document

    @property
    def api(self) -> Remote:
        """The document, com.sun.star.sheet.SpreadsheetDocument."""
        return self._api

    @property
    def app(self) -> App:
        return self._app

    @property
    def frame(self) -> Remote:
        return self.api.getCurrentController().getFrame()

    @property
    def fullname(self) -> str:
        url = self.api.getURL()
        return path_of(url) if url else str(self.api.Title)

    @property
    def name(self) -> str:
        return self.fullname.replace("\\", "/").rpartition("/")[2]

    @cached_property
    def number_formats(self) -> Remote:
        """com.sun.star.util.NumberFormats of the document."""
        return self.api.getNumberFormats()

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def selection(self) -> Range | None:
        """The cells that are selected; None where it is something else."""
        selected = self.api.getCurrentSelection()
        try:
            address = selected.RangeAddress
        except AttributeError:
            return None
        return Range.of(Sheet(self, self.api.Sheets.getByIndex(address.Sheet)), address)

    def activate(self) -> None:
        self.frame.activate()

    def close(self) -> None:
        """Close without saving."""
        self.api.setModified(False)
        self.api.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        document = self.api
        if path is None and not password and document.hasLocation():
            document.store()
            return
        target = Path(path or self.fullname).absolute()
        if not target.suffix:
            target = target.with_suffix(".xlsx")
        options: dict[str, Any] = {"FilterName": FILTERS[target.suffix.lower()], "Overwrite": True}
        if password:
            options["Password"] = password
        document.storeAsURL(target.as_uri(), properties(**options))

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.api.storeToURL(Path(path).absolute().as_uri(), properties(FilterName="calc_pdf_Export"))

    def to_api(self, formula: str) -> str:
        """A formula or reference of Excel as the API reads it, without `=`."""
        return to_api("=" + formula.removeprefix("="), self.app.functions[1]).removeprefix("=")

    def to_excel(self, formula: str) -> str:
        """A formula of the API as Excel writes it."""
        return to_excel(formula, self.app.functions[0])
