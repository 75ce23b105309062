"""Rows of a text put to the rows of a statutory table: by their labels, or in order between two that have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from xlreport.form import Table as Statutory
from xlreport.origin import By
from xlreport.published.align import Row, align, called
from xlreport.published.barred import are_told_once, trimmed, under
from xlreport.published.doubt import Doubt, is_plain, is_sure
from xlreport.published.page import likeness, plain
from xlreport.published.rows import Numbers, adds_up

Found = dict[str, tuple[int, str, By]]
"""By id of the figure: the line, from 0, the text of its cell, and how it was told."""

_T4 = 15
"""Figures of table 四, all in one row."""
_LIKE_LABEL = 0.7
_SEVERAL = 3
_LIKE = 0.8
"""行政许可 and 行政处罚 are half alike, 规范性文件 and 行政规范性文件 five sixths."""


def by_lines(table: Statutory, rows: Sequence[Numbers], lines: Sequence[str], doubt: Doubt) -> Found:
    """Rows with as many cells as the form has, at their labels, or in order between two that are.

    `lines` are those of the text: a label may go on over the lines before and after its numbers.
    """
    groups = _groups(table)
    if table.id == "t4":
        heads_only = {"", *(plain(x.text) for x in table.labels)}  # with another's label they are two rows of table 三
        return _of_t4(groups[0][1], [row for row in rows if plain(row.label) in heads_only], doubt)
    if table.id == "t2":
        return _by_names(table, [row for row in rows if is_plain(row, doubt)], lines)
    heads = _heads(table, groups[0][1])
    fitting = [fitted for row in rows if (fitted := under(heads, row, lines) or _of_t3(heads, row, lines))]
    usable = [row for row in fitting if len(row.cells) == len(heads) and is_sure(row, doubt)]
    wanted = [Row(label, "", values=len(ids)) for label, ids in groups]
    taken = {row.line for row in rows}
    around = {n: line for n, line in enumerate(lines) if n not in taken}
    named = _single([(_name(row, around, [label for label, _ in groups]), row) for row in usable])
    usable = [row for _, row in named]
    at, _ = align(wanted, [Row(name, "", values=len(row.cells)) for name, row in named])
    cells: Found = {}
    for (_, ids), row in ((groups[number - 1], usable[found - 1]) for number, found in at.items()):
        cells |= _cells(ids, row) if len(ids) == len(row.cells) else {}
    known = sorted(at.items())
    for (number, found), (after, found_after) in pairwise(known):
        if after - number != found_after - found:
            continue
        for step in range(1, after - number):
            row = usable[found + step - 1]
            if adds_up(row.cells):
                cells |= _cells(groups[number + step - 1][1], row, "order")
    return cells


def _of_t3(heads: Sequence[str], row: Numbers, lines: Sequence[str]) -> Numbers | None:
    """The row, where no blank cell may be one of its label: behind that, only where the heads have none either."""
    if row.walled and not row.listed and any(row.cells) and not row.cells[0] and not are_told_once(heads, row, lines):
        return None
    return trimmed(row, len(heads))


def _heads(table: Statutory, ids: Sequence[str]) -> list[str]:
    return [figure.names[-1] for id_ in ids for figure in table.figures if figure.id == id_]


def sizes(tables: Sequence[Statutory]) -> dict[str, int]:
    """How many figures stand behind each label."""
    return {label: len(ids) for table in tables for label, ids in _groups(table) if label}


def repeated(table: Statutory, rows: Sequence[Numbers]) -> bool:
    """Whether several rows of table 三 are there twice, with other numbers: then they are those of several reports."""
    groups = dict(_groups(table))
    known: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        name = called(row.label)
        if len(row.cells) == len(groups.get(name, ())):
            known.setdefault(name, set()).add(row.cells)
    return sum(len(different) > 1 for different in known.values()) >= _SEVERAL


def _single(named: Sequence[tuple[str, Numbers]]) -> list[tuple[str, Numbers]]:
    """Without rows whose name is there again with other cells: nobody knows which is meant."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for name, row in named:
        known.setdefault(name, set()).add(row.cells)
    return [(name, row) for name, row in named if not name or len(known[name]) == 1]


def _name(row: Numbers, around: Mapping[int, str], labels: Sequence[str]) -> str:
    """Its label, with the lines before and after where only they make it one of the form's; "" for a mere piece."""
    name = called(row.label)
    whole = plain(around.get(row.line - 1, "") + row.label + around.get(row.line + 1, ""))
    alone, together = (max(likeness(x, label) for label in labels) for x in (name, whole))
    if name and alone < _LIKE <= together:
        return whole
    return name if alone >= _LIKE_LABEL else ""


def _by_names(table: Statutory, rows: Sequence[Numbers], lines: Sequence[str]) -> Found:
    """Rows whose names are unlike each other, in any order; one that is there twice with other cells is unknown."""
    groups = _groups(table)
    wide = max(len(ids) for _, ids in groups)
    cells: Found = {}
    for label, ids in groups:
        named = [row for row in rows if likeness(plain(row.label), label) >= _LIKE]
        those = [under(_heads(table, ids), row, lines) or trimmed(row, wide) for row in named]
        fitting = [row._replace(cells=_unspanned(row.cells, len(ids))) for row in those if row]
        fitting = [row for row in fitting if len(row.cells) == len(ids)]
        if len({row.cells for row in fitting}) == 1:
            cells |= _cells(ids, fitting[0])
    return cells


def _unspanned(cells: tuple[str, ...], count: int) -> tuple[str, ...]:
    """One cell that was merged from several, which are all the same, or blank but the first."""
    if count == 1 and len({*cells[1:], cells[0]} - {""}) <= 1:
        return cells[:1] if cells[0] else cells
    return cells


def _of_t4(ids: Sequence[str], rows: Sequence[Numbers], doubt: Doubt) -> Found:
    """The one row of fifteen: its sums tell it, or the bars between its cells; of the blank ones, any."""
    rows = [short for row in rows if (short := trimmed(row, _T4)) and len(short.cells) == _T4]
    sure = [row for row in rows if all(adds_up(row.cells[start : start + 5]) for start in (0, 5, 10))]
    walled = [row for row in rows if row.walled and is_plain(row, doubt)]
    sure = sure or [row for row in walled if any(row.cells)] or walled[:1]
    return _cells(ids, sure[0]) if len({row.cells for row in sure}) == 1 else {}


def _groups(table: Statutory) -> list[tuple[str, list[str]]]:
    """Each line of figures: the label next to it, and its figures."""
    lines = sorted({figure.row for figure in table.figures})
    return [
        (
            next((plain(x.text) for x in reversed(table.labels) if x.role == "stub" and x.row == line), ""),
            [figure.id for figure in table.figures if figure.row == line],
        )
        for line in lines
    ]


def _cells(ids: Sequence[str], row: Numbers, by: By = "label") -> Found:
    return {id_: (row.line, text, by) for id_, text in zip(ids, row.cells, strict=True)}
