"""A workbook in a file, as a source of the grid: parts from the zip, values from calamine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import PurePath

from xlreport.errors import InputError, UnsafeError
from xlreport.safe.workbooks import WORKBOOK, preflight
from xlreport.safe.zips import Package, pack, stored
from xlreport.workbook import cells
from xlreport.workbook.cells import Value
from xlreport.workbook.places import RELATIONS, Layout, layout, properties
from xlreport.workbook.skeleton import Sheet, Skeletons
from xlreport.workbook.untouched import template, untouched

_STRINGS = "xl/sharedStrings.xml"
_SHARED = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, RELATIONS, _STRINGS, "xl/styles.xml")
_STRINGS_TAG = re.compile(rb"<((?:[\w.-]+:)?sst)\b[^<>]*>")
_ERROR_CELL = re.compile(  # every step ends at the next < or >: hostile XML costs no more than its length
    rb"""(<((?:[\w.-]+:)?)c\b[^<>]*?)\st\s*=\s*["']e["']
         ([^<>]*>\s*(?:<\2f\b[^<>]*(?:/>|>[^<]*</\2f>))?\s*<\2v\b[^<>]*>)""",
    re.VERBOSE,
)
_PENDING_CELL = re.compile(  # likewise
    rb"""(<c\ r="[A-Z]{1,2}[0-9]{1,3}"(?:\ s="[0-9]+")?)>\s*(<f\b[^<>]*(?:/>|>[^<]*</f>))
         \s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>""",
    re.VERBOSE,
)
_MOST_TEXT = 512 << 20
"""Bytes that the cells of our sheets may hold together: one long string can be shared by very many cells."""


class File:
    """An .xlsx or .xlsm; `source` is its file name. Raises InputError for what is no workbook, UnsafeError for harm."""

    def __init__(self, data: bytes, source: str = "") -> None:
        self.package: Package = preflight(data, PurePath(source).suffix)
        self.layout: Layout = layout(self.package)
        self._skeletons = Skeletons(self.package)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that have a part."""
        return tuple(name for name, part in self.layout.sheets.items() if part in self.package.parts)

    def properties(self) -> Mapping[str, str]:
        """The custom document properties."""
        return properties(self.package)

    def untouched(self, form_id: str) -> bool:
        """Is it the template of that form, but for what has been filled in?"""
        return untouched(self.package, self.layout, template(form_id))

    def sheet(self, name: str) -> Sheet:
        """What a sheet is made of."""
        return self._skeletons.sheet(self.layout.sheets[name])

    def rows(self, sheets: Iterable[str]) -> Mapping[str, list[list[Value]]]:
        """The cells of these sheets, from A1 on. Raises InputError for a sheet that is missing or cannot be read."""
        return _values(self.package, self.layout, list(sheets))


def _values(package: Package, skeleton: Layout, wanted: list[str]) -> dict[str, list[list[Value]]]:
    """The cells of these sheets, from A1 on, as calamine reads them.

    It is given a zip of parts that we have seen: without the counts that it would reserve memory for, with error values
    as text, since it makes blanks of those it knows and fails on the rest, and with formulas without a value marked.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # only who reads needs it

    for sheet in wanted:
        if skeleton.sheets.get(sheet) not in package.parts:
            raise InputError("workbook.no_sheet", sheet=cells.shown(sheet))
    parts = {name: package.parts[name] for name in _SHARED if name in package.parts}
    if _STRINGS in parts:
        longest = max(map(len, parts[_STRINGS].split(b"si>")))
        sheets = [package.parts[skeleton.sheets[sheet]] for sheet in wanted]
        if longest * sum(part.count(b'"s"') + part.count(b"'s'") for part in sheets) > _MOST_TEXT:
            raise UnsafeError("safe.size", limit=_MOST_TEXT >> 20)
        parts[_STRINGS] = _STRINGS_TAG.sub(rb"<\1>", parts[_STRINGS])
    for sheet in wanted:
        part = package.parts[skeleton.sheets[sheet]]
        if b'"e"' in part or b"'e'" in part:
            part = _ERROR_CELL.sub(rb'\1 t="str"\3' + cells.ERROR.encode(), part)
        part = _PENDING_CELL.sub(rb'\1 t="str">\2<v>' + cells.PENDING.encode() + b"</v></c>", part)
        parts[skeleton.sheets[sheet]] = part
    archive = pack(stored(name, part) for name, part in parts.items())
    try:
        with CalamineWorkbook.from_filelike(BytesIO(archive)) as book:
            return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in wanted}
    except CalamineError as error:
        raise InputError("workbook.unreadable", reason=cells.shown(str(error), 80)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; it is no Exception, and not to be imported
            raise
        raise InputError("workbook.unreadable", reason=cells.shown(str(error), 80)) from None
