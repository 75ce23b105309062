"""Texts of reports as badly as they come: cells blank, digits spread, pages numbered, lines lost, the end cut off.

`python -m tests.published.scrambled 1000 5000` prints what of these seeds was right, blank, wrong.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from tests.published.made import read
from tests.published.measure import known
from tests.published.sketch import Box, Grid, labels, sketch
from tests.published.variants import flat, in_one_row, unnumbered
from tests.published.written import words
from xlreport.errors import InputError
from xlreport.form.weigh import Number
from xlreport.report import Report

Piece = tuple[str, str]
"""Some characters, and the id of the figure that they are, or ""."""
Line = list[Piece]


class Text(NamedTuple):
    """`due`: every figure that is there; what is not there must be blank."""

    layout: str
    content: str
    due: Mapping[str, Number]

    @property
    def suffix(self) -> str:
        """Of its file."""
        return "md" if "|" in self.content else "txt"


class Odds(NamedTuple):
    """How often, from 0 to 1: a cell is blank, its digits are spread, a page is numbered, a line is lost."""

    blank: float
    spread: float
    page: float
    lost: float
    totals: bool
    zeros: bool


def scrambled(seed: int, reports: Sequence[Report]) -> Text:
    """One of them."""
    chance = random.Random(seed)
    often = [chance.choice((0, 0, 0, 0.02, 0.1, 0.5)) for _ in range(4)]
    odds = Odds(often[0], often[1], often[2], often[3], chance.random() < 0.2, chance.random() < 0.2)
    source = sketch(disturbed(chance.choice(reports), chance))
    source = in_one_row(source) if chance.random() < 0.1 else source
    source = labels(unnumbered)(source) if chance.random() < 0.1 else source
    layout, flattened = chance.choice([*LAYOUTS]), chance.random() < 0.1
    lines: list[Line] = []
    for block in source.blocks:
        if isinstance(block, str):
            lines += [[(block, "")], []]
            continue
        [grid] = flat(block) if flattened else (block,)
        grid = grid._replace(boxes=tuple(shown(box, odds, chance) if box.figure else box for box in grid.boxes))
        lines += [*LAYOUTS[layout](grid, chance), []]
    lines = [line for line in lines if chance.random() >= odds.lost / 10]
    return printed(layout, lines, odds, chance)


def printed(layout: str, lines: Sequence[Line], odds: Odds, chance: random.Random) -> Text:
    """The lines below each other, the numbers of pages among them; of some only the beginning is there."""
    content, page = "", chance.randrange(1, 9)
    ends: dict[str, tuple[int, Number]] = {}
    for line in lines:
        for text, cell in line:
            content += text
            if cell and (digits := text.replace(" ", "")):
                ends[cell] = len(content), Decimal(digits)
        content += "\n"
        if chance.random() < odds.page / 5:
            content += f"{page}\n"
            page += 1
    end = chance.randrange(len(content)) if chance.random() < 0.3 else len(content)
    return Text(layout, content[:end], {cell: number for cell, (at, number) in ends.items() if at <= end})


def disturbed(report: Report, chance: random.Random) -> Report:
    """The report with other numbers here and there, so that relations fail."""
    share = chance.choice((0, 0, 0.02, 0.2, 1))
    figures = {
        cell: chance.choice((0, chance.randrange(10), chance.randrange(100), chance.randrange(3000)))
        if chance.random() < share and not cell.endswith("amount")
        else number
        for cell, number in report.figures.items()
    }
    report = replace(report, figures=figures)
    return report.totalled() if chance.random() < 0.3 else report


def shown(box: Box, odds: Odds, chance: random.Random) -> Box:
    """A figure as it stands there."""
    if (odds.totals and box.figure.endswith("total")) or (odds.zeros and box.text == "0"):
        return box._replace(text="")
    if chance.random() < odds.blank:
        return box._replace(text="")
    if box.text.isdecimal() and chance.random() < odds.spread:
        return box._replace(text=" ".join(box.text))
    return box


def piece(box: Box) -> Piece:
    return (box.text if box.figure else words(box.text), box.figure)


def between(pieces: Sequence[Piece], joint: str, edges: tuple[str, str] = ("", "")) -> Line:
    parted = [part for one in pieces for part in (one, (joint, ""))][:-1]
    return [(edges[0], ""), *parted, (edges[1], "")]


def spaced(joint: str) -> Callable[[Grid, random.Random], list[Line]]:
    """Blank cells leave nothing."""
    return lambda grid, _: [between([piece(x) for x in line if x.text], joint) for line in grid.lines()]


def tabbed(grid: Grid, chance: random.Random) -> list[Line]:
    rows = expanded(grid, chance) if chance.random() < 0.5 else told_once(grid)
    return [between(row, "\t") for row in rows]


def told_once(grid: Grid) -> list[list[Piece]]:
    """Merged cells are one cell of their first line."""
    return [[piece(x) for x in line] for line in grid.lines()]


def expanded(grid: Grid, chance: random.Random) -> list[list[Piece]]:
    """As many cells in each line: merged ones are blank but for the first, or in all columns the same."""
    again = chance.random() < 0.2
    width = max(x.column + x.columns - 1 for x in grid.boxes)
    rows: list[list[Piece]] = [[("", "")] * width for _ in grid.lines()]
    for box in grid.boxes:
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                first = (row, column) == (box.row, box.column)
                rows[row - 1][column - 1] = piece(box) if first else (piece(box)[0] if again else "", "")
    return rows


def piped(grid: Grid, chance: random.Random) -> list[Line]:
    """Markdown of many makers."""
    rows = told_once(grid) if chance.random() < 0.4 else expanded(grid, chance)
    if chance.random() < 0.3:  # filled up on the right
        width = max(map(len, rows)) + chance.choice((0, 0, 1, 2))
        rows = [[*row, *[("", "")] * (width - len(row))] for row in rows]
    if chance.random() < 0.2:  # without what is blank there
        rows = [row[: max((at for at, (text, _) in enumerate(row, 1) if text), default=0)] for row in rows]
    edges = chance.choice((("| ", " |"), ("| ", " |"), ("", "")))
    rule: Line = [("|" + "---|" * len(rows[0]), "")]
    lines = [between(row, " | ", edges) for row in rows]
    return [lines[0], rule, *lines[1:]]


def listed(joint: str) -> Callable[[Grid, random.Random], list[Line]]:
    """A line for each cell; a bar on the line after it, or nothing, also for a blank one."""

    def write(grid: Grid, _: random.Random) -> list[Line]:
        cells = [piece(x) for line in grid.lines() for x in line]
        if not joint:
            return [[x] for x in cells if x[0]]
        return [line for x in cells for line in ([x], [(joint, "")])]

    return write


def together(grid: Grid, _: random.Random) -> list[Line]:
    """All cells without anything between them."""
    return [[piece(x) for line in grid.lines() for x in line]]


OUT = Path(tempfile.gettempdir()) / "scrambled"
LAYOUTS: Mapping[str, Callable[[Grid, random.Random], list[Line]]] = {
    "pipes": piped,
    "pipes again": piped,
    "tabs": tabbed,
    "spaces": spaced(" "),
    "columns": spaced("    "),
    "list": listed(""),
    "list of bars": listed("|"),
    "together": together,
}


def wrong(text: Text) -> tuple[Counter[str], dict[str, tuple[Number, Number | None]]]:
    """How many of its figures were read right or left blank, and those that were read wrong."""
    try:
        found = read(text.content.encode(), text.suffix, lenient=True).report.figures
    except InputError:
        return Counter(refused=1), {}
    bad = {cell: (number, text.due.get(cell)) for cell, number in found.items() if text.due.get(cell) != number}
    return Counter(right=len(found) - len(bad), blank=len(text.due.keys() - found.keys()), wrong=len(bad)), bad


def main() -> None:
    """Print the texts that were read wrong, and the sums."""
    OUT.mkdir(exist_ok=True)
    reports = [report for _, report in known()]
    sums: dict[str, Counter[str]] = {layout: Counter() for layout in LAYOUTS}
    for seed in range(int(sys.argv[1]), int(sys.argv[2])):
        text = scrambled(seed, reports)
        count, bad = wrong(text)
        sums[text.layout] += count
        if bad:
            (OUT / f"{seed}.{text.suffix}").write_text(text.content, "utf-8")
            print(seed, text.layout, len(bad), dict([*bad.items()][:3]), flush=True)  # noqa: T201
    for layout, count in sums.items():
        print(layout, dict(count))  # noqa: T201


if __name__ == "__main__":
    main()
