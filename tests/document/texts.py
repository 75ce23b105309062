"""What a document says, format by format: its words in reading order, and its tables with their spans."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, NamedTuple

from lxml import etree, html

from xlreport.document.outline import Grid, Heading, Outline, Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Placed(NamedTuple):
    """A printed cell of a table; rows and columns count from 1."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def outline_words(outline: Outline) -> list[str]:
    """Title, headings, paragraphs and cells in order; empty cells count."""
    words = [outline.title]
    for block in outline.blocks:
        match block:
            case Grid(cells=cells):
                words += [cell.text for cell in cells]
            case Heading(text=text) | Paragraph(text=text):
                words.append(text)
    return words


def outline_tables(outline: Outline) -> list[list[Placed]]:
    return [
        [Placed(c.row, c.column, c.rows, c.columns, c.text) for c in block.cells]
        for block in outline.blocks
        if isinstance(block, Grid)
    ]


def part(docx: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(name))


def docx_words(docx: bytes) -> list[str]:
    words: list[str] = []
    tables = iter(docx_tables(docx))
    for item in part(docx).find(f"{_W}body"):
        if item.tag == f"{_W}p":
            words.append(_text(item))
        elif item.tag == f"{_W}tbl":
            words += [cell.text for cell in next(tables)]
    return words


def docx_tables(docx: bytes) -> list[list[Placed]]:
    return [_docx_table(table) for table in part(docx).iter(f"{_W}tbl")]


def _docx_table(table: Any) -> list[Placed]:
    cells: list[Placed] = []
    for row, line in enumerate(table.iterfind(f"{_W}tr"), 1):
        column = 1
        for cell in line.iterfind(f"{_W}tc"):
            properties = cell.find(f"{_W}tcPr")
            columns = int(_val(properties.find(f"{_W}gridSpan")) or 1)
            merge = properties.find(f"{_W}vMerge")
            if merge is not None and _val(merge) != "restart":
                at = next(i for i, c in enumerate(cells) if c.column == column and c.row + c.rows == row)
                cells[at] = cells[at]._replace(rows=cells[at].rows + 1)
                assert not _text(cell)
            else:
                cells.append(Placed(row, column, 1, columns, _text(cell)))
            column += columns
    return cells


def html_words(page: str) -> list[str]:
    tree: Any = html.document_fromstring(page)
    return [item.text_content() for item in tree.iter("h1", "h2", "h3", "p", "th", "td")]


def html_tables(page: str) -> list[list[Placed]]:
    return [_html_table(table) for table in html.document_fromstring(page).iter("table")]


def _html_table(table: Any) -> list[Placed]:
    cells: list[Placed] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr"), 1):
        column = 1
        for cell in line.iterchildren("th", "td"):
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
            cells.append(Placed(row, column, rows, columns, cell.text_content()))
    return cells


def squeezed(words: list[str]) -> list[str]:
    """The words that say something: no white space, ASCII brackets and commas, empty ones dropped."""
    plain = str.maketrans("（），", "(),")
    return [text for word in words if (text := re.sub(r"\s", "", word).translate(plain))]


def _val(element: Any) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _text(element: Any) -> str:
    return "".join(element.itertext(f"{_W}t"))
