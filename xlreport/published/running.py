"""Running heads and feet on paper: lines that stand in one place on page after page, apart from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xlreport.published.paper import Row
from xlreport.published.ruled import Sheet

_MARGIN = 0.2
"""Of the page's height, above and below: no running head stands further in."""
_MOST = 3
"""Lines of a head or foot."""
_APART = 20.0
"""Points between a head and the text: lines of a text are nearer to each other."""
_COUNTED = re.compile(r"\d+(?=\s*页)|^[\d\W]+$")
"""第 3 页, — 3 —."""

Items = list[Row | Sheet]
Block = tuple[tuple[str, int], ...]


def without_running(pages: Sequence[Items], heights: Sequence[float]) -> list[Items]:
    """The pages without them; the number of the page does not count.

    A head differs in size from the text or stands apart from it: else a text that says the same again and again, line
    by line, would lose its first.
    """
    left = [list(items) for items in pages]
    for end in (0, -1):
        for count in range(_MOST, 0, -1):
            blocks = [_block(items, end, count, height) for items, height in zip(left, heights, strict=True)]
            seen = Counter(blocks)
            for items, block in zip(left, blocks, strict=True):
                if block and seen[block] >= 2 and 2 * seen[block] >= len(pages) - 1:
                    del items[slice(count) if end == 0 else slice(-count, None)]
    return left


def _block(items: Items, end: int, count: int, height: float) -> Block | None:
    """What the first or last lines of a page say, and where, if they might be running ones."""
    inwards = items if end == 0 else items[::-1]
    lines = [item for item in inwards[:count] if isinstance(item, Row)]
    if len(lines) < count or any(_MARGIN * height <= line.top <= (1 - _MARGIN) * height for line in lines):
        return None
    inner, after = lines[-1], inwards[count] if len(inwards) > count else None
    if isinstance(after, Row) and abs(after.size - inner.size) < 1 and abs(after.top - inner.top) - inner.size < _APART:
        return None
    return tuple((_COUNTED.sub("", line.text), round(line.top / 3)) for line in lines)
