"""Which of the printed tables are the statutory ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlreport.form import Form
from xlreport.form import Table as Statutory
from xlreport.published.align import LIKE
from xlreport.published.page import Table, plain, squeezed
from xlreport.published.place import Placing, place

MOST_TABLES = 60
"""Of a document that are looked at; each must have some labels of a statutory one as they are."""
_LABELS = 3


def words_of(table: Table) -> set[str]:
    """What its cells say, each as labels are compared."""
    return {plain(spot.text) for spot in table.spots}


def promising(texts: Sequence[set[str]], statutory: Statutory) -> list[int]:
    """The tables that have some of its labels as they are, those with most of them first. texts: see `words_of`."""
    labels = {plain(label.text) for label in statutory.labels}
    shared = [(len(labels & cells), -number) for number, cells in enumerate(texts)]
    return [-number for count, number in sorted(shared, reverse=True) if count >= _LABELS][:MOST_TABLES]


def find_tables(tables: Sequence[Table], form: Form) -> tuple[dict[str, int], dict[str, Placing]]:
    """For each table of `form` the printed one that fits it best, as its number, and the cells found in it, if any."""
    where: dict[str, int] = {}
    placed: dict[str, Placing] = {}
    texts = [*map(words_of, tables)]
    tried = [
        (place(tables[number], form, statutory.id), number, statutory.id)
        for statutory in form.tables
        for number in promising(texts, statutory)
    ]
    for placing, number, id_ in sorted(tried, key=lambda item: (not item[0].cells, -item[0].fit)):
        if placing.fit >= LIKE and id_ not in where and number not in where.values():
            where[id_], placed[id_] = number, placing
    return where, placed


def clashing(tables: Sequence[Table], form: Form, where: Mapping[str, int], placed: Mapping[str, Placing]) -> list[str]:
    """The statutory tables that are printed twice with other figures: whose they are, nobody can say."""
    texts = [*map(words_of, tables)]
    return [
        id_
        for id_, placing in placed.items()
        for number in promising(texts, form.table(id_))
        if number not in where.values() and _differ(placing, place(tables[number], form, id_))
    ]


def _differ(one: Placing, other: Placing) -> bool:
    """Whether the other is like the table too, and a figure that both have is not the same."""
    pairs = [(spot.text, other.cells[cell].text) for cell, spot in one.cells.items() if cell in other.cells]
    return other.fit >= LIKE and any(a.strip() and b.strip() and squeezed(a) != squeezed(b) for a, b in pairs)
