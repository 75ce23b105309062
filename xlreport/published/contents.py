"""Tables of contents, whose lines say what headings say, and are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlreport.published.page import Block, Line, plain

_HEADING = re.compile(r"[一二三四五六七八九十]+\s*[、.．]|[（(]\s*[一二三四五六七八九十]+\s*[）)]|目\s*[录次]\s*$")
_TITLES = {"目录", "目次"}
_FEWEST = 3
"""Headings, its own title not counted."""
_PAGE = re.compile(r"[\s.…·—-]*\d{0,4}\s*$")
"""What leads to the number of a page, and that."""
_LONGEST = 60


def contents_of(blocks: Sequence[Block]) -> frozenset[int]:
    """Which blocks are a table of contents: headings under one another, of which two in three come again below."""
    words = [_words(block) for block in blocks]
    last = {said: at for at, said in enumerate(words)}
    gone: set[int] = set()
    for start, end in _runs(words):
        told = [said for said in words[start:end] if said not in _TITLES]
        again = sum(last[said] >= end for said in told)
        if len(told) >= _FEWEST and 3 * again >= 2 * len(told):
            gone |= set(range(start, end))
    return frozenset(gone)


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where headings follow one another, none of them twice: from, and up to but not with."""
    start = 0
    seen: set[str] = set()
    for at, said in enumerate([*words, ""]):
        if not said or said in seen:
            yield start, at
            start, seen = at, set()
        if said:
            seen.add(said)
        else:
            start = at + 1


def _words(block: Block) -> str:
    """What a heading says, without the number of its page; "" of anything else."""
    if not isinstance(block, Line) or len(block.text) > _LONGEST or not _HEADING.match(block.text):
        return ""
    return plain(_PAGE.sub("", block.text))
