"""A published document as its readers leave it: lines and tables in reading order, and what it carries inside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlreport.origin import Origin

MOST_CELLS = 50_000
"""Of one table, places that spans cover counted. The longest statutory table has 280."""

MOST_BLOCKS = 20_000
"""Paragraphs and tables of a document. A report has some fifty, a web site round it some hundred."""


UNREAD = "…"
"""What stands in a cell for words that cannot be read, or behind those that may not be seen: it is no number."""

TORN = "|"
"""What follows the text of a cell with a number that crosses its rule: some of its digits may be another's."""


class Spot(NamedTuple):
    """A printed cell; row and column count from 1 within its table."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    origin: Origin = Origin()


class Table(NamedTuple):
    """A printed table; `where` names it for a person (its page, or its number), `caption` is what a page calls it."""

    spots: tuple[Spot, ...]
    where: str = ""
    caption: str = ""

    @property
    def height(self) -> int:
        """Lines of its grid."""
        return max((spot.row + spot.rows - 1 for spot in self.spots), default=0)

    @property
    def width(self) -> int:
        """Columns of its grid."""
        return max((spot.column + spot.columns - 1 for spot in self.spots), default=0)


class Line(NamedTuple):
    """A paragraph. `level`: 1 for the title, 2 and 3 for headings, where the document says so; else 0."""

    text: str
    level: int = 0


Block = Line | Table


class Page(NamedTuple):
    """`carried`: the envelope as found, not yet opened; `mark`: the line that goes with it (see `envelope`).

    form: the statutory form where the reader has seen to that, else "". viewer: it shows another file, a PDF.
    moved: ids of tables whose heads stand in another order than the form's, where the reader has seen to that.
    """

    blocks: tuple[Block, ...]
    carried: str | None = None
    mark: str = ""
    form: str = ""
    viewer: bool = False
    moved: frozenset[str] = frozenset()


class Laid(NamedTuple):
    """A cell as a format tells it, before it has a place: how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1


def lay(lines: Iterable[Iterable[Laid]], where: str = "") -> Table:
    """Cells put on the grid as HTML does: each takes the first free columns of its line, down as many rows as it spans.

    Cells beyond MOST_CELLS are left out.
    """
    spots: list[Spot] = []
    taken: set[tuple[int, int]] = set()
    lines = [list(line) for line in lines]
    for row, line in enumerate(lines, 1):
        column = 1
        for cell in line:
            while (row, column) in taken:
                column += 1
            rows = max(1, min(cell.rows, len(lines) - row + 1))
            columns = max(1, min(cell.columns, 1_000))
            if len(taken) + rows * columns > MOST_CELLS:
                return Table(tuple(spots), where)
            taken.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
            spots.append(Spot(row, column, rows, columns, cell.text))
            column += columns
    return Table(tuple(spots), where)


def placed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each cell with its table's number among them and its place in that, unless it knows a better one."""
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            number += 1
            yield block._replace(spots=tuple(_placed(spot, number) for spot in block.spots))
        else:
            yield block


def _placed(spot: Spot, table: int) -> Spot:
    if spot.origin.line or spot.origin.address:
        return spot
    return spot._replace(origin=spot.origin._replace(table=table, row=spot.row, column=spot.column))


def joined(lines: Iterable[str]) -> str:
    """The lines of a cell as one: a label goes on from line to line, two numbers stay apart."""
    text = ""
    for line in lines:
        text += "\n" + line if text[-1:].isdigit() and line[:1].isdigit() else line
    return text


def squeezed(text: str) -> str:
    """Text without white space of any kind: where a line breaks on paper says nothing."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def plain(text: str) -> str:
    """Letters, digits and Chinese characters alone, full width made half: how labels are compared."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def likeness(one: str, other: str) -> float:
    """How like two texts are, from 0 to 1."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    from rapidfuzz.fuzz import ratio  # only who meets a difference needs it

    return float(ratio(one, other)) / 100
