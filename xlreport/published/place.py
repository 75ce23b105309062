"""Which cell of a printed table holds which figure of a statutory one: told by labels alone.

Lines of the form and of the print are aligned in order, by what they say; columns by the heads above them. So labels
may be misspelt, lines inserted or missing, heads split over two lines or repeated after a page break.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from xlreport.form import Form
from xlreport.published.align import Row, align
from xlreport.published.grid import Grid
from xlreport.published.heads import BEFORE, EVER, order_of, pieces
from xlreport.published.model import Group, Model, models
from xlreport.published.page import Spot, Table, likeness
from xlreport.published.values import looks_like_value, says_unit, unit_around, unit_in

_LIKE_HEAD = 0.75
"""From here on two heads are taken for the same."""
_WORDS = re.compile("[\u4e00-\u9fff]{2}")


class Placing(NamedTuple):
    """The cells of a statutory table found in print, by id, and how well the labels fit, from 0 to 1.

    changed: (labels of a line in the form, in print) where they differ; "" where one of them has no such
    line. added: lines with figures that the form has not. units: of cells whose heads or label tell one, see `unit_in`.
    years: of those whose heads tell years, of which the report may be.
    """

    cells: Mapping[str, Spot]
    fit: float
    changed: tuple[tuple[str, str], ...]
    added: tuple[str, ...] = ()
    units: Mapping[str, str] = MappingProxyType({})
    years: Mapping[str, frozenset[int]] = MappingProxyType({})


def place(table: Table, form: Form, id_: str) -> Placing:
    """The figures of the form's table `id_` in a printed table, in whichever of its layouts fits best."""
    grid = Grid(table)
    model, lines, fit = _best(grid, form, id_)
    cells, units, years = _cells(grid, form, model, lines, table.caption)
    figures = set(cells.values())
    pairs = (
        (line, grid.labels(lines[at], figures) if at in lines else Row("", "")) for at, line in enumerate(model.rows, 1)
    )
    changed = [(due.text, found.text) for due, found in pairs if due.own != found.own]
    known = {row.own for row in model.rows}  # heads are repeated on each page
    others = [at for at in range(1, grid.height + 1) if at not in lines.values()]
    added = {at: text for at in others if (text := _figures_in(grid, at))}
    words = (grid.labels(at, figures) for at in others if at not in added)
    changed += [("", row.text) for row in words if row.own and row.own not in known]
    return Placing(cells, fit, tuple(changed), tuple(added.values()), units, years)


def fit(table: Table, form: Form, id_: str) -> float:
    """How well the labels of a printed table fit those of `id_`, from 0 to 1."""
    return _best(Grid(table), form, id_)[2]


def _best(grid: Grid, form: Form, id_: str) -> tuple[Model, dict[int, int], float]:
    """The layout of the form that fits best, which line of it is which printed one, and how well they fit."""
    return max(((model, *align(model.rows, grid.rows)) for model in models(form.id, id_)), key=lambda tried: tried[2])


def _cells(
    grid: Grid, form: Form, model: Model, lines: Mapping[int, int], caption: str
) -> tuple[dict[str, Spot], dict[str, str], dict[str, frozenset[int]]]:
    """The cell of each figure, where there is one for certain; the unit, and the years, that stand over it or by it."""
    said = pieces([" ".join(spot.text for spot in grid.begins(at)) for at in range(1, grid.height + 1)])
    cells: dict[str, Spot] = {}
    units: dict[str, str] = {}
    years: dict[str, frozenset[int]] = {}
    around = [spot for at in range(1, grid.height + 1) for spot in grid.begins(at) if says_unit(spot.text)]
    for group in model.groups:
        if group.line not in lines or (group.name and group.name not in lines):
            continue
        row = lines[group.line]
        if _has_twin(grid, row):
            continue
        heads = _heads(grid, row, group, lines)
        found = _columns(grid, row, heads, group.titles) if heads else None
        if found is None:
            other = order_of([form.figures[id_] for id_ in group.cells], said, row - 1) == "other"
            found = [None] * len(group.cells) if other else _ordered(grid, row, len(group.cells))
        mine = {cell: spot for cell, spot in zip(group.cells, found, strict=True) if spot is not None}
        titles = dict(zip(group.cells, group.titles, strict=True))
        said_of = {cell: grid.title(heads, spot.column) for cell, spot in mine.items()}
        mine = {cell: spot for cell, spot in mine.items() if not _of_another_time(titles[cell], said_of[cell])}
        years |= {cell: told for cell in mine if (told := _years(titles[cell], said_of[cell]))}
        labels = [spot.text for spot in grid.line(row) if not looks_like_value(spot.text)]
        over = {cell: [s.text for line in heads if (s := grid.at(line, spot.column))] for cell, spot in mine.items()}
        above = [caption, *(spot.text for spot in around if spot.row < row)]
        figures = form.figures
        told_here = {cell: unit_in([*labels, *texts], figures[cell]) for cell, texts in over.items()}
        units |= {cell: told or unit_around(above, figures[cell]) for cell, told in told_here.items()}
        cells |= mine
    return cells, units, years


def _has_twin(grid: Grid, row: int) -> bool:
    """Whether another line has the same label and other numbers: then nobody knows which is meant."""
    own = grid.rows[row - 1].own
    twins = [at for at, other in enumerate(grid.rows, 1) if own and other.own == own]
    return len({grid.numbers(at) for at in twins}) > 1


def _figures_in(grid: Grid, row: int) -> str:
    """What begins in a line, if there is a figure among it."""
    texts = [text for spot in grid.begins(row) if (text := " ".join(spot.text.split()))]
    return " ".join(texts) if any(map(looks_like_value, texts)) else ""


def _heads(grid: Grid, row: int, group: Group, lines: Mapping[int, int]) -> list[int]:
    """The lines of heads above a row: those that are the form's, and what stands with them and is no line of it."""
    mine = {lines[head] for head in group.heads if head in lines}
    others = {*lines.values()} - mine

    def stands_with(line: int) -> bool:
        return 0 < line < row and line not in others and (line in mine or not _figures_in(grid, line))

    first = last = max(mine, default=row - 1)
    while stands_with(first):
        first -= 1
    while stands_with(last + 1):
        last += 1
    return [line for line in range(first + 1, last + 1) if line in mine or len(grid.line(line)) > 1]


def _columns(grid: Grid, row: int, heads: Sequence[int], titles: Sequence[str]) -> list[Spot | None] | None:
    """The cell of each figure in a line, by the heads above; None where they do not fit.

    Two titles never share a cell, stand in the order of the form, and leave no number over. Where the heads tell
    another order, none is known; under a head that tells of another time, that one.
    """
    spots = grid.begins(row)
    named = [(spot, grid.title(heads, spot.column)) for spot in spots]
    found = _matched(titles, named)
    said = dict(named)
    pairs = [(title, said[spot] if spot else "") for title, spot in zip(titles, found, strict=True)]
    late = [_of_another_time(title, heads) for title, heads in pairs]
    found = [None if other else spot for other, spot in zip(late, found, strict=True)]
    whole = [spot for spot in found if spot is not None]
    if any(a.column >= b.column for a, b in pairwise(whole)):
        return [None] * len(titles)
    if any(late):
        return found
    if len(whole) < len(titles):
        return None
    rest = [spot for spot in spots if spot not in whole and looks_like_value(spot.text)]
    labels = any(_WORDS.search(spot.text) and not looks_like_value(spot.text) for spot in whole)
    shifted = labels and any(spot.column > whole[-1].column for spot in rest)
    return None if shifted or any(spot.text.strip() for spot in rest) else found


def _of_another_time(title: str, heads: str) -> bool:
    """Whether the heads of a column tell of another time than the title that they are like."""
    if "本年" in title and "本年" not in heads:
        return bool(BEFORE.search(heads) or EVER.search(heads))
    return bool(BEFORE.search(heads)) and not BEFORE.search(title)


def _years(title: str, heads: str) -> frozenset[int]:
    """The years of which a report may be whose heads, over a column with that title, tell years; empty where none."""
    told = {int(year) for year in re.findall(r"20\d\d(?=年)", heads)}
    later = {year + 1 for year in told if BEFORE.search(title) or "增" in title}
    return frozenset(later if BEFORE.search(title) else told | later)


def _ordered(grid: Grid, row: int, count: int) -> list[Spot | None]:
    """The last cells of a line in their order, where as many hold values."""
    spots = grid.begins(row)
    split = len(spots) - count
    in_order = split >= 0 and [looks_like_value(spot.text) for spot in spots] == [False] * split + [True] * count
    return [*spots[split:]] if in_order else [None] * count


def _matched(titles: Sequence[str], named: Sequence[tuple[Spot, str]]) -> list[Spot | None]:
    """For each title the cell whose heads are most like it, if no other title is more like them."""
    likes = [[likeness(title, heads) for _, heads in named] for title in titles]
    found: list[Spot | None] = []
    for row in likes:
        best = max(row, default=0.0)
        at = row.index(best) if best >= _LIKE_HEAD and row.count(best) == 1 else None
        rivals = [] if at is None else [other[at] for other in likes]
        found.append(named[at][0] if at is not None and max(rivals) == best and rivals.count(best) == 1 else None)
    return found
