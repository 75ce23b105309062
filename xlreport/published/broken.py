"""A table that goes on over the page, and its row that the page breaks: its pieces are put together again.

Whether a row goes on is told by the labels of the form: two pieces are more like one of them together than alone.
"""

from __future__ import annotations

from functools import cache

from xlreport.form import FORMS, load_form
from xlreport.published.align import LIKE, called
from xlreport.published.grid import MOST_COLUMNS, MOST_TEXT
from xlreport.published.page import joined, likeness
from xlreport.published.ruled import APART, Box, Sheet
from xlreport.published.values import looks_like_value

Pair = tuple[Box, Box]
"""A cell that ends with the page, and the one below it on the next."""


def under(above: Sheet, more: Sheet) -> Sheet | None:
    """`above` with `more`, of the next page, put under it; None when that is another table: its sides stand elsewhere.

    Numbers of which the page breaks a cell stand on two lines of it then, as where the cell is too narrow for them.
    """
    if any(abs(a - b) > 3 * APART for a, b in zip(above.sides(), more.sides(), strict=True)):
        return None
    boxes = _without_heads(above, more)
    if not boxes:
        return above
    end = above.ends()[1]
    shift = end - min(box.top for box in boxes)
    boxes = [box._replace(top=box.top + shift, bottom=box.bottom + shift) for box in boxes]
    last = [box for box in above.boxes if end - box.bottom < APART]
    first = [box for box in boxes if box.top - end < APART]
    narrow = max(len(last), len(first)) <= MOST_COLUMNS  # others are no table of ours
    pairs = [(one, other) for one in last for other in first if narrow and _same_column(one, other)]
    if not _broken(last, first, pairs):
        pairs = [pair for pair in pairs if _go_on(*pair)]
    upper = {one: one._replace(bottom=other.bottom, text=joined([one.text, other.text])) for one, other in pairs}
    lower = {other for _, other in pairs}
    pieces = (*(upper.get(box, box) for box in above.boxes), *(box for box in boxes if box not in lower))
    return Sheet(pieces, above.page)


def _without_heads(above: Sheet, more: Sheet) -> list[Box]:
    """The cells below the head that is repeated on each page."""
    top, head = above.ends()[0], more.ends()[0]
    known = {_seen(box, top) for box in above.boxes}
    new = [box.top for box in more.boxes if _seen(box, head) not in known]
    start = min(new, default=more.ends()[1])
    while through := [box.top for box in more.boxes if box.top < start - APART and box.bottom > start + APART]:
        start = min(through)
    return [box for box in more.boxes if box.top > start - APART]


def _seen(box: Box, top: float) -> tuple[object, ...]:
    """What a repeated cell has in common with the first one: its words, sides, and distance from the top."""
    return box.text, *(round(x / APART) for x in (box.left, box.right, box.top - top, box.bottom - top))


def _same_column(one: Box, other: Box) -> bool:
    return abs(one.left - other.left) < APART and abs(one.right - other.right) < APART


def _broken(last: list[Box], first: list[Box], pairs: list[Pair]) -> bool:
    """Whether the last row of one page goes on as the first of the next; cells that span other rows do not tell.

    Where one of the two has words and numbers but no label it does, unless a figure would stand below a label.
    """
    top, bottom = max(box.top for box in last), min(box.bottom for box in first)
    above = {box for box in last if box.text and box.top > top - APART}
    below = {box for box in first if box.text and box.bottom < bottom + APART}
    own = [pair for pair in pairs if above & {pair[0]} or below & {pair[1]}]
    if any(_go_on(*pair) for pair in own):
        return True
    same = above <= {one for one, _ in own} and below <= {other for _, other in own}
    whole = any(map(_is_label, above)) and any(map(_is_label, below))
    mixed = any(one.text and other.text and _is_label(one) != _is_label(other) for one, other in own)
    return bool(above and below) and same and not whole and not mixed


def _is_label(box: Box) -> bool:
    return bool(box.text) and not looks_like_value(box.text)


def _go_on(one: Box, other: Box) -> bool:
    """Whether the words of two cells are one label."""
    a, b = one.text, other.text
    if not _is_label(one) or not _is_label(other) or len(a + b) > MOST_TEXT:
        return False
    whole = _known(a + b)
    return whole >= LIKE and whole > max(_known(a), _known(b))


def _known(text: str) -> float:
    """How like a label of the form it is."""
    label = called(text)
    return max(likeness(label, known) for known in _labels())


@cache
def _labels() -> frozenset[str]:
    tables = (table for form in FORMS for table in load_form(form).tables)
    return frozenset(called(label.text) for table in tables for label in table.labels)
