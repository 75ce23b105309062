"""Lines that are the number of a page and nothing else, where a document was turned into text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DASH = "[-\u2010-\u2015\u2212\uff0d]"
_NUMBER = re.compile(rf"\s*(?:{_DASH}+\s*\d{{1,3}}\s*{_DASH}+|第\s*\d{{1,3}}\s*页(?:[\s，,/]*共\s*\d{{1,3}}\s*页)?)\s*")
_ENDED = re.compile(r"[。；：！？.;:!?”）)]\s*$")
_HEADING = 20
"""Characters; a shorter line may be a heading, which nothing goes on with."""
_BEGUN = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without them; a sentence that one of them cut in two is whole again."""
    kept: list[str] = []
    cut = False
    for line in lines:
        if _NUMBER.fullmatch(line):
            cut = bool(kept)
            continue
        if cut and len(kept[-1]) > _HEADING and not _ENDED.search(kept[-1]) and not _BEGUN.match(line):
            kept[-1] += line
        else:
            kept.append(line)
        cut = False
    return kept
