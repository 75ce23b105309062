"""A web page, as a browser would show it: paragraphs and tables in order, without what is hidden."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice
from typing import Any

from xlreport.envelope import SCHEMA
from xlreport.errors import InputError
from xlreport.published.looks import APART, GONE, PERHAPS, show_looks
from xlreport.published.page import MOST_BLOCKS, UNREAD, Block, Laid, Line, Page, Table, joined, lay
from xlreport.safe.documents import html_text

_SILENT = {
    GONE,
    "script",
    "style",
    "noscript",
    "noframes",
    "datalist",
    "head",
    "caption",
    "title",
    "select",
    "button",
    "svg",
    "iframe",
    "del",
}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q"),
    *("s", "small", "span", "strike", "strong", "sub", "sup", "u", "wbr", "time", "var", "o:p", "st1:chsdate", "img"),
    APART,
}
_APART = {"sup", "sub", "a", "small", APART}
"""Within a cell no part of a number: a note's mark."""
_RUNNING = {"header", "footer"}
"""Titles of what LibreOffice makes of running heads and feet."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLANKS = re.compile("[ \t\r\n\f]+")
_OPEN = re.compile(r"<t[dh]\b", re.IGNORECASE)
_END = re.compile(r"</(?:t[dhr]|table|thead|tbody|tfoot|body|html)\b", re.IGNORECASE)
_FINDINGS = ("generator", "xlreport check")
"""The mark of our page of findings, which prints the tables of the report that it judges."""
_PDF = re.compile(r"\.pdf\b|\.ofd\b|viewer\.html", re.IGNORECASE)


def read_html(data: bytes) -> Page:
    """The blocks of a page and the envelope in it, if any. Raises InputError."""
    from lxml import etree
    from lxml.html import HTMLParser

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_closed(html_text(data).replace("\0", "")).encode(), parser)
    except (etree.XMLSyntaxError, etree.ParserError):
        root = None
    if root is None:
        raise InputError("published.not_html")
    if any((e.get("name"), e.get("content")) == _FINDINGS for e in root.iter("meta")):
        raise InputError("published.findings")
    blocks = ((e.get("id"), e.text or "") for e in root.iter("script") if e.get("type") == "application/json")
    carried = next((text for id_, text in blocks if id_ == "xlreport" or SCHEMA in text), None)
    marks = (word for e in root.iter("div") for word in (e.get("class") or "").split())
    mark = next((word for word in marks if word.startswith("figures-")), "")
    show_looks(root, _INLINE)
    viewer = any(_PDF.search(e.get("src") or e.get("data") or "") for e in root.iter("iframe", "embed", "object"))
    return Page(
        tuple(islice(_blocks(root), MOST_BLOCKS + 1)),
        carried,
        mark.replace("figures-", "figures=sha256:"),
        viewer=viewer,
    )


def _closed(text: str) -> str:
    """The page; where it ends within a cell, nobody knows how the number goes on: with UNREAD behind it."""
    last = max((found.start() for found in _OPEN.finditer(text)), default=-1)
    if last < 0 or _END.search(text, last):
        return text
    return (text[: text.rfind("<")] if text.rfind("<") > text.rfind(">") else text) + UNREAD


def _blocks(root: Any, inline: Container[str] = _INLINE) -> Iterator[Block]:
    """Walk the tree by events, since hostile pages nest without end."""
    from lxml import etree

    walk = _Walk(inline)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield from walk.enter(element)
        elif element is not root:  # what stands behind it is no part of it
            yield from walk.leave(element)
    yield from walk.line()


class _Walk:
    """Collects words into lines: a block element begins and ends one. Of tables within tables the innermost counts."""

    def __init__(self, inline: Container[str]) -> None:
        self.inline = inline
        self.words: list[str] = []
        self.levels = [0]
        self.tables = 0
        self.skipping: Any = None

    def line(self) -> Iterator[Line]:
        """The words so far, if any."""
        text = _BLANKS.sub(" ", "".join(self.words)).strip()
        self.words.clear()
        if text:
            yield Line(text, self.levels[-1])

    def enter(self, element: Any) -> Iterator[Block]:
        """At a start tag."""
        if self.skipping is not None:
            return
        if element.tag in _SILENT or (element.tag == "div" and element.get("title") in _RUNNING):
            self.skipping = element
            return
        if element.tag not in self.inline:
            yield from self.line()
        if element.tag == "table" and next(element.iterdescendants("table"), None) is None:
            self.tables += 1
            self.skipping = element
            yield _table(element, self.tables)
            return
        if element.tag in _HEADINGS:
            self.levels.append(_HEADINGS[element.tag])
        self.words.append(element.text or "")

    def leave(self, element: Any) -> Iterator[Block]:
        """At an end tag, and the words after it."""
        if self.skipping is None:
            if element.tag not in self.inline:
                yield from self.line()
            if element.tag in _HEADINGS:
                self.levels.pop()
        elif self.skipping is not element:
            return
        self.skipping = None
        self.words.append(element.tail or "")


def _table(table: Any, number: int) -> Table:
    gone = {row for element in table.iterdescendants(*_SILENT) for row in element.iter("tr")}
    lines = [[_cell(cell) for cell in row.iterchildren("th", "td")] for row in table.iter("tr") if row not in gone]
    caption = " ".join("".join(map(str, words.itertext())) for words in table.iterchildren("caption"))
    return lay(lines, str(number))._replace(caption=_BLANKS.sub(" ", caption).strip())


def _cell(cell: Any) -> Laid:
    text = joined(block.text for block in _blocks(cell, _INLINE - _APART) if isinstance(block, Line))
    unsure = any(character.isdigit() for character in text) and _is_unsure(cell)
    return Laid(text + UNREAD * unsure, _span(cell.get("rowspan")), _span(cell.get("colspan")))


def _is_unsure(cell: Any) -> bool:
    """Whether nobody knows if digits of the cell are seen."""
    if any(PERHAPS in element.attrib for element in (cell, cell.getparent())):
        return True
    hidden = (element for element in cell.iterdescendants() if PERHAPS in element.attrib and element.tag not in _SILENT)
    return any(character.isdigit() for element in hidden for text in element.itertext() for character in text)


def _span(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 6 and int(value) else 1
