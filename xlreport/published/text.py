"""Plain text and Markdown: what is left of a report when its tables were copied or converted as words.

Three ways are tried: lines of numbers behind their labels (or, between two such lines, in the order of the form); cells
that run together; and one line for each row of table 二. What is found is put into tables as the form has them, so that
it is read on as if it had been printed so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlreport.errors import InputError, UnsafeError
from xlreport.form import FORMS, Figure, Form, load_form
from xlreport.form import Table as Statutory
from xlreport.origin import By, Origin
from xlreport.published.align import SHORT
from xlreport.published.byline import Found, by_lines, repeated, sizes
from xlreport.published.doubt import Doubt, doubt_of
from xlreport.published.headings import is_heading
from xlreport.published.heads import as_printed, in_order, pieces
from xlreport.published.page import Block, Line, Page, Spot, Table, plain
from xlreport.published.rows import Numbers, rows_of
from xlreport.published.together import run_together
from xlreport.safe.documents import html_text

MOST_BYTES = 2 << 20
"""Of a text; reports of cities have a third of a megabyte."""
MOST_LINES = 20_000
_LABELS = 3
_SIXTH = ("逾期未按收费", *(label for label in SHORT if label.startswith("逾期")))
"""Words of the rows that （六） has in form 2021."""
_HEADING = re.compile(r"第?[一二三四五六](?:、|部分)|[（(][一二三四五六七八九十]+[）)]|#")


def read_text(data: bytes) -> Page:
    """The lines of a text, and the tables found among them. Raises InputError."""
    if len(data) > MOST_BYTES:
        raise UnsafeError("published.size", limit=MOST_BYTES >> 20)
    text = html_text(data)
    lines = text.splitlines()[:MOST_LINES]
    cut = text[-1:].isdecimal()
    rows = rows_of(lines, cut=cut)
    said = plain("".join(lines))
    form, statutory = _statutory(said)
    for _, table in statutory:
        if table.id == "t3" and repeated(table, rows):
            raise InputError("published.several", sheets=table.sheet)
    heads, doubt = pieces(lines), doubt_of(sizes([table for _, table in statutory]), rows)
    blocks: list[tuple[int, Block]] = []
    inside: set[int] = set()
    moved: set[str] = set()
    for of, table in statutory:
        if not (cells := _found(of, table, lines, rows, doubt, cut=cut)):
            continue
        at = sorted(row for row, _, _ in cells.values())
        inside |= set(range(at[0], at[-1] + 1))
        kept, other = in_order(table, cells, heads)
        moved |= {table.id} if other else set()
        if kept:
            blocks.append((at[0], _table(table, {id_: cells[id_] for id_ in kept}, said)))
    prose = [(n, Line(text)) for n, text in _paragraphs(lines, inside, load_form(form))]
    return Page(
        tuple(block for _, block in sorted([*blocks, *prose], key=lambda item: item[0])),
        form=form,
        moved=frozenset(moved),
    )


def _statutory(said: str) -> tuple[str, list[tuple[Form, Statutory]]]:
    """The form whose own labels are there, and the tables to look for; （六） may be one row, as in form 2019.

    A table that has no labels there is not looked for: the words may be lost, and the numbers another's.
    """
    labels = {form: {plain(x.text) for t in load_form(form).tables for x in t.labels} for form in FORMS}
    common = set.intersection(*labels.values())
    form = max(FORMS, key=lambda form: sum(label in said for label in labels[form] - common))
    one_row = not any(plain(name) in said for name in _SIXTH)
    tables = []
    for id_ in ("t2", "t3", "t4"):
        used = load_form("2019" if id_ == "t3" and one_row else form)
        if sum(label in said for label in {plain(x.text) for x in used.table(id_).labels}) >= _LABELS:
            tables.append((used, used.table(id_)))
    return form, tables


def _found(
    form: Form, table: Statutory, lines: Sequence[str], rows: Sequence[Numbers], doubt: Doubt, *, cut: bool
) -> Found:
    """Each figure's line and text. cut: the last line ends within a number."""
    by_line = by_lines(table, rows, lines, doubt)
    together = run_together(form, table, lines[:-1] if cut else lines)
    return by_line if len(by_line) >= len(together) else together


def _table(table: Statutory, found: Found, said: str) -> Table:
    """The statutory table with these texts in it; a figure without one has no cell."""
    heads = {x.text: as_printed(x.text, said) for x in table.labels if x.role == "head"}
    labels = [Spot(x.row, x.column, x.rows, x.columns, heads.get(x.text, x.text)) for x in table.labels]
    figures = [_spot(figure, *found[figure.id]) for figure in table.figures if figure.id in found]
    return Table(tuple(sorted([*labels, *figures])))


def _spot(figure: Figure, line: int, text: str, by: By) -> Spot:
    return Spot(figure.row, figure.column, 1, figure.columns, text, Origin(line=line + 1, by=by))


def _paragraphs(lines: Sequence[str], inside: set[int], form: Form) -> list[tuple[int, str]]:
    """Lines outside the tables; one that ends within a sentence is joined with the next."""
    found: list[tuple[int, list[str]]] = []
    goes_on = False
    for number, line in enumerate(lines):
        text = line.strip().lstrip("#").strip()
        if number in inside or not text:
            goes_on = False
            continue
        heading = _HEADING.match(text) is not None or is_heading(text, form)
        if goes_on and not heading:
            found[-1][1].append(text)
        else:
            found.append((number, [text]))
        goes_on = text[-1] not in "。；：！？.;:!?" and not (heading and len(text) < 30)
    return [(number, "".join(parts)) for number, parts in found]
