"""Whether the heads of a table in a text stand in the form's order: its cells are told by their order alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from xlreport.form import Figure
from xlreport.form import Table as Statutory
from xlreport.origin import By
from xlreport.published.page import plain
from xlreport.published.rows import adds_up

Order = Literal["same", "other", "unknown"]

_ENDING = re.compile(r"(?:件数|数量|企业|机构|组织|起诉)$")
"""Of heads, which break before these in a narrow column."""
_GROUP = plain("法人或其他组织")
"""Of table 三, above five of its seven columns; the seventh then stands before them, line by line."""
_APART = 3
"""Pieces without a head that may stand between two of one table."""
_STEM = re.compile(r"^本年|单位\w*$")
"""What a head of the form, see `plain`, has around its own words."""
_UNIT = re.compile("[(（]单位.*|$")
"""Where a head names its unit, or may."""
_MONEY = re.compile("[十百千万亿]*元(?![旦宵素])")
BEFORE = re.compile("上一?年度?|上期|[上下]半年|去年|前年|往年")
"""Words of heads that tell of another time than the year of the report."""
EVER = re.compile("历年|累计")
"""Likewise; what is in force may well be of all years."""
_OTHER_TIME = rf"{BEFORE.pattern}|{EVER.pattern}|20\d\d年度?"


class Said(NamedTuple):
    """A piece of a line, up to the next digit or full stop."""

    line: int
    text: str
    ends: bool


def pieces(lines: Sequence[str]) -> list[Said]:
    """The pieces of a text; `ends`: a number or the end of a sentence follows."""
    return [
        Said(number, text, at + 1 < len(parts))
        for number, line in enumerate(lines)
        for parts in [re.split(r"\d+|[。；]", line)]
        for at, part in enumerate(parts)
        if (text := plain(part)) or at + 1 < len(parts)
    ]


def as_printed(head: str, said: str) -> str:
    """A head of the form as a text has it, where that tells of another time or unit. said: the text, see `plain`."""
    stem = _STEM.sub("", _STEM.sub("", plain(head)))
    between = r"\D{0,6}?" if "金额" in head else "(?:单位)?"
    own = _MONEY.search(head)
    if unit := re.search(f"{re.escape(stem)}({between}{_MONEY.pattern})", said):
        head = _UNIT.sub(f"（{unit[1]}）", head, count=1)
    elif "金额" in head and {*re.findall(f"单位(?:人民币)?({_MONEY.pattern})", said)} - {own[0] if own else "元"}:
        head = _UNIT.sub("（单位不明：元）", head, count=1)
    other = (
        head.startswith("本年") and f"本年{stem}" not in said and re.search(f"(?:{_OTHER_TIME}){re.escape(stem)}", said)
    )
    return other[0] if other else head


def in_order(table: Statutory, found: Mapping[str, tuple[int, str, By]], said: Sequence[Said]) -> tuple[set[str], bool]:
    """The ids of `found` whose columns can be told, and whether heads stand in another order.

    Where heads of table 三 are not all there, a row must add up. found: line, from 0, and text by id.
    """
    kept: set[str] = set()
    moved = False
    first = min((line for line, _, _ in found.values()), default=0)
    for row in sorted({figure.row for figure in table.figures if figure.id in found}):
        figures = [figure for figure in table.figures if figure.row == row]
        cells = [found[figure.id][1] for figure in figures if figure.id in found]
        line = first if table.id == "t3" else min(found[x.id][0] for x in figures if x.id in found)
        order = order_of(figures, said, line)
        moved |= order == "other"
        if order == "same" or (order == "unknown" and (table.id != "t3" or adds_up(cells))):
            kept |= {figure.id for figure in figures} & found.keys()
    return kept, moved


def order_of(figures: Sequence[Figure], said: Sequence[Said], line: int) -> Order:
    """How the heads of a row's figures stand that are above the end of a line, from 0."""
    if len(figures) < 2:
        return "same"
    levels = (-1, -2, 0)  # in table 四 columns have groups, and these too; elsewhere they have the name of their row
    heads = (tuple(dict.fromkeys(plain(figure.names[level]) for figure in figures)) for level in levels)
    orders = {_order(several, said, line) for several in heads if len(several) > 1}
    return "other" if "other" in orders else "unknown" if "unknown" in orders else "same"


def _order(heads: tuple[str, ...], said: Sequence[Said], line: int) -> Order:
    """How the last heads stand that the text has before the end of a line."""
    above = next(_groups(heads, [piece for piece in said if piece.line <= line]), [])
    if not above:
        return "unknown"
    if len(heads) == 2:  # the heading of the section may name them too
        above = [[head for row in above for head in row][-2:]]
    flat, nested = _allowed(heads)
    if any(not _follows(part, flat, nested) for row in _joined(above) for part in _parts(row)):
        return "other"
    parts = [tuple(part) for part in _parts([head for row in above for head in row])]
    return "same" if {heads, flat, nested} & {*parts} else "unknown"


def _allowed(heads: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Their order from left to right, and line by line."""
    if heads[0] != "自然人":
        return heads, heads
    return (heads[0], _GROUP, *heads[1:]), (heads[0], _GROUP, heads[-1], *heads[1:-1])


def _follows(part: Sequence[str], flat: Sequence[str], nested: Sequence[str]) -> bool:
    whole = nested if _GROUP in part else flat
    return any([head for head in order if head in part] == list(part) for order in (flat, whole))


def _groups(heads: tuple[str, ...], said: Sequence[Said]) -> Iterator[list[list[str]]]:
    """Heads that stand together, by lines; the last ones first, and only where they are half of them."""
    least = max(2, (len(heads) + 1) // 2)
    group: list[list[str]] = []
    without = 0
    for piece in reversed(said):
        names = _names(heads, piece.text)
        without = 0 if names else without + bool(piece.text)
        if piece.ends or without > _APART:
            if len({name for row in group for name in row} - {_GROUP}) >= least:
                yield group[::-1]
            group = []
        group += [names] if names else []
    if len({name for row in group for name in row} - {_GROUP}) >= least:
        yield group[::-1]


def _names(heads: tuple[str, ...], text: str) -> list[str]:
    """The heads in a text, as often as they are there; one that is repeated in its place, once."""
    pattern, named = _pattern(heads)
    found = [named[match.lastindex or 0] for match in pattern.finditer(text)]
    return [name for at, name in enumerate(found) if not at or found[at - 1] != name]


@cache
def _pattern(heads: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[int, str]]:
    """What finds any of the heads, and which it is, by the number of its group."""
    known = sorted({*heads, *([_GROUP] if heads[0] == "自然人" else [])}, key=len, reverse=True)
    stems = (re.sub("^本年", "本年度?", re.escape(_ENDING.sub("", head))) for head in known)
    return re.compile("|".join(f"({stem})" for stem in stems)), dict(enumerate(known, 1))


def _joined(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Lines of several heads as they are; heads that have each a line, together."""
    alone: list[str] = []
    for row in rows:
        if len(row) == 1:
            alone += row
            continue
        yield alone
        yield list(row)
        alone = []
    yield alone


def _parts(row: Sequence[str]) -> Iterator[list[str]]:
    """Cut where a head comes again."""
    part: list[str] = []
    for head in row:
        if head in part[-1:]:
            continue
        if head in part:
            yield part
            part = []
        part.append(head)
    yield part
