"""A Word file: its paragraphs and tables in order, as they stand after all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from xlreport.finding import struck
from xlreport.published.marks import APART, HIDDEN, STRUCK, Marks, W, value
from xlreport.published.page import UNREAD, Block, Line, Page, Spot, Table, joined
from xlreport.safe.documents import DOCUMENT, docx_parts
from xlreport.safe.xml import is_on, parse

_CARRIED = "{urn:xlreport:document:1}report"
_WRAPPERS = {
    W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "bdo", "dir")
}
_SIGNS = {W + name for name in ("sym", "ruby")}
_STYLES = "word/styles.xml"
_STYLE = re.compile("(?:Heading|heading |标题 ?)([1-6])", re.IGNORECASE)


def read_docx(data: bytes) -> Page:
    """The blocks of a document and what it carries. Raises InputError."""
    parts = docx_parts(data)
    body = parse(DOCUMENT, parts[DOCUMENT]).find(f"{W}body")
    styles = parse(_STYLES, parts[_STYLES]) if _STYLES in parts else None
    blocks = () if body is None else tuple(_blocks(body, _levels(styles), Marks(styles)))
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


def _levels(styles: Any | None) -> dict[str, int]:
    """Style id → level: 1 for the title, one more than Word's for headings."""
    levels: dict[str, int] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        called = value(style.find(f"{W}name"))
        if called.casefold() == "title":
            levels[style.get(f"{W}styleId") or ""] = 1
        elif found := _STYLE.fullmatch(called):
            levels[style.get(f"{W}styleId") or ""] = int(found[1]) + 1
    return levels


def _blocks(body: Any, levels: Mapping[str, int], marks: Marks) -> Iterator[Block]:
    tables = 0
    for item in _unwrapped(body):
        if item.tag == f"{W}p":
            level, text = levels.get(_style(item), 0), _text(item, marks)
            for line in [text.replace("\n", "")] if level == 1 else text.split("\n"):
                if line.strip():
                    yield Line(line.strip(), level)
        elif item.tag == f"{W}tbl":
            tables += 1
            yield _table(item, str(tables), marks)


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


def _text(paragraph: Any, marks: Marks, *, cell: bool = False) -> str:
    """Its words. In a cell, what is raised, what is white and what stands behind a tab stand on lines of their own.

    Formulas and signs of a font for signs are UNREAD there, and left out elsewhere.
    """
    words: list[str] = []
    style = _style(paragraph)
    was_apart = False
    for run in _unwrapped(paragraph):
        if cell and isinstance(run.tag, str) and not run.tag.startswith(W):
            words.append(UNREAD)
        look = marks.of(run, style) if run.tag == f"{W}r" else {HIDDEN}
        if HIDDEN in look:
            continue
        words += ["\n"] if cell and was_apart != (APART in look) else []
        was_apart = APART in look
        text = "".join(_said(piece, cell=cell) for piece in run)
        words.append(struck(text) if STRUCK in look else text)
    return "".join(words)


def _said(piece: Any, *, cell: bool) -> str:
    """A piece of a run."""
    if piece.tag == f"{W}t":
        return piece.text or ""
    if piece.tag in (f"{W}tab", f"{W}ptab"):
        return "\n" if cell else "\t"
    if cell and piece.tag in _SIGNS:
        return UNREAD
    if piece.tag in (f"{W}br", f"{W}cr") and (cell or piece.get(f"{W}type") is None):
        return "\n"
    return "-" if piece.tag == f"{W}noBreakHyphen" else ""


def _style(paragraph: Any) -> str:
    return value(paragraph.find(f"{W}pPr/{W}pStyle"))


def _table(table: Any, where: str, marks: Marks) -> Table:
    """`vMerge` goes on with the cell above that begins at the same column."""
    spots: dict[tuple[int, int], Spot] = {}  # by the row they end in, and column
    done: list[Spot] = []
    row = 0
    for line in _unwrapped(table):
        if line.tag != f"{W}tr" or _is_gone(line):
            continue
        row += 1
        column = 1 + _count(line.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _unwrapped(line):
            if cell.tag != f"{W}tc":
                continue
            columns = _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            above = spots.pop((row - 1, column), None)
            if merge is not None and value(merge) != "restart" and above is not None:
                spots[row, column] = above._replace(rows=above.rows + 1)
            else:
                done += [above] if above else []
                spots[row, column] = Spot(row, column, 1, columns, _words(cell, marks))
            column += columns
    return Table(tuple(sorted([*done, *spots.values()])), where)


def _is_gone(row: Any) -> bool:
    return any(is_on(row.find(f"{W}trPr/{W}{name}"), f"{W}val") for name in ("del", "hidden"))


def _words(cell: Any, marks: Marks) -> str:
    """The paragraphs of a cell, those of tables within it too, in one line."""
    texts = (_text(paragraph, marks, cell=True) for paragraph in cell.iter(f"{W}p"))
    return joined(line.strip() for text in texts for line in text.split("\n")).strip()


def _count(element: Any, default: int) -> int:
    told = value(element)
    known = told.isascii() and told.isdecimal() and len(told) < 6 and int(told)
    return min(int(told), 1_000) if known else default
