"""What stands on a page of paper: lines by where their characters are, tables by their rules. In points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from xlreport.published.page import Spot, Table

MOST_EDGES = 6_000
"""Rules and edges of a page among which tables are looked for: the work grows with their square."""
_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*")


class Row(NamedTuple):
    """A line on paper, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    size: float


def stands_on(page: Any) -> list[Row | Table]:
    """What stands on a page from top to bottom: lines without the page number, and tables."""
    found = page.find_tables() if len(page.edges) <= MOST_EDGES else []
    loose = [char for char in page.chars if not any(_inside(char, table.bbox) for table in found)]
    rows = [row for row in rows_of(loose) if row.text]
    if rows and _NUMBER.fullmatch(rows[-1].text) and rows[-1].top > 0.8 * float(page.height):
        rows.pop()
    placed: list[tuple[float, Row | Table]] = [(table.bbox[1], _table(page, table)) for table in found]
    placed += [(row.top, row) for row in rows]
    return [item for _, item in sorted(placed, key=lambda item: item[0])]


def _inside(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def rows_of(chars: list[dict[str, Any]]) -> list[Row]:
    """Characters whose middles are within half their size of each other make a line."""
    rows: list[list[dict[str, Any]]] = []
    middle = float("-inf")
    for char in sorted(chars, key=lambda char: char["top"] + char["bottom"]):
        here = (char["top"] + char["bottom"]) / 2
        if here - middle > char["size"] / 2:
            rows.append([])
            middle = here
        rows[-1].append(char)
    return [_row(sorted(row, key=lambda char: char["x0"])) for row in rows]


def _row(chars: list[dict[str, Any]]) -> Row:
    words: list[str] = []
    before: dict[str, Any] | None = None
    for char in chars:
        if before is not None and (before["text"] + char["text"]).isascii():
            words += [" "] if char["x0"] - before["x1"] > 0.2 * char["size"] else []
        words.append(char["text"])
        before = char
    ink = [char for char in chars if char["text"].strip()] or chars
    text = re.sub(" +", " ", "".join(words)).strip()
    return Row(text, ink[0]["x0"], ink[-1]["x1"], min(c["top"] for c in ink), max(c["size"] for c in ink))


def _table(page: Any, table: Any) -> Table:
    """The cells between the rules; how many rows and columns one spans follows from the edges of the others."""
    downs = _edges(y for cell in table.cells for y in (cell[1], cell[3]))
    acrosses = _edges(x for cell in table.cells for x in (cell[0], cell[2]))
    spots = []
    for cell in table.cells:
        column, after = _nearest(acrosses, cell[0]), _nearest(acrosses, cell[2])
        row, below = _nearest(downs, cell[1]), _nearest(downs, cell[3])
        text = "".join(line.text for line in rows_of([char for char in page.chars if _inside(char, cell)]))
        spots.append(Spot(row + 1, column + 1, below - row, after - column, text))
    return Table(tuple(sorted(spots)), f"{page.page_number}")


def _edges(places: Iterable[float]) -> list[float]:
    """Places, those within two points of each other as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > 2:
            edges.append(place)
    return edges


def _nearest(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))
