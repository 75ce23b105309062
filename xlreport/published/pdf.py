"""A PDF as it looks on paper: paragraphs by their indent, tables by their rules. Its tags are not trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from xlreport.errors import InputError, UnsafeError
from xlreport.published.page import Block, Line, Page, Spot, Table
from xlreport.safe.documents import check_pdf

MOST_PAGES = 300
_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*")


def read_pdf(data: bytes) -> Page:
    """The blocks of all pages and the attachment of ours, if any. Raises InputError."""
    check_pdf(data)
    import pdfplumber  # the heaviest of the readers
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data)) as opened:
            if len(opened.pages) > MOST_PAGES:
                raise UnsafeError("published.pages", limit=MOST_PAGES)
            return Page(tuple(_joined([_blocks(page) for page in opened.pages])), _attachment(opened.doc))
    except InputError:
        raise
    except PdfminerException as error:
        locked = isinstance(error.__cause__ or (error.args or (None,))[0], PDFPasswordIncorrect)
        raise InputError("published.locked" if locked else "published.damaged_pdf") from None
    except Exception:  # noqa: BLE001 - pdfminer raises whatever a damaged file makes it stumble over
        raise InputError("published.damaged_pdf") from None


def _attachment(document: Any) -> str | None:
    """Our file among those that belong to the document (ISO 32000-2, 14.13)."""
    from pdfminer.pdftypes import resolve1

    for reference in resolve1(document.catalog.get("AF")) or ():
        specification = resolve1(reference)
        if resolve1(specification.get("F")) == b"report.json":
            content = resolve1(resolve1(specification["EF"])["F"]).get_data()
            return str(content, "utf-8", "replace")
    return None


class _Row(NamedTuple):
    """A line on paper, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    size: float


def _blocks(page: Any) -> list[_Row | Table]:
    """What stands on a page from top to bottom: lines without the page number, and tables."""
    tables = [(table.bbox[1], _table(page, table)) for table in page.find_tables()]
    boxes = [table.bbox for table in page.find_tables()]
    loose = [char for char in page.chars if not any(_inside(char, box) for box in boxes)]
    rows = [row for row in _rows(loose) if row.text]
    if rows and _NUMBER.fullmatch(rows[-1].text) and rows[-1].top > 0.8 * float(page.height):
        rows.pop()
    return [block for _, block in sorted([*((row.top, row) for row in rows), *tables], key=lambda item: item[0])]


def _joined(pages: list[list[_Row | Table]]) -> Iterator[Block]:
    """Lines put together to paragraphs, and tables that go on over a page, to one."""
    rows = [row for page in pages for row in page if isinstance(row, _Row)]
    edge = min((row.left for row in rows), default=0.0)
    end = max((row.right for row in rows), default=0.0)
    kept: Line | Table | None = None
    last: _Row | None = None
    for page in pages:
        for place, item in enumerate(page):
            if isinstance(item, Table):
                if isinstance(kept, Table) and place == 0 and kept.width == item.width:
                    kept = _below(kept, item)
                    continue
                last = None
                block: Line | Table = item
            else:
                goes_on = last is not None and item.left < edge + item.size and last.right > end - 3 * last.size
                before, last = last, item
                if goes_on and before is not None and isinstance(kept, Line) and abs(before.size - item.size) < 1:
                    gap = " " if re.fullmatch("[A-Za-z]{2}", kept.text[-1:] + item.text[:1]) else ""
                    kept = Line(kept.text + gap + item.text)
                    continue
                block = Line(item.text)
            if kept is not None:
                yield kept
            kept = block
    if kept is not None:
        yield kept


def _below(table: Table, more: Table) -> Table:
    shift = table.height
    return Table((*table.spots, *(spot._replace(row=spot.row + shift) for spot in more.spots)), table.where)


def _inside(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _rows(chars: list[dict[str, Any]]) -> list[_Row]:
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


def _row(chars: list[dict[str, Any]]) -> _Row:
    words: list[str] = []
    before: dict[str, Any] | None = None
    for char in chars:
        if before is not None and (before["text"] + char["text"]).isascii():
            words += [" "] if char["x0"] - before["x1"] > 0.2 * char["size"] else []
        words.append(char["text"])
        before = char
    ink = [char for char in chars if char["text"].strip()] or chars
    text = re.sub(" +", " ", "".join(words)).strip()
    return _Row(text, ink[0]["x0"], ink[-1]["x1"], min(c["top"] for c in ink), max(c["size"] for c in ink))


def _table(page: Any, table: Any) -> Table:
    """The cells between the rules; how many rows and columns one spans follows from the edges of the others."""
    downs = _edges(y for cell in table.cells for y in (cell[1], cell[3]))
    acrosses = _edges(x for cell in table.cells for x in (cell[0], cell[2]))
    spots = []
    for cell in table.cells:
        column, after = _nearest(acrosses, cell[0]), _nearest(acrosses, cell[2])
        row, below = _nearest(downs, cell[1]), _nearest(downs, cell[3])
        text = "".join(line.text for line in _rows([char for char in page.chars if _inside(char, cell)]))
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
