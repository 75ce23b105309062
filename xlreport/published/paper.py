"""What stands on a page of paper: lines by where their characters are, tables by their rules. In points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from xlreport.published.page import TORN, joined
from xlreport.published.radicals import UNIFIED
from xlreport.published.ruled import APART, Box, Sheet
from xlreport.published.torn import Char, Place, torn

MOST_EDGES = 6_000
"""Rules and edges of a page among which tables are looked for: the work grows with their square."""
_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*")
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Row(NamedTuple):
    """A line on paper, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    size: float


def stands_on(page: Any) -> list[Row | Sheet]:
    """What stands on a page from top to bottom: lines without the page number, and tables of several columns."""
    again = printed_again(page.chars) | _turned_number(page.chars)
    page = page.filter(lambda item: id(item) not in again)
    ruled = page.filter(_is_seen)
    found = ruled.find_tables(_closed(ruled.edges)) if len(ruled.edges) <= MOST_EDGES else []
    tables = [table for table in found if len({cell[0] for cell in table.cells}) > 1]
    sheets, loose = _filled(page, tables)
    rows = [row for row in rows_of(loose) if row.text]
    if rows and _NUMBER.fullmatch(rows[-1].text) and rows[-1].top > 0.8 * float(page.height):
        rows.pop()
    placed: list[tuple[float, Row | Sheet]] = [(sheet.ends()[0], sheet) for sheet in sheets]
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
    text = re.sub(" +", " ", "".join(words)).strip().translate(UNIFIED)
    return Row(text, ink[0]["x0"], ink[-1]["x1"], min(c["top"] for c in ink), max(c["size"] for c in ink))


def _is_raised(char: Char, big: Char) -> bool:
    """Whether it is smaller than the others of its line and stands above their foot: the mark of a note, no digit."""
    return bool(char["size"] < 0.8 * big["size"] and char["bottom"] < big["bottom"] - 0.1 * big["size"])


def _filled(page: Any, tables: Sequence[Any]) -> tuple[list[Sheet], list[Char]]:
    """The cells between the rules, each with the characters whose middle it holds; and those outside all tables."""
    held = {id(char): place for number, table in enumerate(tables) for char, place in _held(page, number, table)}
    bounds = {(number, at): cell for number, table in enumerate(tables) for at, cell in enumerate(table.cells)}
    broken, over = torn(page.chars, held, bounds)
    inside: dict[Place | None, list[Char]] = defaultdict(list)
    for char in page.chars:
        inside[held.get(id(char))].append(char)
    sheets = []
    for number, table in enumerate(tables):
        boxes = []
        for at, cell in enumerate(table.cells):
            text = joined(row.text for row in rows_of(inside[number, at]))
            text += TORN * ((number, at) in broken)
            boxes.append(Box(cell[0], cell[1], cell[2], cell[3], text, page.page_number))
        sheets.append(Sheet(tuple(boxes), page.page_number))
    loose = (char for char in inside[None] if not any(_inside(char, table.bbox) for table in tables))
    return sheets, [char for char in loose if id(char) not in over]


def _held(page: Any, number: int, table: Any) -> Iterator[tuple[Char, Place]]:
    """The characters whose middle a cell holds, each with its place."""
    lefts, tops = (sorted({cell[side] for cell in table.cells}) for side in (0, 1))
    near = defaultdict(list)  # which cells reach where, those that begin last first
    for n, (left, top, right, bottom) in sorted(enumerate(table.cells), key=lambda c: (c[1][1], c[1][0]), reverse=True):
        for row in range(bisect_right(tops, top), bisect_right(tops, bottom) + 1):
            for column in range(bisect_right(lefts, left), bisect_right(lefts, right) + 1):
                near[column, row].append(n)
    for char in page.chars:
        if not _inside(char, table.bbox):
            continue
        across = bisect_right(lefts, (char["x0"] + char["x1"]) / 2)
        down = bisect_right(tops, (char["top"] + char["bottom"]) / 2)
        cell = next((n for n in near.get((across, down), ()) if _inside(char, table.cells[n])), None)
        if cell is not None:
            yield char, (number, cell)


def _closed(edges: Sequence[Char]) -> dict[str, object]:
    """Settings for pdfplumber: a rule across the ends of those that go on over the page, where some programs have none.

    Where there is one already, the two count as one.
    """
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > APART]
    rules = []
    for side, outermost in (("top", min), ("bottom", max)):
        end = outermost((edge[side] for edge in upright), default=0.0)
        places = [edge["x0"] for edge in upright if abs(edge[side] - end) < 1]
        if len(set(map(round, places))) > 2:
            line = {"x0": min(places), "x1": max(places), "width": max(places) - min(places), "height": 0.0}
            rules.append(line | {"top": end, "bottom": end, "object_type": "line", "orientation": "h"})
    return {"explicit_horizontal_lines": rules}
