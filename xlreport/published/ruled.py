"""A table as it lies on paper: its cells by where they are, in points, and the grid that follows from that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xlreport.origin import Origin
from xlreport.published.page import Spot, Table

APART = 4.0
"""Edges nearer than this are one: no column is so narrow, and a table that goes on is put there by eye."""


class Box(NamedTuple):
    """A cell between its rules."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    page: int = 0


class Sheet(NamedTuple):
    """A table as it lies on paper; `page` is the number of the first page that it is on."""

    boxes: tuple[Box, ...]
    page: int

    def table(self) -> Table:
        """The grid: how many rows and columns a cell spans follows from the edges of the others."""
        downs = _edges(y for box in self.boxes for y in (box.top, box.bottom))
        acrosses = _edges(x for box in self.boxes for x in (box.left, box.right))
        spots = []
        for box in self.boxes:
            row, column = _nearest(downs, box.top), _nearest(acrosses, box.left)
            rows, columns = _nearest(downs, box.bottom) - row, _nearest(acrosses, box.right) - column
            if rows > 0 and columns > 0:
                spots.append(Spot(row + 1, column + 1, rows, columns, box.text, Origin(page=box.page)))
        return Table(tuple(sorted(spots)), str(self.page))

    def sides(self) -> tuple[float, float]:
        """Its left and right edge."""
        return min(box.left for box in self.boxes), max(box.right for box in self.boxes)

    def ends(self) -> tuple[float, float]:
        """Its upper and lower edge."""
        return min(box.top for box in self.boxes), max(box.bottom for box in self.boxes)


def _edges(places: Iterable[float]) -> list[float]:
    """Places, those near each other as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > APART:
            edges.append(place)
    return edges


def _nearest(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))
