"""How a list is written on a sheet: a head that stays and filters, lines that fit, nothing that computes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import column_name
from xlreport.messages import say
from xlreport.results.links import Link
from xlreport.results.told import clean
from xlreport.workbook.build.styles import HEI, INK, LINK, SONG, fill, lines, paper, widths
from xlreport.workbook.build.zipped import EPOCH, stable

Row = tuple[str | int | float | None, ...]
"""The values of a line, one for each column."""

_NONE: Mapping[str, str] = MappingProxyType({})

_LONGEST = 32_000
"""Characters that a cell takes."""

_HIGHEST = 400
"""Points that a row can be high."""

_SIZE = 10
_GROUNDS = {
    "error": "FFFDE2E0",
    "fail": "FFFDE2E0",
    "unusable": "FFFDE2E0",
    "warning": "FFFFF3CD",
    "warnings": "FFFFF3CD",
}
_GRADED = {"severity", "verdict"}
_EDGE = Side(style="thin", color="FFB8C0CC")
_STRONG = Side(style="medium", color="FF4B5563")


class Column(NamedTuple):
    """A column: its name in the catalogue, its width in characters, and how it is set; "answer" is to be filled in."""

    name: str
    width: float
    kind: Literal["text", "centre", "number", "link", "answer"] = "text"
    hidden: bool = False


NUMBER = Column("number", 6, "centre")
COUNTS = tuple(Column(name, 8, "number") for name in ("errors", "warnings", "notes"))
CELL = (Column("place", 14), Column("title", 46))
"""Columns that many lists have: the number of a line, what was found in a file, a cell of the form."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list.

    grade: what colours it; grades: what colours other columns that are "centre". linked: index of the value that is a
    link, to the `inside` of this workbook or `outside`.
    opens: it is the first of its group, which a strong line sets off. before: words shown before the numbers of these
    columns, which stay numbers.
    """

    values: Row
    grade: str = ""
    inside: str = ""
    outside: Link | None = None
    linked: int = 0
    opens: bool = False
    before: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)


def new_book() -> Workbook:
    """A workbook without sheets that knows the styles of lists."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles(book)
    return book


def saved(book: Workbook, title: str) -> bytes:
    """The .xlsx: the same lists give the same bytes."""
    book.properties.creator = "xlreport"
    book.properties.title = title
    book.properties.created = datetime(*EPOCH)  # noqa: DTZ001  openpyxl writes it as UTC
    stream = BytesIO()
    book.save(stream)
    return stable(stream.getvalue())


def styles(book: Workbook) -> None:
    """The styles of all lists: named ones, because setting fonts cell by cell takes ten times as long."""
    for opens in (False, True):
        border = Border(left=_EDGE, right=_EDGE, bottom=_EDGE, top=_STRONG if opens else _EDGE)
        for kind in ("text", "centre", "number", "link", "answer"):
            across = {"centre": "center", "number": "right"}.get(kind, "left")
            ink = LINK if kind == "link" else INK
            for grade in ("", *_GROUNDS):
                if grade and kind != "centre":
                    continue
                ground = _GROUNDS.get(grade) or ("FFF5FAF0" if kind == "answer" else "")
                style = NamedStyle(
                    _style(kind, grade, opens=opens),
                    font=Font(name=SONG, size=_SIZE, color=ink, underline="single" if kind == "link" else None),
                    alignment=Alignment(
                        horizontal=across, vertical="center", wrap_text=kind != "number", indent=kind != "centre"
                    ),
                    border=border,
                    fill=fill(ground) if ground else PatternFill(),
                    number_format="[<0]−General;General"
                    if kind == "number"
                    else "@"
                    if kind == "answer"
                    else "General",
                )
                book.add_named_style(style)
    head = NamedStyle(
        "xlr_head",
        font=Font(name=HEI, size=_SIZE, color=INK),
        alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        border=Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_STRONG),
        fill=fill("FFDCE6F2"),
    )
    book.add_named_style(head)


def _style(kind: str, grade: str = "", *, opens: bool = False) -> str:
    return "_".join(("xlr", kind, *([grade] if grade else []), *(["first"] if opens else [])))


def write(
    sheet: Worksheet,
    columns: Sequence[Column],
    written: Sequence[Line],
    language: str,
    *,
    heads: str = "results.column",
    title: str = "",
    own: Mapping[str, str] = _NONE,
) -> None:
    """The head in row 1, a line in each row below.

    heads: where the catalogue names the columns, but for those that have a name of their `own`. title: on paper.
    """
    for row, line in enumerate(written, 2):
        _line(sheet, row, line, columns)
    frame(sheet, columns, len(written), language, heads=heads, title=title, own=own)


def frame(
    sheet: Worksheet,
    columns: Sequence[Column],
    count: int,
    language: str,
    *,
    heads: str,
    title: str = "",
    own: Mapping[str, str] = _NONE,
) -> None:
    """All but the lines, of which there are `count`: head, widths, filter, paper."""
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        assert isinstance(cell, Cell)
        _text(cell, own.get(column.name) or say(f"{heads}.{column.name}", language))
        cell.style = "xlr_head"
    widths(sheet, *(column.width for column in columns))
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[column_name(number)].hidden = column.hidden
    last = column_name(len(columns))
    seen = column_name(sum(not column.hidden for column in columns))  # hidden ones stand last
    end = count + 1
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{end}"
    paper(sheet, f"{seen}{end}", landscape=True, heads="1:1")
    head = sheet.oddHeader
    assert head is not None
    head.left.text = title or say("results.title", language)


def _line(sheet: Worksheet, row: int, line: Line, columns: Sequence[Column]) -> None:
    for number, (value, column) in enumerate(zip(line.values, columns, strict=True), 1):
        cell = sheet.cell(row, number)
        assert isinstance(cell, Cell)
        linked = is_link(line, number - 1)
        cell.style = style_of(line, column, linked=linked)
        if isinstance(value, str):
            _text(cell, value)
        elif value is not None:
            cell.value = value
        if column.name in line.before:
            shown = f'"{line.before[column.name]}"'
            cell.number_format = f"[<0]{shown}−General;{shown}General"
        if linked:
            target, location = line.outside or (None, line.inside)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=target, location=location)
    sheet.row_dimensions[row].height = height(line, columns)


def is_link(line: Line, at: int) -> bool:
    """Whether the value at that index is the line's link."""
    return at == line.linked and bool(line.inside or line.outside)


def style_of(line: Line, column: Column, *, linked: bool) -> str:
    """The name of the style of a line's cell in that column."""
    kind = "link" if linked else "text" if column.kind == "link" else column.kind
    grade = line.grade if column.name in _GRADED else line.grades.get(column.name, "")
    return _style(kind, grade if grade in _GROUNDS else "", opens=line.opens)


def height(line: Line, columns: Sequence[Column]) -> int:
    """Points that a line is high, so that all that it says can be read."""
    told = (
        lines(value[:_LONGEST], column.width, _SIZE)
        for value, column in zip(line.values, columns, strict=True)
        if isinstance(value, str) and not column.hidden
    )
    return min(_HIGHEST, 8 + 14 * max(told, default=1))


def shown(text: str) -> tuple[str, bool]:
    """What a cell can hold of a text, and whether it must be marked as text, for it begins as a formula does."""
    kept = clean(text)
    kept = kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]}……"
    return kept, kept[:1] in ("=", "+", "-", "@", "\t", "\r", "'")


def _text(cell: Cell, text: str) -> None:
    """Write text as text, whatever it begins with: a cell that is edited later must not turn into a formula."""
    cell.value, marked = shown(text)
    cell.data_type = "s"
    if marked:
        cell.quotePrefix = True
