"""A Word file: its paragraphs and tables in order, as they stand after all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from xlreport.published.page import Block, Line, Page, Spot, Table, joined
from xlreport.safe.documents import DOCUMENT, docx_parts
from xlreport.safe.xml import parse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CARRIED = "{urn:xlreport:document:1}report"
_WRAPPERS = {
    _W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "bdo", "dir")
}
_APART = ("vertAlign", "strike", "dstrike", "position")
"""Within a cell no part of a number: a note's mark, what was struck out."""
_STYLE = re.compile("(?:Heading|heading |标题 ?)([1-6])", re.IGNORECASE)


def read_docx(data: bytes) -> Page:
    """The blocks of a document and what it carries. Raises InputError."""
    parts = docx_parts(data)
    body = parse(DOCUMENT, parts[DOCUMENT]).find(f"{_W}body")
    if body is not None:
        _set_off(body, _odd_styles(parts))
    blocks = () if body is None else tuple(_blocks(body, _levels(parts)))
    return Page(blocks, _carried(parts), _mark(parts))


def _carried(parts: Mapping[str, bytes]) -> str | None:
    for name, part in parts.items():
        if name.startswith("customXml/item") and b"urn:xlreport:document:1" in part:
            root = parse(name, part)
            if root.tag == _CARRIED:
                return root.text
    return None


def _mark(parts: Mapping[str, bytes]) -> str:
    name = "docProps/custom.xml"
    if name not in parts:
        return ""
    found = (item for item in parse(name, parts[name]) if item.get("name") == "xlreport")
    return next(("".join(map(str, item.itertext())).strip() for item in found), "")


def _levels(parts: Mapping[str, bytes]) -> dict[str, int]:
    """Style id → level: 1 for the title, one more than Word's for headings."""
    name = "word/styles.xml"
    levels: dict[str, int] = {}
    for style in parse(name, parts[name]).iter(f"{_W}style") if name in parts else ():
        called = _value(style.find(f"{_W}name")) or ""
        if called.casefold() == "title":
            levels[style.get(f"{_W}styleId") or ""] = 1
        elif found := _STYLE.fullmatch(called):
            levels[style.get(f"{_W}styleId") or ""] = int(found[1]) + 1
    return levels


def _odd_styles(parts: Mapping[str, bytes]) -> frozenset[str]:
    """The styles that hide what they are given to, raise it or strike it out."""
    name = "word/styles.xml"
    styles = parse(name, parts[name]).iter(f"{_W}style") if name in parts else ()
    odd = (style for style in styles if any(_has(style, kind) for kind in (*_APART, "vanish")))
    return frozenset(style.get(f"{_W}styleId") or "" for style in odd)


def _set_off(body: Any, styles: Collection[str]) -> None:
    """Mark the runs of these styles, and white ones, as struck out: nobody knows what is seen of them."""
    from lxml import etree

    for look in body.iter(f"{_W}rPr"):
        colour = (_value(look.find(f"{_W}color")) or "").upper()
        if colour == "FFFFFF" or _value(look.find(f"{_W}rStyle")) in styles:
            etree.SubElement(look, f"{_W}strike")


def _blocks(body: Any, levels: Mapping[str, int]) -> Iterator[Block]:
    tables = 0
    for item in _unwrapped(body):
        if item.tag == f"{_W}p":
            level = levels.get(_value(item.find(f"{_W}pPr/{_W}pStyle")) or "", 0)
            for text in [_text(item).replace("\n", "")] if level == 1 else _text(item).split("\n"):
                if text.strip():
                    yield Line(text.strip(), level)
        elif item.tag == f"{_W}tbl":
            tables += 1
            yield _table(item, str(tables))


def _unwrapped(parent: Any) -> Iterator[Any]:
    """The children, and in place of one that only wraps, its own; without recursion, since strangers nest deep."""
    waiting = [iter(parent)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif item.tag in _WRAPPERS:
            waiting.append(iter(item))
        else:
            yield item


def _text(paragraph: Any, apart: Collection[str] = ()) -> str:
    """Its words. `apart`: properties of runs that stand on a line of their own."""
    words: list[str] = []
    for item in _unwrapped(paragraph):
        alone = item.tag == f"{_W}r" and any(_has(item, name) for name in apart)
        words += ["\n"] if alone else []
        for piece in item if item.tag == f"{_W}r" and not _has(item, "vanish") else ():
            if piece.tag == f"{_W}t":
                words.append(piece.text or "")
            elif piece.tag == f"{_W}tab":
                words.append("\t")
            elif piece.tag == f"{_W}noBreakHyphen":
                words.append("-")
            elif piece.tag in (f"{_W}br", f"{_W}cr") and piece.get(f"{_W}type") is None:
                words.append("\n")
        words += ["\n"] if alone else []
    return "".join(words)


def _has(run: Any, name: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{name}")
    return found is not None and _value(found) not in ("0", "false", "off", "baseline")


def _table(table: Any, where: str) -> Table:
    """`vMerge` goes on with the cell above that begins at the same column."""
    spots: dict[tuple[int, int], Spot] = {}  # by the row they end in, and column
    done: list[Spot] = []
    row = 0
    for line in _unwrapped(table):
        if line.tag != f"{_W}tr" or any(line.find(f"{_W}trPr/{_W}{name}") is not None for name in ("del", "hidden")):
            continue
        row += 1
        column = 1 + _count(line.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _unwrapped(line):
            if cell.tag != f"{_W}tc":
                continue
            columns = _count(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            above = spots.pop((row - 1, column), None)
            if merge is not None and _value(merge) != "restart" and above is not None:
                spots[row, column] = above._replace(rows=above.rows + 1)
            else:
                done += [above] if above else []
                spots[row, column] = Spot(row, column, 1, columns, _words(cell))
            column += columns
    return Table(tuple(sorted([*done, *spots.values()])), where)


def _words(cell: Any) -> str:
    """The paragraphs of a cell, those of tables within it too, in one line."""
    texts = (_text(paragraph, _APART) for paragraph in cell.iter(f"{_W}p"))
    return joined(line.strip() for text in texts for line in text.split("\n")).strip()


def _value(element: Any) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _count(element: Any, default: int) -> int:
    value = _value(element) or ""
    return (
        min(int(value), 1_000) if value.isascii() and value.isdecimal() and len(value) < 6 and int(value) else default
    )
