"""Outline → DOCX, from our own WordprocessingML parts in `word/`.

The layout is GB/T 9704: A4, 22 lines of 28 characters, page numbers on the outer side.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from xlreport.document.epoch import source_date
from xlreport.document.outline import Cell, Grid, Heading, Outline, Paragraph
from xlreport.document.title import title_lines
from xlreport.safe.jinja import environment

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer_odd.xml": "footer_odd.xml",
    "word/footer_even.xml": "footer_even.xml",
    "docProps/core.xml": "core.xml",
    "docProps/app.xml": "app.xml",
}
_CARRIED = {
    "docProps/custom.xml": "custom.xml",
    "customXml/item1.xml": "carried.xml",
    "customXml/itemProps1.xml": "carried_props.xml",
    "customXml/_rels/item1.xml.rels": "carried_rels.xml",
}
"""The report's data: LibreOffice keeps both the part and the property when it saves the file anew."""
_FIXED = {"styles.xml", "settings.xml", "fontTable.xml", "footer_odd.xml", "footer_even.xml", "app.xml"}
_TEXT_WIDTH = 11906 - 1588 - 1474
"""Twentieths of a point between the margins."""
_DENSE_COLUMNS = 6
"""From here on a table is set in 五号 instead of 小四."""
_WHOLE_PAGE = 20
"""A table of more lines than this gets a page of its own."""
_CELL_MARGIN = 28
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Slot(NamedTuple):
    """One `w:tc`: width in twentieths of a point, grid columns, "restart" or "continue" of a vertical merge, or ""."""

    width: int
    columns: int
    merge: str
    style: str
    text: str
    keep: bool
    size: int


@dataclass(frozen=True, slots=True)
class Row:
    """One `w:tr`; `head` repeats on every page."""

    head: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Tabular:
    """One `w:tbl`; `line` is the least height of a row."""

    caption: str
    width: int
    widths: tuple[int, ...]
    line: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the body."""

    style: str
    text: str
    new_page: bool = False


def render_docx(outline: Outline) -> bytes:
    """The document as .docx: the same outline, the same bytes. Its date, if any, is SOURCE_DATE_EPOCH."""
    title = title_lines(outline.title, outline.agency)
    values = {"outline": outline, "title": title, "items": _items(outline), "date": _date()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, template in (_PARTS | (_CARRIED if outline.carried else {})).items():
            part = _fixed_part(template) if template in _FIXED else _part(template, values)
            entry = zipfile.ZipInfo(name)  # dated 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, part, compresslevel=3)
    return file.getvalue()


def tabular(grid: Grid) -> Tabular:
    """The grid as Word's table model wants it: a cell for every line that a vertical merge crosses."""
    widths = _widths(grid.widths)
    edges = (0, *accumulate(widths))
    dense = len(widths) >= _DENSE_COLUMNS
    lines: list[list[tuple[int, Slot]]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        width = edges[cell.column - 1 + cell.columns] - edges[cell.column - 1]
        style = _style(cell, dense=dense)
        size = _size(cell, width, dense=dense)
        for row in range(cell.row, cell.row + cell.rows):
            merge = "" if cell.rows == 1 else "restart" if row == cell.row else "continue"
            text = cell.text if row == cell.row else ""
            keep = row < grid.height <= _WHOLE_PAGE
            lines[row - 1].append((cell.column, Slot(width, cell.columns, merge, style, text, keep, size)))
    rows = (Row(at < grid.head_lines, tuple(slot for _, slot in sorted(line))) for at, line in enumerate(lines))
    return Tabular(grid.caption, edges[-1], widths, 345 if grid.height > _WHOLE_PAGE else 440, tuple(rows))


def _items(outline: Outline) -> list[Tabular | Line]:
    items: list[Tabular | Line] = []
    for block, after in zip(outline.blocks, (*outline.blocks[1:], None), strict=True):
        if isinstance(block, Grid):
            items.append(tabular(block))
        elif isinstance(block, Heading):
            new_page = isinstance(after, Grid) and after.height > _WHOLE_PAGE
            items.append(Line(f"Heading{block.level}", block.text, new_page))
        else:
            items.append(Line(_paragraph_style(block), block.text))
    return items


def _paragraph_style(paragraph: Paragraph) -> str:
    return "TableNote" if paragraph.note else "BodyText"


def _widths(proportions: tuple[int, ...]) -> tuple[int, ...]:
    """Scaled to the width of the text, without a gap from rounding."""
    edges = [round(edge * _TEXT_WIDTH / sum(proportions)) for edge in accumulate(proportions)]
    return tuple(right - left for left, right in zip((0, *edges), edges, strict=False))


def _style(cell: Cell, *, dense: bool) -> str:
    centred = cell.rows > 1 or not dense
    stub = "TableGroup" if centred else "TableStub"
    head = "TableStub" if cell.rows > 1 and cell.columns > 1 else "TableHead"
    return {"head": head, "stub": stub, "figure": "TableFigure"}[cell.role] + ("Dense" if dense else "")


def _size(cell: Cell, width: int, *, dense: bool) -> int:
    """Half points of a figure too long for its cell at the usual size, so that it stays on one line; else 0."""
    if cell.role != "figure":
        return 0
    fits = (width - 2 * _CELL_MARGIN) // max(5 * len(cell.text), 1)  # a digit is half as wide as high
    return fits if fits < (21 if dense else 24) else 0


def _date() -> str:
    epoch = source_date()
    return "" if epoch is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))


def _part(template: str, values: dict[str, object]) -> bytes:
    return _FORBIDDEN.sub("", _environment().get_template(template).render(values)).encode()


@cache
def _fixed_part(template: str) -> bytes:
    return _part(template, {})


@cache
def _environment() -> Environment:
    return environment(Path(__file__).with_name("word"), escape=True)
