"""The statutory tables as they may be found in print."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from xlreport.form import Table as Statutory
from xlreport.form import load_form
from xlreport.published.align import Row
from xlreport.published.grid import Grid
from xlreport.published.page import Spot, Table


class Group(NamedTuple):
    """A line of figures: its number, those of the lines of heads above it, and each figure's id and heads.

    name: the line without which nobody knows whose figures they are; 0 where their own line tells.
    """

    line: int
    heads: tuple[int, ...]
    cells: tuple[str, ...]
    titles: tuple[str, ...]
    name: int = 0


class Model(NamedTuple):
    """Every line of it, and those of figures."""

    rows: tuple[Row, ...]
    groups: tuple[Group, ...]


@cache
def models(form: str, id_: str) -> tuple[Model, ...]:
    """The statutory table as it may be found in print: as the form has it, and with its blocks below each other."""
    table = load_form(form).table(id_)
    labels = [Spot(x.row, x.column, x.rows, x.columns, x.text) for x in table.labels]
    heads = {x.row for x in table.labels if x.role == "head"}
    figures = [(x.id, x.row, x.column, x.columns) for x in table.figures]
    wide = _model(labels, heads, figures)
    blocks = len({x.row_id for x in table.figures if x.row == figures[0][1]})
    return (wide, _tall(table, blocks)) if blocks > 1 else (wide,)


def _tall(table: Statutory, blocks: int) -> Model:
    """Each block with its name and heads above its figures."""
    count = len(table.column_ids)
    labels, figures, heads = [], [], set()
    for block in range(blocks):
        mine = table.figures[block * count : (block + 1) * count]
        line = 3 * block + 1
        heads |= {line, line + 1}
        labels.append(Spot(line, 1, 1, count, mine[0].names[-2]))
        labels += [Spot(line + 1, at, 1, 1, figure.names[-1]) for at, figure in enumerate(mine, 1)]
        figures += [(figure.id, line + 2, at, 1) for at, figure in enumerate(mine, 1)]
    model = _model(labels, heads, figures)
    return model._replace(groups=tuple(group._replace(name=group.heads[0]) for group in model.groups))


def _model(labels: Sequence[Spot], heads: Collection[int], figures: Sequence[tuple[str, int, int, int]]) -> Model:
    """heads: rows of labels that head columns. figures: id, row, column and width."""
    grid = Grid(Table((*labels, *(Spot(row, column, 1, columns, "") for _, row, column, columns in figures))))
    groups = []
    for line in sorted({row for _, row, _, _ in figures}):
        above: list[int] = []
        for row in range(line - 1, 0, -1):
            if row in heads:
                above.insert(0, row)
            elif above:
                break
        mine = [(id_, column) for id_, row, column, _ in figures if row == line]
        titles = tuple(grid.title(above, column) for _, column in mine)
        groups.append(Group(line, tuple(above), tuple(id_ for id_, _ in mine), titles))
    return Model(tuple(grid.rows), tuple(groups))
