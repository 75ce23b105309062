"""A PDF as it looks on paper: paragraphs by their indent, tables by their rules. Its tags are not trusted."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from xlreport.envelope import SCHEMA
from xlreport.errors import InputError, UnsafeError
from xlreport.published.broken import under
from xlreport.published.page import Block, Line, Page
from xlreport.published.paper import Row, stands_on
from xlreport.published.ruled import Sheet
from xlreport.published.running import without_running
from xlreport.safe.documents import check_pdf

MOST_PAGES = 300


def read_pdf(data: bytes) -> Page:
    """The blocks of all pages and the attachment of ours, if any. Raises InputError."""
    check_pdf(data)
    import pdfplumber  # the heaviest of the readers
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    from xlreport.published.bounds import Drawing, begin

    begin()
    for library in ("pdfminer", "pdfplumber"):  # which say of a font that it is not as it should be, in English
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(BytesIO(data)) as opened:
            _check_pages(len(opened.pages))
            drawing = Drawing()
            for page in opened.pages:
                drawing.draw(page)
            heights = [float(page.height) for page in opened.pages]
            kept = without_running([stands_on(page) for page in opened.pages], heights)
            pages = [(round(page.width), items) for page, items in zip(opened.pages, kept, strict=True)]
            return Page(tuple(_joined(pages)), _attachment(opened.doc))
    except InputError:
        raise
    except PdfminerException as error:
        cause = error.__cause__ or (error.args or (None,))[0]
        if isinstance(cause, InputError):
            raise cause from None
        locked = isinstance(cause, PDFPasswordIncorrect)
        raise InputError("published.locked" if locked else "published.damaged_pdf") from None
    except Exception:  # noqa: BLE001 - pdfminer raises whatever a damaged file makes it stumble over
        raise InputError("published.damaged_pdf") from None


def _check_pages(count: int) -> None:
    if count > MOST_PAGES:
        raise UnsafeError("published.pages", limit=MOST_PAGES)


def _attachment(document: Any) -> str | None:
    """Our file among those that belong to the document (ISO 32000-2, 14.13); "" where it is damaged."""
    from pdfminer.pdftypes import resolve1

    try:
        for reference in resolve1(document.catalog.get("AF")) or ():
            specification = resolve1(reference)
            if resolve1(specification.get("F")) == b"report.json":
                content = resolve1(resolve1(specification["EF"])["F"]).get_data()
                return str(content, "utf-8", "replace") if SCHEMA.encode() in content else None
    except Exception:  # noqa: BLE001 - as above; the pages can still be read
        return ""
    return None


def _joined(pages: list[tuple[int, list[Row | Sheet]]]) -> Iterator[Block]:
    """Lines put together to paragraphs, and tables that go on over a page to one; `pages` with the width of each.

    A line goes on with the one above if it is not indented, and that one was full, on pages as wide. Tables tell the
    width of the text where all lines are short.
    """
    bounds = {width: _bounds([page for other, page in pages if other == width]) for width, _ in pages}
    kept: Line | Sheet | None = None
    last: Row | None = None
    for width, place, item in ((width, place, item) for width, page in pages for place, item in enumerate(page)):
        edge, end = bounds[width]
        more: Line | Sheet | None = None
        if isinstance(item, Sheet):
            if isinstance(kept, Sheet) and place == 0:
                more = under(kept, item)
        elif last is not None and isinstance(kept, Line) and _goes_on(last, item, edge, end):
            gap = " " if re.fullmatch("[A-Za-z]{2}", kept.text[-1:] + item.text[:1]) else ""
            more = Line(kept.text + gap + item.text)
        if more is None:
            if kept is not None:
                yield kept.table() if isinstance(kept, Sheet) else kept
            more = item if isinstance(item, Sheet) else Line(item.text)
        kept, last = more, item if isinstance(item, Row) else None
    if kept is not None:
        yield kept.table() if isinstance(kept, Sheet) else kept


def _bounds(pages: list[list[Row | Sheet]]) -> tuple[float, float]:
    """The left and the right edge of what stands on these pages."""
    sides = [item.sides() if isinstance(item, Sheet) else (item.left, item.right) for page in pages for item in page]
    return min((left for left, _ in sides), default=0.0), max((right for _, right in sides), default=0.0)


def _goes_on(last: Row, row: Row, edge: float, end: float) -> bool:
    full = last.right > end - 3 * last.size
    return full and row.left < edge + row.size and abs(row.size - last.size) < 1
