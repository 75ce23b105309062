"""A report as an office might lay it out: paragraphs and grids whose cells know which figure they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from xlreport.form.weigh import Number
from xlreport.report import Report


class Box(NamedTuple):
    """A printed cell, from row and column 1; `figure` is the id of what it shows, "" for a label."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    figure: str = ""


class Grid(NamedTuple):
    """A printed table; `id` is that of the statutory one, "" for another."""

    id: str
    boxes: tuple[Box, ...]

    def lines(self) -> list[list[Box]]:
        """The cells by the row that they begin in."""
        height = max(box.row + box.rows - 1 for box in self.boxes)
        return [sorted(box for box in self.boxes if box.row == row) for row in range(1, height + 1)]


class Sketch(NamedTuple):
    """What is printed, title first, and what a careful reader makes of it: `due` has every figure that is there."""

    blocks: tuple[str | Grid, ...]
    due: Mapping[str, Number]


Change = Callable[[Sketch], Sketch]


def sketch(report: Report) -> Sketch:
    """A report as the form prints it."""
    form = report.statute
    blocks: list[str | Grid] = [f"{report.agency}{report.year}年政府信息公开工作年度报告"]
    blocks += paragraphs(report.words.get("preamble", ""))
    for section in form.sections:
        blocks.append(section.heading)
        if section.table:
            table = form.table(section.table)
            labels = [Box(x.row, x.column, x.rows, x.columns, x.text) for x in table.labels]
            cells = [Box(x.row, x.column, 1, x.columns, shown(report.figures.get(x.id)), x.id) for x in table.figures]
            blocks.append(Grid(section.table, tuple(sorted([*labels, *cells]))))
        for key, heading in section.text:
            blocks += [heading] * bool(heading and key in report.words)
            blocks += paragraphs(report.words.get(key, ""))
    return Sketch(tuple(blocks), dict(report.figures))


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def shown(number: Number | None) -> str:
    return "" if number is None else format(number, "f") if not isinstance(number, int) else str(number)


def grids(change: Callable[[Grid], Iterable[str | Grid]]) -> Change:
    """Each table becomes what `change` makes of it."""

    def changed(source: Sketch) -> Sketch:
        blocks = (change(block) if isinstance(block, Grid) else (block,) for block in source.blocks)
        return source._replace(blocks=tuple(block for several in blocks for block in several))

    return changed


def boxes(change: Callable[[Box], Box]) -> Change:
    """Each cell becomes what `change` makes of it."""
    return grids(lambda grid: (grid._replace(boxes=tuple(map(change, grid.boxes))),))


def labels(change: Callable[[str], str]) -> Change:
    """Each label is changed."""
    return boxes(lambda box: box if box.figure else box._replace(text=change(box.text)))


def lines(change: Callable[[str], str]) -> Change:
    """Each paragraph is changed, the title too."""
    return lambda source: source._replace(
        blocks=tuple(change(block) if isinstance(block, str) else block for block in source.blocks)
    )


def cells(change: Callable[[Box], str], due: Callable[[Box], Number | None] | None = None) -> Change:
    """Each figure is written as `change` says; what it is to be read as is `due`, or as before where it is the same."""

    def changed(source: Sketch) -> Sketch:
        wanted = dict(source.due)
        for box in (box for grid in source.blocks if isinstance(grid, Grid) for box in grid.boxes if box.figure):
            if change(box) != box.text and due is not None:
                number = due(box)
                wanted.pop(box.figure, None)
                wanted |= {} if number is None else {box.figure: number}
        after = boxes(lambda box: box._replace(text=change(box)) if box.figure else box)(source)
        return after._replace(due=wanted)

    return changed


def wider(grid: Grid, row: int) -> Grid:
    """The table with room for one more line below `row`: cells that reach past it reach further."""
    moved = []
    for box in grid.boxes:
        if box.row > row:
            moved.append(box._replace(row=box.row + 1))
        elif box.row + box.rows - 1 > row:
            moved.append(box._replace(rows=box.rows + 1))
        else:
            moved.append(box)
    return grid._replace(boxes=tuple(moved))
