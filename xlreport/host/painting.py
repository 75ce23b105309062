"""Marks put into an open workbook and taken away again: direct colours of cells, on sheets that may be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import xlwings as xw

from xlreport.host.marks import Mark, rectangles, remembered, written
from xlreport.workbook.places import Place


def kept(book: xw.Book, cell: Place) -> tuple[Mark, ...]:
    """The marks that the workbook's cell `marked` tells of."""
    value = _cell(book, cell).value
    return remembered(value) if isinstance(value, str) else ()


def paint(book: xw.Book, cell: Place, colours: Mapping[Place, str]) -> None:
    """Mark these cells, and remember in `cell` what colour each had."""
    marks = [Mark(place, colour, _colour(book, place)) for place, colour in sorted(colours.items())]
    _cell(book, cell).value = written(marks) or None
    _fill(book, colours)


def clear(book: xw.Book, cell: Place, marks: Iterable[Mark]) -> None:
    """Give the marked cells the colours that they had; one that has been given another since keeps that."""
    _fill(book, {mark.place: mark.before for mark in marks if _colour(book, mark.place) == mark.colour})
    _cell(book, cell).value = None


def _cell(book: xw.Book, place: Place) -> xw.Range:
    return book.sheets[place.sheet].range((place.row, place.column))


def _colour(book: xw.Book, place: Place) -> str:
    colour = _cell(book, place).color
    return "" if colour is None else "".join(f"{part:02X}" for part in colour)


def _fill(book: xw.Book, colours: Mapping[Place, str]) -> None:
    """Colour cells, whole rectangles at a time."""
    alike: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for place, colour in colours.items():
        alike[place.sheet, colour].append((place.row, place.column))
    for (sheet, colour), cells in alike.items():
        for area in rectangles(cells):
            found = book.sheets[sheet].range((area.top, area.left), (area.bottom, area.right))
            found.color = f"#{colour}" if colour else None
