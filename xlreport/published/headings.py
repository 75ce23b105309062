"""The headings of the sections among the lines of a report: in the order of the form, round their tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from xlreport.form import Form, Section
from xlreport.published.contents import contents_of
from xlreport.published.page import Block, Line, likeness, plain

LIKE = 0.7
"""From here on a numbered line is taken for the heading that it is like."""
_LIKE_BARE = 0.8
"""One without such a number."""
_LONGEST = 60
"""Characters of a heading; of one that is known by its number alone half."""
_EXACT, _RUN_IN, _BARE, _LISTED, _BY_NUMBER, _MARKED = 4.0, 3.5, 3.0, 2.0, 1.0, 8.0
"""Scores, to which likeness is added. A line that the document marks as a heading goes before all others."""
_LEVEL = 2
_SPACE = re.compile(r"[#\s]*")
_STRONG = re.compile(r"第([一二三四五六])(?:部分|[章节])\s*[、.．:：]?\s*|([一二三四五六])\s*[、.．]\s*")
_WEAK = re.compile(r"[一二三四五六]\s+|[1-6](?:\s*[、.．](?!\d)|\s)\s*|[（(][一二三四五六][)）]\s*、?\s*")
_TOOL = re.compile(r"\s*[（(]\s*(?:重复率|相似度|查重率)[^（()）]*[)）]")
"""What a program that compares reports adds to their headings."""
_REMARK = re.compile(r"[（(][^（()）]*[)）]$")
_NONE = re.compile("无|没有|不存在")
"""Where there is nothing to say under a heading: 无其他需要报告的事项 is a text."""
_SENTENCE = re.compile("[。；？！;?!]|[：:]$")


class Heading(NamedTuple):
    """The heading of a section: its block, its words, the text behind it in the same line, and how sure it is.

    guessed: only its number tells.
    """

    at: int
    words: str
    rest: str
    score: float
    guessed: bool = False


class Found(NamedTuple):
    """Of each section that is found its heading, the lines of a table of contents, and whether a tool has added."""

    headings: Mapping[str, Heading]
    contents: frozenset[int]
    compared: bool


def is_heading(line: str, form: Form) -> bool:
    """Whether it is like the heading of a section."""
    return bool(section_of(line, form))


def section_of(line: str, form: Form) -> str:
    """The section whose heading it is like most, "" for none."""
    likely = ((_heading(Line(line), 0, section), section.id) for section in form.sections)
    found = [(heading.score, id_) for heading, id_ in likely if heading is not None and not heading.guessed]
    return max(found, default=(0.0, ""))[1]


def find_headings(blocks: Sequence[Block], form: Form, anchors: Mapping[str, int], after: int) -> Found:
    """The likest lines in the order of the form, each above its table and below the one before; the first of equals.

    anchors: the block of each statutory table. after: where the title ends.
    """
    found: dict[int, dict[int, Heading]] = {}
    for at, block in enumerate(blocks):
        if at >= after and isinstance(block, Line):
            likely = ((n, _heading(block, at, section)) for n, section in enumerate(form.sections))
            found[at] = {n: heading for n, heading in likely if heading is not None}
    found = {at: headings for at, headings in found.items() if headings}
    contents = contents_of(blocks)
    tables = [anchors.get(section.table or "") for section in form.sections]
    best: list[tuple[float, dict[str, Heading]]] = [(0.0, {})] * (len(tables) + 1)  # with so many sections begun
    for at in sorted(found.keys() - contents):
        for n, heading in sorted(found[at].items(), reverse=True):  # those before must not see this line
            above = max((x for x in tables[:n] if x is not None), default=-1)
            below = min((x for x in tables[n:] if x is not None), default=len(blocks))
            score, chosen = max(best[: n + 1], key=lambda way: way[0])
            if above < at < below and score + heading.score > best[n + 1][0]:
                best[n + 1] = (score + heading.score, {**chosen, form.sections[n].id: heading})
    headings = max(best, key=lambda way: way[0])[1]
    compared = any(_TOOL.search(_text(blocks[heading.at])) for heading in headings.values())
    return Found(headings, contents, compared)


def _heading(block: Line, at: int, section: Section) -> Heading | None:
    text = _TOOL.sub(" ", block.text).strip()
    mark = _MARKED if block.level == _LEVEL else 0.0
    begin = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches nothing too
    strong, weak = _STRONG.match(text, begin), _WEAK.match(text, begin)
    number = strong or weak
    if strong and (behind := _behind(section).match(text, strong.end())):
        return Heading(at, text[: behind.end(1)], behind[2], mark + _RUN_IN)
    if len(text) > _LONGEST:
        return None
    words = text[number.end() if number else begin :]
    like = max(_like(plain(text), plain(section.heading)), *(_like(plain(x), _words(section)) for x in _ways(words)))
    none = _NONE.search(words) is not None
    mine = strong is not None and section.heading[0] in strong.groups()
    if strong and like >= LIKE:
        return Heading(at, text, words if none else "", mark + _EXACT + like + mine / 2)
    if like >= _LIKE_BARE and not none and not _SENTENCE.search(text):
        return Heading(at, text, "", mark + (_LISTED if weak else _BARE) + like)
    if mine and (mark or (2 * len(words) <= _LONGEST and not _SENTENCE.search(text))):
        return Heading(at, text, "", mark + _BY_NUMBER, guessed=True)
    return None


def _ways(words: str) -> tuple[str, str]:
    return words, _REMARK.sub("", words)


def _like(one: str, other: str) -> float:
    """Their likeness; 0 where their lengths tell enough."""
    return likeness(one, other) if LIKE * len(one) <= 2 * len(other) else 0.0


@cache
def _words(section: Section) -> str:
    """Those of its heading without the number."""
    return plain(section.heading)[1:]


@cache
def _behind(section: Section) -> re.Pattern[str]:
    """Its words with a text behind them in the same line."""
    return re.compile(r"(" + r"\s*".join(map(re.escape, section.heading[2:])) + r")\s*[：:。\s]\s*(\S.*)", re.DOTALL)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Line) else ""
