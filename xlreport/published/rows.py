"""Lines of text as rows of a table: a label, and the cells behind it.

Cells stand on the label's line between bars or white space, or each on a line of its own, with or without bars between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from xlreport.published.values import is_nothing, looks_like_value

_TOKEN = re.compile(r"[+\-−－增减]?\d[\d,，]*(?:\.\d+)?(?:件|元|万元|宗|项)?|[/—–－-]+|无")
MOST_SIGNS = 4_000
"""Of a line that is read as a row, or as the label of one."""
_MOST_ROWS = 1_000
"""Of a text; a report has some hundred, and of more nobody knows which are its own."""
_RULE = re.compile(r"[|\s:-]+")

_SUMMED = {7: 7, 15: 5}
"""How many of the last cells must add up, by how many a row has."""
_BARS = 2
"""Of a line that holds one cell."""
_MOST_JOINED = 10
"""Cells of a row that are tried to be joined: the widest row that must add up has seven."""


class Numbers(NamedTuple):
    """Cells that may hold figures; `line` is where they begin. `walled`: bars tell them apart, also blank ones.

    listed: each is on a line of its own, so that the number of a page may be one of them.
    """

    line: int
    label: str
    cells: tuple[str, ...]
    walled: bool = False
    listed: bool = False


def rows_of(lines: Sequence[str], *, cut: bool = False) -> list[Numbers]:
    """The rows that a text shows, in order. cut: it ends within a number, unless that adds up.

    None where there are more than a report can have.
    """
    lines = [line if len(line) <= MOST_SIGNS else "" for line in lines]
    on_lines = (row for number, text in enumerate(lines) if (row := _on_a_line(number, text)))
    rows = sorted([*on_lines, *_one_a_line(lines)])
    if cut and rows and lines[-1].endswith(rows[-1].cells[-1]):
        last = rows[-1].cells
        if not adds_up(last[-_SUMMED.get(len(last), 1) :]):
            rows[-1] = rows[-1]._replace(cells=(*last[:-1], f"{last[-1]}…"))
    return rows if len(rows) <= _MOST_ROWS else []


def bars_of(text: str) -> list[str]:
    """The cells of a line between bars or tabs; none where it has neither."""
    if "|" in text:
        edged = text.startswith("|") or (text.lstrip().startswith("|") and text.endswith("|"))
        return [part.strip() for part in (text.strip()[1:] if edged else text).removesuffix("|").split("|")]
    return [part.strip() for part in text.split("\t")] if "\t" in text else []


def adds_up(cells: Sequence[str]) -> bool:
    """Whether the last is the sum of the others, each a plain number, or nothing."""
    if len(cells) < 2:
        return False
    numbers = ["0" if is_nothing(cell) else re.sub(r"[,， ]", "", cell) for cell in cells]
    return all(map(str.isdecimal, numbers)) and sum(map(int, numbers[:-1])) == int(numbers[-1])


def adds_up_otherwise(cells: Sequence[str]) -> bool:
    """Whether fewer numbers add up, some of these joined: digits were spread, and a cell is blank."""
    if adds_up(cells) or not 2 < len(cells) <= _MOST_JOINED:
        return False
    for gaps in product(("", " "), repeat=len(cells) - 1):
        joined = "".join(map("".join, zip(cells, (*gaps, ""), strict=True))).split()
        if 1 < len(joined) < len(cells) and not any(x[0] == "0" != x for x in joined) and adds_up(joined):
            return True
    return False


def _on_a_line(number: int, text: str) -> Numbers | None:
    if _RULE.fullmatch(text):
        return None
    if parts := bars_of(text):
        first = next((at for at, part in enumerate(parts) if part and looks_like_value(part)), None)
        if first is None:  # all blank, or none
            first = next((at for at in range(len(parts), 0, -1) if parts[at - 1]), 0)
        else:  # blank cells before the first number are cells too, those before a label are not
            while first and not parts[first - 1]:
                first -= 1
        cells = tuple(parts[first:])
        if not cells or not all(map(looks_like_value, cells)):
            return None
        return Numbers(number, next((part for part in reversed(parts[:first]) if part), ""), cells, walled=True)
    tokens = text.split()
    count = next((n for n, token in enumerate(reversed(tokens)) if not _TOKEN.fullmatch(token)), len(tokens))
    if not count or len(tokens) == 1:
        return None
    label, values = tokens[: len(tokens) - count], tokens[len(tokens) - count :]
    apart = re.split(r"\s{2,}", text.strip().split(maxsplit=len(label))[-1])
    if len(apart) > 1 and not adds_up(values):  # in columns, a single space stands within a number
        values = apart
    return Numbers(number, "".join(label), tuple(values))


def _one_a_line(lines: Sequence[str]) -> Iterator[Numbers]:
    """Runs of lines that hold one value each, behind the line that is none."""
    label, start = "", 0
    run: list[str] = []  # values and bars
    valued = False
    for number, line in enumerate([*lines, "."]):
        pieces = [piece for part in re.split(r"(\|)", line) if (piece := part.strip())]
        values = [piece for piece in pieces if piece != "|"]
        if (
            len(values) <= 1
            and len(pieces) <= _BARS + 1
            and all(looks_like_value(value) and len(value.split()) == 1 for value in values)
        ):
            start = start if valued else number
            valued = valued or bool(values)
            run += pieces or [""] * bool(run)
            continue
        cells, walled = _cells(run)
        if cells:
            yield Numbers(start, label, cells, walled, listed=True)
        label, run, valued = line.strip("| \t"), [], False


def _cells(run: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The values of a run; with a bar between any two of them, the blank cells too. A blank cell is a blank line.

    Where a value has such a line beside it, it may be the number of a page.
    """
    parts, run = [""], list(run)
    while run and not run[-1]:  # the list is over
        run.pop()
    alone = all("" not in pair or {*pair} <= {"", "|"} for pair in pairwise(run))
    for piece in run:
        if piece == "|":
            parts.append("")
        elif piece and (parts[-1] or not alone):
            return tuple(piece for piece in run if piece not in ("", "|")), False
        else:
            parts[-1] = piece or parts[-1]
    if not any(parts):
        return (), False
    parts = parts if parts[0] else parts[1:]  # the bar behind the label
    return tuple(parts if parts[-1] else parts[:-1]), "|" in run  # and the one before the next label
