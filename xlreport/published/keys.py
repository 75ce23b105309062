"""The lines of a section by text key: where each aspect that the form names begins, and further ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlreport.form import Section
from xlreport.published.headings import LIKE
from xlreport.published.page import likeness, plain, squeezed

_ORDINAL = re.compile(r"[（(]\s*([一二三四五六七八九十]+)\s*[）)]")
_LONGEST = 40
"""Characters of a heading."""
_DIGITS = "一二三四五六七八九"


def by_key(section: Section, lines: Sequence[str]) -> dict[str, list[str]]:
    """The heading line of a later key begins it; one that the form prints is dropped where it would be printed again.

    Of keys that are named in the form the last has none: further aspects, each with a heading of its own. They begin
    with one that goes on counting where the last named heading stopped, and no list within a text counts so far.
    """
    keys = [key for key, _ in section.text]
    named = [plain(heading) for _, heading in section.text]
    found: dict[str, list[str]] = {key: [] for key in keys}
    begins = _begins(lines, named)
    final = max(begins, default=-1)
    last, inner = len(keys) - 2, 0
    at = 0
    for number, line in enumerate(lines):
        if is_ordinal(line):
            counted = _number(line)
            if number in begins:
                at, last, inner = begins[number], counted, 0
                after = lines[number + 1] if number + 1 < len(lines) else ""
                if squeezed(line) == squeezed(section.text[at][1]) and after and not _ORDINAL.match(after):
                    continue
            else:
                if number > final and counted not in (inner + 1, *range(last + 1)):
                    at = len(keys) - 1
                inner = counted
        found[keys[at]].append(line)
    return {key: texts for key, texts in found.items() if texts}


def is_ordinal(line: str) -> bool:
    """Whether it may be the heading of an aspect."""
    return len(line) <= _LONGEST and _ORDINAL.match(line) is not None


def _begins(lines: Sequence[str], named: Sequence[str]) -> dict[int, int]:
    """The lines that are headings of named keys, in their order, and which."""
    begins: dict[int, int] = {}
    at = 0
    for number, line in enumerate(lines):
        later = _key_of(plain(line), named, at) if is_ordinal(line) else None
        if later is not None:
            begins[number] = at = later
    return begins


def _number(line: str) -> int:
    """What it counts, up to 十九."""
    found = _ORDINAL.match(line)
    text = found[1] if found else ""
    tens, _, ones = text.rpartition("十")
    return (10 if "十" in text else 0) + (_DIGITS.find(ones) + 1 if not tens else 0)


def _key_of(line: str, named: Sequence[str], at: int) -> int | None:
    """The later key whose heading is like this line."""
    scored = [(likeness(line, name), number) for number, name in enumerate(named) if name and number > at]
    like, number = max(scored, default=(0.0, 0), key=lambda item: item[0])
    return number if like >= LIKE else None
