"""A table with its places filled, and what its lines and columns say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from xlreport.published.align import Row, called
from xlreport.published.page import Spot, Table, plain, squeezed
from xlreport.published.values import looks_like_value

MOST_LINES = 400
"""Of a printed table that is looked at. The longest statutory one has 28."""
MOST_COLUMNS = 100
"""Likewise; the widest statutory table has 15."""
MOST_TEXT = 500
"""Characters of a cell that are looked at: a label has at most some fifty, and its cell may reach down every line."""


class Grid:
    """A printed table with its places filled: `at` gives the cell that covers a place."""

    def __init__(self, table: Table) -> None:
        self.height, self.width = min(table.height, MOST_LINES), min(table.width, MOST_COLUMNS)
        self._spots: dict[tuple[int, int], Spot] = {}
        for spot in (spot._replace(text=spot.text[:MOST_TEXT]) for spot in table.spots):
            for row in range(spot.row, min(spot.row + spot.rows, self.height + 1)):
                for column in range(spot.column, min(spot.column + spot.columns, self.width + 1)):
                    self._spots[row, column] = spot

    def at(self, row: int, column: int) -> Spot | None:
        """The cell that covers this place."""
        return self._spots.get((row, column))

    def line(self, row: int) -> list[Spot]:
        """The cells of a line from left to right, those that reach down into it too."""
        spots = (self.at(row, column) for column in range(1, self.width + 1))
        return list(dict.fromkeys(spot for spot in spots if spot is not None))

    def begins(self, row: int) -> list[Spot]:
        """Those of its cells that begin in it."""
        return [spot for spot in self.line(row) if spot.row == row]

    def labels(self, row: int, figures: Collection[Spot] = ()) -> Row:
        """The labels of a line: what is no known figure, and does not look like one."""
        labels = [spot for spot in self.line(row) if spot not in figures and not looks_like_value(spot.text)]
        begin = [spot.text for spot in labels if spot.row == row]
        above = "".join(called(spot.text) for spot in labels if spot.row < row)
        values = len(self.begins(row)) - len(begin)
        return Row("".join(map(called, begin)), above, " ".join(" ".join(text.split()) for text in begin), values)

    @cached_property
    def rows(self) -> list[Row]:
        """The labels of every line."""
        return [self.labels(row) for row in range(1, self.height + 1)]

    def title(self, rows: Iterable[int], column: int) -> str:
        """The heads of a column, from the outermost inwards."""
        spots = (self.at(row, column) for row in rows)
        return "".join(plain(spot.text) for spot in dict.fromkeys(spots) if spot is not None)

    def numbers(self, row: int) -> tuple[str, ...]:
        """What begins in a line and may be a figure, without white space."""
        return tuple(squeezed(spot.text) for spot in self.begins(row) if looks_like_value(spot.text))
