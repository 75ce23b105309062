"""Books: spreadsheet documents of an office."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xlwings import base_classes

from xlreport.host.libreoffice.formulas import to_api, to_excel
from xlreport.host.libreoffice.names import Names
from xlreport.host.libreoffice.office import Any_, OfficeError, Remote, Struct, UnoError, properties
from xlreport.host.libreoffice.ranges import Range
from xlreport.host.libreoffice.sheets import Sheet, Sheets
from xlreport.host.libreoffice.unsupported import refuse, whole
from xlreport.host.libreoffice.values import DATE, TIME

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
ENCRYPTED = (".ods",)
"""Formats that LibreOffice encrypts through its API; for others it would silently not."""
ENGLISH = Struct("com.sun.star.lang.Locale", Language="en", Country="US", Variant="")
FULL_UPDATE, NO_UPDATE = 3, 0


@whole
class Books(base_classes.Books):
    """The spreadsheet documents of an office, in the order in which they were opened."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.api.getComponents()

    def _documents(self) -> list[Remote]:
        found, each = [], self.api.createEnumeration()
        while each.hasMoreElements():
            document = each.nextElement()
            if is_spreadsheet(document):
                found.append(document)
        return sorted(found, key=lambda document: int(document.RuntimeUID))

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

    def _load(self, url: str, **options: Any) -> Any:
        # A window made on another thread than the main one asks GTK for the clipboard there, and may wait for ever.
        arguments = properties(OnMainThread=True, **options)
        try:
            document = self.app.api.loadComponentFromURL(url, "_blank", 0, arguments)
        except UnoError as error:
            raise OfficeError("libreoffice.not_opened", path=path_of(url)) from error
        if document is not None and is_spreadsheet(document):
            return document
        if document is not None:
            document.close(True)
        path = Path(path_of(url))
        lock = path.with_name(f".~lock.{path.name}#")
        if lock.exists():
            raise OfficeError("libreoffice.in_use", path=str(path), lock=lock.name)
        raise OfficeError("libreoffice.not_opened", path=path_of(url))


def is_spreadsheet(document: Remote) -> bool:
    """Whether a component is a spreadsheet; the start centre and the macro editor are components too."""
    try:
        return bool(document.supportsService(SPREADSHEET))
    except AttributeError:
        return False


def assert_folder(path: Path) -> None:
    """OfficeError if the file's folder is not there; LibreOffice would make it."""
    if not path.parent.is_dir():
        raise OfficeError("libreoffice.not_saved", path=str(path))


def lowered(code: str) -> str:
    """The code of a date with small letters, but for AM/PM and what stands in quotes."""
    return re.sub(r'"[^"]*"|\\.|AM/PM|A/P|[A-Z]+', lambda m: m[0].lower() if m[0].isalpha() else m[0], code)


def path_of(url: str, *, windows: bool = os.name == "nt") -> str:
    """The path of a file URL; any other URL as it is."""
    if not url.startswith("file://"):
        return url
    path = unquote(url.removeprefix("file:"))
    if windows:
        return path.removeprefix("///").replace("/", "\\")
    return path.removeprefix("//")


@whole
class Book(base_classes.Book):
    """A spreadsheet document."""

    def __init__(self, app: App, document: Remote) -> None:
        self._app = app
        self._api = document

    @property
    def api(self) -> Any:
        """The document, com.sun.star.sheet.SpreadsheetDocument."""
        return self._api

    @property
    def app(self) -> App:
        return self._app

    @property
    def frame(self) -> Any:
        return self.api.getCurrentController().getFrame()

    @property
    def fullname(self) -> str:
        url = self.api.getURL()
        return path_of(url) if url else str(self.api.Title)

    @property
    def name(self) -> str:
        return self.fullname.replace("\\", "/").rpartition("/")[2]

    @cached_property
    def number_formats(self) -> Any:
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
        """Save, under another name or in another format if a path is given; what is there is replaced.

        Raises:
            OfficeError: the file or its folder cannot be written, or the format is not known.
        """
        document = self.api
        target = Path(path or self.fullname).absolute()
        if not target.suffix:
            target = target.with_suffix(".xlsx")
        if target.suffix.lower() not in FILTERS:
            raise OfficeError("libreoffice.no_format", suffix=target.suffix, known=" ".join(FILTERS))
        if password and target.suffix.lower() not in ENCRYPTED:
            raise refuse(f"Saving {target.suffix} with a password")
        in_place = path is None and not password and document.hasLocation()
        if in_place and document.isReadonly():
            raise OfficeError("libreoffice.read_only", path=str(target))
        assert_folder(target)
        options: dict[str, Any] = {"FilterName": FILTERS[target.suffix.lower()], "Overwrite": True}
        if password:
            options["Password"] = password
        try:
            if in_place:
                document.store()
            else:
                document.storeAsURL(target.as_uri(), properties(**options))
        except UnoError as error:
            raise OfficeError("libreoffice.not_saved", path=str(target)) from error

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        """Export the visible sheets; quality "minimum" makes pictures smaller."""
        target = Path(path).absolute()
        assert_folder(target)
        filters = properties(Quality=50, ReduceImageResolution=True) if quality == "minimum" else ()
        data = Any_("[]com.sun.star.beans.PropertyValue", filters)
        try:
            self.api.storeToURL(target.as_uri(), properties(FilterName="calc_pdf_Export", FilterData=data))
        except UnoError as error:
            raise OfficeError("libreoffice.not_saved", path=str(target)) from error

    def format_key(self, code: str) -> int:
        """The document's key of a number format, in Excel's English code."""
        formats = self.number_formats
        key = formats.queryKey(code, ENGLISH, False)
        return int(formats.addNew(code, ENGLISH) if key == -1 else key)

    def format_code(self, key: int) -> str:
        """The English code of a number format, with the small letters that Excel gives to dates and times."""
        formats = self.number_formats
        found = formats.getByKey(key)
        if found.Locale.Language != "en":  # "" is the system's
            found = formats.getByKey(formats.addNewConverted(found.FormatString, found.Locale, ENGLISH))
        code = str(found.FormatString)
        return lowered(code) if found.Type & (DATE | TIME) else code

    def to_api(self, formula: str) -> str:
        """A formula or reference of Excel as the API reads it, without `=`."""
        return to_api("=" + formula.removeprefix("="), self.app.functions[1]).removeprefix("=")

    def to_excel(self, formula: str) -> str:
        """A formula of the API as Excel writes it."""
        return to_excel(formula, self.app.functions[0])
