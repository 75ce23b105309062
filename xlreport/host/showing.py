"""A verdict shown in the open workbook: cells marked, 校验 listing what was found; and all of it taken away again."""

from __future__ import annotations

import xlwings as xw

from xlreport.errors import HostError
from xlreport.host import painting
from xlreport.host.going import go_to
from xlreport.host.host import Host
from xlreport.host.listing import Line, lines
from xlreport.host.marks import wanted
from xlreport.host.reading import OpenBook
from xlreport.host.sight import Sight
from xlreport.messages import Phrase, say
from xlreport.workbook.places import Layout, Place, recognise
from xlreport.workbook.plan import FOUND, FOUND_LINES, MARKED

_COLUMNS = len(Line._fields)


def show(book: xw.Book, host: Host, seen: Sight) -> tuple[Phrase, ...]:
    """Mark and list in place of what was marked and listed before; what could not be done is told, and why."""
    if host.read_only():
        return (Phrase("host.read_only"),)
    colours = {
        place: colour
        for place, colour in wanted(seen.verdict, seen.grid.form, seen.names).items()
        if place.sheet in seen.source.sheets
    }
    told = lines(seen.verdict, seen.grid.form, seen.names)
    try:
        _replace(book, host, seen.source.layout, colours, told or (_nothing(),))
    except HostError as error:
        return (Phrase(error.key, error.values),)
    return ()


def refresh(book: xw.Book, host: Host, seen: Sight) -> None:
    """As `show` where errors of a run before are still listed; what cannot be done is not told: nobody asked."""
    first = seen.source.layout.names.get(FOUND)
    if first is not None:
        verdict = first._replace(column=first.column + Line._fields.index("verdict"))
        if str(painting.Paper(book).cell(verdict).value).startswith(say("host.list.error", code="")):
            show(book, host, seen)


def forget(book: xw.Book, host: Host) -> None:
    """Take away the marks and the list. Raises FormError for a workbook that is none of ours."""
    source = OpenBook(book, host)
    recognise(source.layout, source.properties)
    _replace(book, host, source.layout, {}, ())


def _nothing() -> Line:
    return Line(None, say("host.list.none"), None, None, None, "√", None)


def _replace(book: xw.Book, host: Host, layout: Layout, colours: dict[Place, str], told: tuple[Line, ...]) -> None:
    for name in (FOUND, MARKED):
        if name not in layout.names:
            raise HostError("host.no_list", name=name)
    found, cell, paper = layout.names[FOUND], layout.names[MARKED], painting.Paper(book)
    before = [mark for mark in painting.kept(paper, cell) if mark.place.sheet in layout.sheets]
    touched = {found.sheet, cell.sheet, *(mark.place.sheet for mark in before), *(place.sheet for place in colours)}
    with (
        host.lifted([paper.sheet(name) for name in sorted(touched)]),
        book.app.properties(screen_updating=False),
    ):
        painting.clear(paper, cell, before)
        painting.paint(paper, cell, colours)
        _list(paper.sheet(found.sheet), found, told)


def _list(sheet: xw.Sheet, first: Place, told: tuple[Line, ...]) -> None:
    """Write the lines in one block, and select the first, so that it is on the screen."""
    region = sheet.range((first.row, first.column)).resize(FOUND_LINES, _COLUMNS)
    region.clear_contents()
    if told:
        region.resize(len(told), _COLUMNS).value = [list(line) for line in told]
    region.rows.autofit()
    if told:
        go_to(sheet.range((first.row, first.column + _COLUMNS - 1)))
