"""What stands on a page of paper: lines by where their characters are, tables by their rules. In points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from xlreport.origin import Origin
from xlreport.published.page import Spot, Table, joined

MOST_EDGES = 6_000
"""Rules and edges of a page among which tables are looked for: the work grows with their square."""
_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*")
_APART = 4.0
"""Edges nearer than this are one: no column is so narrow, and a table that goes on is put there by eye."""

_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Char = dict[str, Any]


class Row(NamedTuple):
    """A line on paper, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    size: float


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

    def below(self, more: Sheet) -> Sheet | None:
        """With `more`, of the next page, put under it; None when that is another table: its sides stand elsewhere."""
        if any(abs(a - b) > 3 * _APART for a, b in zip(self.sides(), more.sides(), strict=True)):
            return None
        shift = max(box.bottom for box in self.boxes) - min(box.top for box in more.boxes)
        moved = (box._replace(top=box.top + shift, bottom=box.bottom + shift) for box in more.boxes)
        return Sheet((*self.boxes, *moved), self.page)

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


def stands_on(page: Any) -> list[Row | Sheet]:
    """What stands on a page from top to bottom: lines without the page number, and tables of several columns."""
    again = printed_again(page.chars) | _turned_number(page.chars)
    page = page.filter(lambda item: id(item) not in again)
    ruled = page.filter(_is_seen)
    found = ruled.find_tables() if len(ruled.edges) <= MOST_EDGES else []
    tables = [table for table in found if len({cell[0] for cell in table.cells}) > 1]
    loose = [char for char in page.chars if not any(_inside(char, table.bbox) for table in tables)]
    rows = [row for row in rows_of(loose) if row.text]
    if rows and _NUMBER.fullmatch(rows[-1].text) and rows[-1].top > 0.8 * float(page.height):
        rows.pop()
    placed: list[tuple[float, Row | Sheet]] = [(table.bbox[1], _sheet(page, table)) for table in tables]
    placed += [(row.top, row) for row in rows]
    return [item for _, item in sorted(placed, key=lambda item: item[0])]


def rows_of(chars: Iterable[Char]) -> list[Row]:
    """Characters whose middles are within half their size of each other make a line.

    In it they stand by their middles too: （ is set with half its body over the character before.
    """
    rows: list[list[Char]] = []
    middle = float("-inf")
    for char in sorted(chars, key=lambda char: float(char["top"] + char["bottom"])):
        here = (char["top"] + char["bottom"]) / 2
        if here - middle > char["size"] / 2:
            rows.append([])
            middle = here
        rows[-1].append(char)
    return [_row(sorted(row, key=lambda char: float(char["x0"] + char["x1"]))) for row in rows]


def printed_again(chars: Iterable[Char]) -> set[int]:
    """The ids of characters that stand where the same one stands already: bold, by printing twice.

    Near is a tenth of its own size, for a long number may be set so small that its zeros are nearer than a point;
    and less than half its width, for one apostrophe stands near the next.
    """
    seen: set[tuple[object, ...]] = set()
    again = set()
    for char in chars:
        near = max(min(float(char["size"]) / 10, float(char["x1"] - char["x0"]) / 2.5), 1e-6)
        across, down = round(char["x0"] / near), round(char["top"] / near)
        kind = (char["text"], char["fontname"], char["size"])
        if any((*kind, across + x, down + y) in seen for x in (-1, 0, 1) for y in (-1, 0, 1)):
            again.add(id(char))
        seen.add((*kind, across, down))
    return again


def _turned_number(chars: Iterable[Char]) -> set[int]:
    """The ids of the page number of a turned sheet, which is all that stands sideways on it."""
    matrices = ((char, char.get("matrix", (1, 0))) for char in chars)
    turned = (char for char, matrix in matrices if abs(matrix[1]) > abs(matrix[0]))
    sideways = sorted(turned, key=lambda char: float(char["top"]))
    words = "".join(char["text"] for char in sideways)
    return {id(char) for char in sideways} if _NUMBER.fullmatch(words) else set()


def _is_seen(item: Char) -> bool:
    """Not the white behind a line of text, which Word draws as a box."""
    white = item.get("non_stroking_color") in ((1,), (1.0, 1.0, 1.0), (0, 0, 0, 0), 1)
    return not (item["object_type"] == "rect" and white and not item.get("stroke"))


def _inside(char: Char, box: tuple[float, float, float, float]) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _row(chars: list[Char]) -> Row:
    words: list[str] = []
    before: Char | None = None
    big = max(chars, key=lambda char: float(char["size"]))
    for char in chars:
        if before is not None and (before["text"] + char["text"]).isascii():
            words += [" "] if char["x0"] - before["x1"] > 0.2 * char["size"] else []
        words.append(char["text"].translate(_SMALL) if _is_raised(char, big) else char["text"])
        before = char
    ink = [char for char in chars if char["text"].strip()] or chars
    text = re.sub(" +", " ", "".join(words)).strip()
    return Row(text, ink[0]["x0"], ink[-1]["x1"], min(c["top"] for c in ink), max(c["size"] for c in ink))


def _is_raised(char: Char, big: Char) -> bool:
    """Whether it is smaller than the others of its line and stands above their foot: the mark of a note, no digit."""
    return bool(char["size"] < 0.8 * big["size"] and char["bottom"] < big["bottom"] - 0.1 * big["size"])


def _sheet(page: Any, table: Any) -> Sheet:
    """The cells between the rules, each with the characters whose middle it holds."""
    lefts, tops = (sorted({cell[side] for cell in table.cells}) for side in (0, 1))
    at = {(bisect_right(lefts, x), bisect_right(tops, y)): n for n, (x, y, _, _) in enumerate(table.cells)}
    inside: dict[int, list[Char]] = defaultdict(list)
    for char in page.chars:
        if not _inside(char, table.bbox):
            continue
        across = bisect_right(lefts, (char["x0"] + char["x1"]) / 2)
        down = bisect_right(tops, (char["top"] + char["bottom"]) / 2)
        for column, row in ((c, r) for r in range(down, 0, -1) for c in range(across, 0, -1)):
            number = at.get((column, row))
            if number is not None and _inside(char, table.cells[number]):
                inside[number].append(char)
                break
    texts = (joined(row.text for row in rows_of(inside[n])) for n in range(len(table.cells)))
    number = page.page_number
    boxes = (
        Box(cell[0], cell[1], cell[2], cell[3], text, number) for cell, text in zip(table.cells, texts, strict=True)
    )
    return Sheet(tuple(boxes), number)


def _edges(places: Iterable[float]) -> list[float]:
    """Places, those near each other as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _APART:
            edges.append(place)
    return edges


def _nearest(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))
