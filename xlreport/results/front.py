"""A sheet before all others of a list of ours, put in and taken out again in the package: bytes in, bytes out.

What is to be said first is known only when the list has long been written; judging the file again would cost a
hundred times as much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import BadZipFile, ZipFile

from xlreport.messages import say
from xlreport.results.lists import Column, Line, height, shown
from xlreport.workbook.build.styles import HEI, WRONG
from xlreport.workbook.build.zipped import add_part, parts_of, rezip

_PART = "xl/worksheets/front.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK, _LINKS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
_LINK = f'<Relationship Type="{_RELATIONS}/worksheet" Target="/{_PART}" Id="front"/>'.encode()
_SHEET = re.compile(rb'<sheet [^>]*r:id="front"/>')
_OVERRIDE = re.compile(rb'<Override PartName="/%b"[^>]*/>' % _PART.encode())
_PLACE = re.compile(rb'localSheetId="(\d+)"')
_COLUMN = Column("front", 110)
_NAME = re.compile(rb'<cellStyle name="xlr_text" xfId="(\d+)"')
_CELLS = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)


def front(listed: bytes, lines: Sequence[str], language: str = "zh", title: str = "") -> bytes:
    """The list with these lines on its first sheet instead of those of an earlier call; without lines as it was made.

    title: on paper, where it is no list of findings.
    Raises KeyError, ValueError, BadZipFile for what is no list of ours.
    """
    parts = parts_of(listed)
    sheet = (
        _sheet(lines, _style(parts["xl/styles.xml"]), title or say("results.title", language)).encode()
        if lines
        else b""
    )
    old = parts.pop(_PART, b"")
    if old == sheet:
        return listed
    if old:
        parts[_TYPES] = _OVERRIDE.sub(b"", parts[_TYPES])
        parts[_LINKS] = parts[_LINKS].replace(_LINK, b"")
        parts[_BOOK] = _moved(_SHEET.sub(b"", parts[_BOOK]), -1)
    if sheet:
        add_part(parts, _PART, sheet, _TYPE)
        parts[_LINKS] = parts[_LINKS].replace(b"</Relationships>", _LINK + b"</Relationships>")
        name = say("results.sheet.front", language)
        entry = f'<sheet xmlns:r="{_RELATIONS}" name="{name}" sheetId="999" r:id="front"/>'
        parts[_BOOK] = _moved(parts[_BOOK], 1).replace(b"<sheets>", b"<sheets>" + entry.encode())
    return rezip(parts)


def fronted(path: Path) -> bool:
    """Whether the list has such lines; what is no list of ours has none."""
    try:
        with ZipFile(path) as parts:
            return _PART in parts.namelist()
    except BadZipFile:
        return False


def _moved(book: bytes, by: int) -> bytes:
    """What names a sheet by its place, such as the area to print, names it by its new one."""
    return _PLACE.sub(lambda found: b'localSheetId="%d"' % (int(found[1]) + by), book)


def _style(styles: bytes) -> int:
    """The number of the style of text, which every list of ours has."""
    name, cells = _NAME.search(styles), _CELLS.search(styles)
    if name is None or cells is None:
        raise ValueError("no list of ours")
    found = re.findall(rb'<xf [^>]*?xfId="(\d+)"', cells[0])
    return found.index(name[1])


def _sheet(lines: Sequence[str], style: int, title: str) -> str:
    """The first line in red."""
    red = f'<rPr><b/><color rgb="{WRONG}"/><sz val="12"/><rFont val="{HEI}"/></rPr>'
    rows = (
        f'<row r="{row}" ht="{height(Line((line,)), (_COLUMN,)) + 6}" customHeight="1">'
        f'<c r="A{row}" s="{style}" t="inlineStr"><is><r>{red if row == 1 else ""}'
        f'<t xml:space="preserve">{escape(shown(line)[0])}</t></r></is></c></row>'
        for row, line in enumerate(lines, 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="{WRONG}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
        f'<cols><col width="{_COLUMN.width}" customWidth="1" min="1" max="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        '<pageMargins left="0.6" right="0.6" top="0.85" bottom="0.8" header="0.4" footer="0.4"/>'
        '<pageSetup orientation="landscape" paperSize="9" fitToHeight="0" fitToWidth="1"/>'
        f"<headerFooter><oddHeader>&amp;L{escape(title)}&amp;R&amp;A</oddHeader>"
        "</headerFooter></worksheet>"
    )
