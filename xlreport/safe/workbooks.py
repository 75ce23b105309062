"""The preflight of a workbook: refused by name, before a reader sees it, is what could harm or what ours never has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xlreport.errors import InputError, UnsafeError
from xlreport.safe.xml import walk
from xlreport.safe.zips import Package, open_zip

MOST_CELLS = 2_000_000
"""Of the rectangle that a sheet's cells span. calamine lays all of it out: A1 and XFD1048576 alone end the process."""

MOST_SKELETON = 2 << 20
"""Bytes of the part that lists sheets and names, and of each that says what belongs to what. Ours has a hundredth."""
MOST_XML = 8 << 20
"""Bytes of any other XML part: what readers do with it must end in seconds. Ours has a hundredth."""

WORKBOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_PROJECT = "vbaproject.bin"

_FOREIGN = {
    "mimetype": "safe.ods",
    "xl/workbook.bin": "safe.xlsb",
    "word/document.xml": "safe.docx",
}
_REFUSED = (
    ("xl/externallinks/", "safe.external"),
    ("xl/connections.xml", "safe.external"),
    ("xl/querytables/", "safe.external"),
    ("xl/embeddings/", "safe.ole_object"),
    ("xl/activex/", "safe.ole_object"),
    ("xl/macrosheets/", "safe.macro_sheet"),
    ("xl/dialogsheets/", "safe.macro_sheet"),
)
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)")
_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")

# A cell or row not written the way spreadsheet programs write it: address first, at most ZZ999, no second address.
# Attributes may repeat or hide behind a quoted ">", and calamine takes the last: so all of the tag is matched.
_UNUSUAL = re.compile(
    rb"""<(?: [^\s<>/:]*:(?:c|row)(?=[\s/>])
          | c(?=[\s/>]) (?!\ r="[A-Z]{1,2}[0-9]{1,3}"(?:\ (?:s|t|cm|vm|ph)="[\w.]*")*\ ?/?>)
          | row(?=[\s/>]) (?!\ r="[0-9]{1,3}"(?:\ (?:s|[\w:]{2,})="[\w.:\ -]*")*\ ?/?>) )""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def preflight(data: bytes, suffix: str = "") -> Package:
    """Unpack a workbook that is safe to read.

    `suffix` is its file name's, when it has one: macros may only come in an .xlsm, and only ours. Raises UnsafeError
    for what could harm, InputError for what is no workbook; each names what it found.
    """
    package = open_zip(data)
    parts = package.parts
    for name, key in _FOREIGN.items():
        if name in parts:
            raise InputError(key)
    for name in (_TYPES, WORKBOOK):
        if name not in parts:
            raise InputError("safe.not_workbook")
    for name, part in parts.items():
        _check_name(name)
        _check_xml(name, part)
        if name.endswith(".rels"):
            _check_relations(name, part)
        if b"sheetData" in part and _UNUSUAL.search(part):
            _check_cells(name, part)
    _check_macros(parts, suffix)
    return package


def _check_name(name: str) -> None:
    folded = name.casefold()
    for start, key in _REFUSED:
        if folded.startswith(start):
            raise UnsafeError(key, part=name[:80])


def _check_xml(name: str, part: bytes) -> None:
    """Not too long; no DOCTYPE, in whatever encoding; and only in UTF-8, in which one sees what one reads."""
    text = name.casefold().endswith((".xml", ".rels", ".vml")) or b"sheetData" in part
    skeleton = name.startswith("docProps/") or name.endswith((".rels", WORKBOOK, _TYPES))
    if text and len(part) > (limit := MOST_SKELETON if skeleton else MOST_XML):
        raise UnsafeError("safe.large", part=name[:80], limit=limit >> 20)
    wide = text and b"\0" in part
    plain = part.replace(b"\0", b"") if wide else part
    if b"<!" in plain and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
        raise UnsafeError("safe.doctype", part=name[:80])
    declared = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")) if text else None
    if wide or (declared and declared[1].lower() not in _UTF8):
        raise UnsafeError("safe.encoding", part=name[:80])


def _check_relations(name: str, part: bytes) -> None:
    """A link may be followed by a person (a hyperlink), never by a program."""
    if b"External" not in part and b"&#" not in part and b"oleObject" not in part:
        return

    def visit(tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        if tag == "Relationship" and kind == "oleObject":
            raise UnsafeError("safe.ole_object", part=name[:80])
        if tag == "Relationship" and attributes.get("TargetMode") == "External" and kind != "hyperlink":
            raise UnsafeError("safe.external", part=name[:80])

    walk(name, part, visit)


def _check_macros(parts: Mapping[str, bytes], suffix: str) -> None:
    """No macros in an .xlsx; in an .xlsm only our own."""
    projects = [name for name in parts if name.casefold().endswith(_PROJECT)]
    related = [name for name, part in parts.items() if name.endswith((".rels", _TYPES)) and b"vbaProject" in part]
    if not projects and not related:
        return
    if b"macroEnabled" not in parts[_TYPES] or suffix.casefold() == ".xlsx":
        raise UnsafeError("safe.macros")

    def visit(tag: str, attributes: Mapping[str, str]) -> None:
        code = tag == "Relationship" and attributes.get("Type", "").endswith("/vbaProject")
        if code and not attributes.get("Target", "").casefold().endswith(_PROJECT):
            raise UnsafeError("safe.macros_unreadable")

    for name in related:
        walk(name, parts[name], visit)
    from xlreport.safe.macros import check_macros

    for name in projects:
        check_macros(parts[name])


def _check_cells(name: str, part: bytes) -> None:
    """Follow the addresses as calamine does: a row or cell without one comes after the one before it."""
    row = column = last_row = last_column = 0

    def visit(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, last_row, last_column
        address = attributes.get("r")
        if tag == "row":
            row, column = (row + 1 if address is None else _row(address)), 0
            return  # LibreOffice leaves an empty row 1048576 behind a deleted one; only cells are laid out
        if tag != "c":
            return
        if address is None:
            column += 1
        else:
            row, column = _place(address)
        last_row, last_column = max(last_row, row), max(last_column, column)
        if max(last_row, last_row * last_column) > MOST_CELLS:
            raise UnsafeError("safe.cells", part=name[:80], address=(address or "")[:20])

    walk(name, part, visit)


def _row(address: str) -> int:
    return int(address) if address.isascii() and address.isdigit() and len(address) < 8 else MOST_CELLS + 1


def _place(address: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return MOST_CELLS + 1, 1
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
