"""Which printed table is which statutory one, and which of its cells holds which figure: told by labels alone.

Lines of the form and of the print are aligned in order, by what they say; columns by the heads above them. So labels
may be misspelt, lines inserted or missing, heads split over two lines or repeated after a page break.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from xlreport.form import Form, load_form
from xlreport.form import Table as Statutory
from xlreport.published.heads import order_of, pieces
from xlreport.published.page import Spot, Table, likeness, plain, squeezed
from xlreport.published.values import looks_like_value

MOST_LINES = 400
"""Of a printed table that is looked at. The longest statutory one has 28."""
MOST_COLUMNS = 100
"""Likewise; the widest statutory table has 15."""
MOST_TEXT = 500
"""Characters of a cell that are looked at: a label has at most some fifty, and its cell may reach down every line."""
MOST_TABLES = 60
"""Of a document that are looked at; each must have some labels of a statutory one as they are."""
_LABELS = 3
_TIE = 1e-9
LIKE, _LIKE_HEAD = 0.6, 0.75
"""From here on two labels are taken for the same; LIKE also for a table as a whole."""


_SHORT = {
    "逾期不补正": "1申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
    "逾期不缴费": "2申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "二部分公开": "二部分公开区分处理的只计这一情形不计其他情形",
    "逾期未缴费": "2申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
}
"""Labels that offices shorten beyond likeness."""


def called(text: str) -> str:
    """A label as it is compared, shortened ones as the form has them."""
    label = plain(text)
    return _SHORT.get(label.lstrip("0123456789"), label)


class Row(NamedTuple):
    """The labels of one line: those that begin in it, and those that reach down from above; and its other cells."""

    own: str
    above: str
    text: str = ""
    values: int = 0


class Placing(NamedTuple):
    """The cells of a statutory table found in print, by id, and how well the labels fit, from 0 to 1.

    changed: (labels of a line in the form, in print) where they differ; "" where one of them has no such
    line. added: lines with figures that the form has not.
    """

    cells: Mapping[str, Spot]
    fit: float
    changed: tuple[tuple[str, str], ...]
    added: tuple[str, ...] = ()


class Grid:
    """A printed table with its places filled: `at` gives the cell that covers a place."""

    def __init__(self, table: Table) -> None:
        self.height, self.width = min(table.height, MOST_LINES), min(table.width, MOST_COLUMNS)
        self._spots: dict[tuple[int, int], Spot] = {}
        for spot in (spot._replace(text=spot.text[:MOST_TEXT]) for spot in table.spots):
            for row in range(spot.row, min(spot.row + spot.rows, self.height + 1)):
                for column in range(spot.column, min(spot.column + spot.columns, self.width + 1)):
                    self._spots[row, column] = spot

    def at(self, row: int, column: int) -> Spot | None:
        """The cell that covers this place."""
        return self._spots.get((row, column))

    def line(self, row: int) -> list[Spot]:
        """The cells of a line from left to right, those that reach down into it too."""
        spots = (self.at(row, column) for column in range(1, self.width + 1))
        return list(dict.fromkeys(spot for spot in spots if spot is not None))


def place(table: Table, form: Form, id_: str) -> Placing:
    """The figures of the form's table `id_` in a printed table, in whichever of its layouts fits best."""
    grid = Grid(table)
    rows = [_row(grid, row) for row in range(1, grid.height + 1)]
    model, (lines, fit) = max(
        ((model, align(model.rows, rows)) for model in _models(form.id, id_)), key=lambda tried: tried[1][1]
    )
    said = pieces([" ".join(s.text for s in grid.line(at) if s.row == at) for at in range(1, grid.height + 1)])
    cells: dict[str, Spot] = {}
    for group in model.groups:
        if group.line not in lines or (group.name and group.name not in lines):
            continue
        row = lines[group.line]
        if _has_twin(grid, rows, row):
            continue
        heads = [lines[head] for head in group.heads if head in lines]
        columns = _columns(grid, row, heads, group.titles)
        if columns is None:
            other = order_of([form.figures[id_] for id_ in group.cells], said, row - 1) == "other"
            columns = [None] * len(group.cells) if other else _ordered(grid, row, len(group.cells))
        cells |= {cell: spot for cell, spot in zip(group.cells, columns, strict=True) if spot is not None}
    figures = set(cells.values())
    pairs = (
        (line, _row(grid, lines[at], figures) if at in lines else Row("", "")) for at, line in enumerate(model.rows, 1)
    )
    changed = [(due.text, found.text) for due, found in pairs if due.own != found.own]
    known = {row.own for row in model.rows}  # heads are repeated on each page
    others = [at for at in range(1, grid.height + 1) if at not in lines.values()]
    added = {at: text for at in others if (text := _figures_in(grid, at))}
    words = (_row(grid, at, figures) for at in others if at not in added)
    changed += [("", row.text) for row in words if row.own and row.own not in known]
    return Placing(cells, fit, tuple(changed), tuple(added.values()))


def _has_twin(grid: Grid, rows: Sequence[Row], row: int) -> bool:
    """Whether another line has the same label and other numbers: then nobody knows which is meant."""
    own = rows[row - 1].own
    twins = [at for at, other in enumerate(rows, 1) if own and other.own == own]
    return len({_numbers(grid, at) for at in twins}) > 1


def _numbers(grid: Grid, row: int) -> tuple[str, ...]:
    spots = (spot for spot in grid.line(row) if spot.row == row and looks_like_value(spot.text))
    return tuple(squeezed(spot.text) for spot in spots)


def fit(table: Table, form: Form, id_: str) -> float:
    """How well the labels of a printed table fit those of `id_`, from 0 to 1."""
    grid = Grid(table)
    rows = [_row(grid, row) for row in range(1, grid.height + 1)]
    return max(align(model.rows, rows)[1] for model in _models(form.id, id_))


def promising(table: Table, form: Form, id_: str) -> bool:
    """Whether it has some labels of `id_` as they are."""
    labels = {plain(label.text) for label in form.table(id_).labels}
    return len(labels & {plain(spot.text) for spot in table.spots}) >= _LABELS


def find_tables(tables: Sequence[Table], form: Form) -> tuple[dict[str, int], dict[str, Placing]]:
    """For each table of `form` the printed one that fits it best, as its number, and the cells found in it."""
    where: dict[str, int] = {}
    placed: dict[str, Placing] = {}
    texts = [{plain(spot.text) for spot in table.spots} for table in tables]
    tried = [
        (place(tables[number], form, statutory.id), number, statutory.id)
        for statutory in form.tables
        for number in _promising(texts, {plain(label.text) for label in statutory.labels})
    ]
    for placing, number, id_ in sorted(tried, key=lambda item: -item[0].fit):
        if placing.fit >= LIKE and placing.cells and id_ not in where and number not in where.values():
            where[id_], placed[id_] = number, placing
    return where, placed


def clashing(tables: Sequence[Table], form: Form, where: Mapping[str, int], placed: Mapping[str, Placing]) -> list[str]:
    """The statutory tables that are printed twice with other figures: whose they are, nobody can say."""
    texts = [{plain(spot.text) for spot in table.spots} for table in tables]
    return [
        id_
        for id_, placing in placed.items()
        for number in _promising(texts, {plain(label.text) for label in form.table(id_).labels})
        if number not in where.values() and _differ(placing, place(tables[number], form, id_))
    ]


def _differ(one: Placing, other: Placing) -> bool:
    """Whether both are the whole table, and a figure is not the same."""
    pairs = [(spot.text, other.cells[cell].text) for cell, spot in one.cells.items() if cell in other.cells]
    return other.fit >= LIKE and any(a.strip() and b.strip() and squeezed(a) != squeezed(b) for a, b in pairs)


def _promising(texts: Sequence[set[str]], labels: set[str]) -> list[int]:
    """The tables that have some of these labels as they are, those with most of them first."""
    shared = [(len(labels & cells), -number) for number, cells in enumerate(texts)]
    return [-number for count, number in sorted(shared, reverse=True) if count >= _LABELS][:MOST_TABLES]


def align(wanted: Sequence[Row], found: Sequence[Row]) -> tuple[dict[int, int], float]:
    """Lines of `wanted` and `found` (from 1) that are the same, in order, and the mean likeness over `wanted`.

    A line is not taken for one when it is more like another: two that have changed places are both unknown.
    """
    likes = [[_alike(w, f) for f in found] for w in wanted]
    most = [max(column) for column in zip(*likes, strict=True)]
    likes = [[like if like >= best - _TIE else 0.0 for like, best in zip(row, most, strict=True)] for row in likes]
    best = [[0.0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            taken = likes[i][j] + best[i + 1][j + 1] if likes[i][j] >= LIKE else 0.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    lines: dict[int, int] = {}
    i = j = 0
    while i < len(wanted) and j < len(found):
        if likes[i][j] >= LIKE and best[i][j] == likes[i][j] + best[i + 1][j + 1]:
            lines[i + 1] = j + 1
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return lines, best[0][0] / max(1, len(wanted))


class _Group(NamedTuple):
    """A line of figures: its number, those of the lines of heads above it, and each figure's id and heads.

    name: the line without which nobody knows whose figures they are; 0 where their own line tells.
    """

    line: int
    heads: tuple[int, ...]
    cells: tuple[str, ...]
    titles: tuple[str, ...]
    name: int = 0


class _Model(NamedTuple):
    rows: tuple[Row, ...]
    groups: tuple[_Group, ...]


@cache
def _models(form: str, id_: str) -> tuple[_Model, ...]:
    """The statutory table as it may be found in print: as the form has it, and with its blocks below each other."""
    table = load_form(form).table(id_)
    labels = [Spot(x.row, x.column, x.rows, x.columns, x.text) for x in table.labels]
    heads = {x.row for x in table.labels if x.role == "head"}
    figures = [(x.id, x.row, x.column, x.columns) for x in table.figures]
    wide = _model(labels, heads, figures)
    blocks = len({x.row_id for x in table.figures if x.row == figures[0][1]})
    return (wide, _tall(table, blocks)) if blocks > 1 else (wide,)


def _tall(table: Statutory, blocks: int) -> _Model:
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


def _model(labels: Sequence[Spot], heads: Collection[int], figures: Sequence[tuple[str, int, int, int]]) -> _Model:
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
        titles = tuple(_title(grid, above, column) for _, column in mine)
        groups.append(_Group(line, tuple(above), tuple(id_ for id_, _ in mine), titles))
    return _Model(tuple(_row(grid, row) for row in range(1, grid.height + 1)), tuple(groups))


def _row(grid: Grid, row: int, figures: Collection[Spot] = ()) -> Row:
    """The labels of a line: what is no known figure, and does not look like one."""
    labels = [spot for spot in grid.line(row) if spot not in figures and not looks_like_value(spot.text)]
    begin = [spot.text for spot in labels if spot.row == row]
    above = "".join(called(spot.text) for spot in labels if spot.row < row)
    values = sum(spot.row == row for spot in grid.line(row)) - len(begin)
    return Row("".join(map(called, begin)), above, " ".join(" ".join(text.split()) for text in begin), values)


def _figures_in(grid: Grid, row: int) -> str:
    """What begins in a line, if there is a figure among it."""
    texts = [text for spot in grid.line(row) if spot.row == row and (text := " ".join(spot.text.split()))]
    return " ".join(texts) if any(map(looks_like_value, texts)) else ""


def _alike(one: Row, other: Row) -> float:
    """How like two lines are: their own labels count most."""
    if not one.own and not other.own:
        return likeness(one.above, other.above) if other.values >= one.values else 0.0
    return 0.85 * likeness(one.own, other.own) + 0.15 * likeness(one.above, other.above)


def _title(grid: Grid, rows: Iterable[int], column: int) -> str:
    """The heads of a column, from the outermost inwards."""
    spots = (grid.at(row, column) for row in rows)
    return "".join(plain(spot.text) for spot in dict.fromkeys(spots) if spot is not None)


def _columns(grid: Grid, row: int, heads: Sequence[int], titles: Sequence[str]) -> list[Spot | None] | None:
    """The cell of each title in a line, by the heads above; None where they do not fit.

    Two titles never share a cell, stand in the order of the form, and leave no number over. Where the heads tell
    another order, none is known.
    """
    if not heads:
        return None
    spots = [spot for spot in grid.line(row) if spot.row == row]
    rows = range(min(heads), max(heads) + 1)
    found = _matched(titles, [(spot, _title(grid, rows, spot.column)) for spot in spots])
    whole = [spot for spot in found if spot is not None]
    if any(a.column >= b.column for a, b in pairwise(whole)):
        return [None] * len(titles)
    over = any(spot.text.strip() and looks_like_value(spot.text) for spot in spots if spot not in whole)
    return found if len(whole) == len(titles) and not over else None


def _ordered(grid: Grid, row: int, count: int) -> list[Spot | None]:
    """The last cells of a line in their order, where as many hold values."""
    spots = [spot for spot in grid.line(row) if spot.row == row]
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
