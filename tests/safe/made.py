"""Workbooks made by hand for the tests: the smallest that a reader opens, and whatever is to be wrong with them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from xlreport.safe.zips import Entry, pack, stored

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
    '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    "</sheetData></worksheet>",
}


def book(changed: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of one cell, with these parts added or in place of its own."""
    parts = {**PARTS, **(changed or {})}
    return pack(stored(name, part.encode() if isinstance(part, str) else part) for name, part in parts.items())


def sheet(rows: str) -> bytes:
    """A workbook whose one sheet has these rows."""
    return book({"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'})


def deflated(name: str, part: bytes, size: int | None = None) -> Entry:
    """A compressed entry, whose header may claim another size."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = deflate.compress(part) + deflate.flush()
    claimed = len(part) if size is None else size
    return Entry(name, raw, 8, zlib.crc32(part), claimed, (1980, 1, 1, 0, 0, 0), 0, 0)
