"""What a PDF says to who cannot see it: its words and tables by the tags, and its characters by their place."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pdfplumber

from tests.document.texts import Placed

POINT = 25.4 / 72
"""Millimetres."""


class Line(NamedTuple):
    """A line of text; places in millimetres from the upper left corner of the sheet, `starts` of each character."""

    page: int
    top: float
    left: float
    right: float
    size: float
    text: str
    starts: tuple[float, ...]


def pdf_words(pdf: bytes) -> list[str]:
    """Title, headings, paragraphs and cells in the order of the tags."""
    return [text for element, text in _tagged(pdf) if element["type"] in ("P", "H1", "H2", "TH", "TD")]


def pdf_tables(pdf: bytes) -> list[list[Placed]]:
    """The tables as the tags tell them."""
    tables: list[list[Placed]] = []
    taken: set[tuple[int, int]] = set()
    row = column = 0
    for element, text in _tagged(pdf):
        match element["type"]:
            case "Table":
                tables.append([])
                taken, row = set(), 0
            case "TR":
                row, column = row + 1, 1
            case "TH" | "TD":
                while (row, column) in taken:
                    column += 1
                rows, columns = (int(element["attributes"].get(span, 1)) for span in ("RowSpan", "ColSpan"))
                taken.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
                tables[-1].append(Placed(row, column, rows, columns, text))
    return tables


def pdf_lines(pdf: bytes) -> list[Line]:
    """The lines of each page from top to bottom, as they stand on paper, page number last."""
    lines = []
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            rows = defaultdict(list)
            for char in page.chars:
                rows[round(char["matrix"][5], 1)].append(char)
            for baseline, chars in sorted(rows.items(), reverse=True):
                chars.sort(key=lambda char: char["x0"])
                top = (float(page.height) - baseline - chars[0]["size"]) * POINT
                text = "".join(char["text"] for char in chars)
                starts = tuple(char["x0"] * POINT for char in chars)
                lines.append(
                    Line(page.page_number, top, starts[0], chars[-1]["x1"] * POINT, chars[0]["size"], text, starts)
                )
    return lines


def _tagged(pdf: bytes) -> Iterator[tuple[dict[str, Any], str]]:
    """Every element of the structure tree in order, and the text in and below it."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        marked: dict[tuple[int, int], str] = defaultdict(str)
        for page in opened.pages:
            mcid = None
            for char in page.chars:
                if char["tag"] != "Artifact":  # after a span with a text of its own, pdfminer forgets where it was
                    mcid = mcid if char["mcid"] is None else char["mcid"]
                    marked[page.page_number, mcid or 0] += char["text"]
        for root in opened.structure_tree:
            yield from _walk(root, marked)


def _walk(element: dict[str, Any], marked: dict[tuple[int, int], str]) -> Iterator[tuple[dict[str, Any], str]]:
    page, last, text = element.get("page_number", 0), -1, ""
    for mcid in element.get("mcids", ()):
        page += mcid < last  # pdfplumber tells the first page only; numbers start anew on the next
        text += marked[page, mcid]
        last = mcid
    below = [item for child in element.get("children", ()) for item in _walk(child, marked)]
    yield element, text
    yield from below
