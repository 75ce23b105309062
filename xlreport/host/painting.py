"""Marks put into an open workbook and taken away again: direct colours of cells, on sheets that may be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import xlwings as xw

from xlreport.host.marks import Mark, rectangles, remembered, written
from xlreport.workbook.places import Place


class Paper:
    """The cells of an open workbook; each sheet is looked up once."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self._sheets: dict[str, xw.Sheet] = {}

    def sheet(self, name: str) -> xw.Sheet:
        """The sheet of that name."""
        if name not in self._sheets:
            self._sheets[name] = self._book.sheets[name]
        return self._sheets[name]

    def cell(self, place: Place) -> xw.Range:
        """The cell that stands there."""
        return self.sheet(place.sheet).range((place.row, place.column))


def kept(paper: Paper, cell: Place) -> tuple[Mark, ...]:
    """The marks that the workbook's cell `marked` tells of."""
    value = paper.cell(cell).value
    return remembered(value) if isinstance(value, str) else ()


def paint(paper: Paper, cell: Place, colours: Mapping[Place, str]) -> None:
    """Mark these cells, and remember in `cell` what colour each had."""
    marks = [Mark(place, colour, _colour(paper, place)) for place, colour in sorted(colours.items())]
    paper.cell(cell).value = written(marks) or None
    _fill(paper, colours)


def clear(paper: Paper, cell: Place, marks: Iterable[Mark]) -> None:
    """Give the marked cells the colours that they had; one that has been given another since keeps that."""
    _fill(paper, {mark.place: mark.before for mark in marks if _colour(paper, mark.place) == mark.colour})
    paper.cell(cell).value = None


def _colour(paper: Paper, place: Place) -> str:
    colour = paper.cell(place).color
    return "" if colour is None else "".join(f"{part:02X}" for part in colour)


def _fill(paper: Paper, colours: Mapping[Place, str]) -> None:
    """Colour cells, whole rectangles at a time; "" is no colour."""
    alike: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for place, colour in colours.items():
        alike[place.sheet, colour].append((place.row, place.column))
    for (sheet, colour), cells in alike.items():
        for area in rectangles(cells):
            found = paper.sheet(sheet).range((area.top, area.left), (area.bottom, area.right))
            found.color = f"#{colour}" if colour else None
