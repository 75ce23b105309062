"""The types of a statutory form. All are frozen; `load` makes them from TOML.

Named tuples, because every click starts a process and Python makes them three times as fast as dataclasses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from xlreport.form.columns import column_name

Kind = Literal["count", "amount", "change"]
"""count: whole, not negative; amount: decimals allowed, not negative; change: whole, may be negative."""

CREDIBLE = 10**12
"""No office can mean a greater figure, and beyond it a cell no longer holds fractions exactly."""

FIRST_LINE = 3
"""The sheet row of a table's first printed line: above it stand the title and a live verdict."""


class Label(NamedTuple):
    """A fixed cell of a printed table. `row` and `column` count from 1 within the table's grid.

    `role`: "head" heads columns, "stub" heads rows.
    """

    text: str
    row: int
    column: int
    rows: int
    columns: int
    role: Literal["head", "stub"]


class Figure(NamedTuple):
    """One statutory figure: its id (`table.row.column`), its place in the grid, what it counts and what it is called.

    `names` are the labels that head it, rows first, from the outermost inwards, short enough for a sentence:
    ("（三）不予公开", "1.属于国家秘密", "自然人").
    """

    id: str
    table: str
    sheet: str
    row_id: str
    column_id: str
    row: int
    column: int
    columns: int
    kind: Kind
    unit: str
    names: tuple[str, ...]

    @property
    def cell(self) -> str:
        """Its cell in the locked template, such as J6."""
        return f"{column_name(self.column)}{self.row + FIRST_LINE - 1}"

    @property
    def address(self) -> str:
        """Its sheet and cell, such as 表三!J6."""
        return f"{self.sheet}!{self.cell}"

    @property
    def defined_name(self) -> str:
        """Its name in the workbook: the id with `_` for dots."""
        return self.id.replace(".", "_")

    @property
    def title(self) -> str:
        """What a clerk calls it: 表三“（一）予以公开·自然人”."""
        return f"{self.sheet}“{'·'.join(self.names)}”"


class Table(NamedTuple):
    """A printed table: a grid of `height` lines and `len(widths)` columns, fully covered by labels and figures.

    `widths` are proportions (the official form's, in twentieths of a point); `head_lines` is how many lines repeat
    when the table breaks over pages.
    """

    id: str
    sheet: str
    title: str
    widths: tuple[int, ...]
    height: int
    head_lines: int
    labels: tuple[Label, ...]
    figures: tuple[Figure, ...]
    row_ids: tuple[str, ...]
    column_ids: tuple[str, ...]


class Relation(NamedTuple):
    """Σ left = Σ right over figures (勾稽关系).

    `key` is the row or column it stands for: T3-BAL of `natural_person`. `total` says that `right`, one figure, is by
    definition the sum of `left`.
    """

    code: str
    key: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    total: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Every figure it speaks of, left side first."""
        return self.left + self.right


class Section(NamedTuple):
    """One of the six sections. `text`: (key of a report's text, the heading line printed above it or "")."""

    id: str
    heading: str
    text: tuple[tuple[str, str], ...]
    table: str | None
    required: bool


class Office(NamedTuple):
    """A kind of office that reports, its deadline and its duty (part 2 of the notice)."""

    id: str
    deadline: str
    duty: str


class Fact(NamedTuple):
    """Something the clerk may tell for the draft.

    `aspect` is the text key whose draft uses it. `kind`: count (whole number), amount (decimals allowed), text, or
    choice (one of `options`). `many`: several answers, one a line. `offices` are the kinds of office that are asked;
    empty means all. `required` are those whose report must state it. `remedies` give the measure for each problem
    among the options. Every fact may be answered with `NOT_APPLICABLE`.
    """

    id: str
    aspect: str
    question: str
    kind: Literal["count", "amount", "text", "choice"]
    unit: str
    hint: str
    options: tuple[str, ...]
    many: bool
    offices: tuple[str, ...]
    required: tuple[str, ...]
    remedies: Mapping[str, str]


class Limit(NamedTuple):
    """What facts must agree with: together they are `equal` to what `whole` (figures or facts) adds up to, or less."""

    facts: tuple[str, ...]
    whole: tuple[str, ...]
    equal: bool


class Form(NamedTuple):
    """A statutory form: everything that the law prescribes, as data."""

    id: str
    notice: str
    notice_title: str
    first_year: int
    title: str
    overview_limit: int | None
    fee_statement: bool
    tables: tuple[Table, ...]
    figures: Mapping[str, Figure]
    relations: tuple[Relation, ...]
    totals: Mapping[str, Relation]
    sections: tuple[Section, ...]
    offices: tuple[Office, ...]
    facts: Mapping[str, Fact]
    limits: tuple[Limit, ...]
    definitions: tuple[tuple[str, str], ...]
    last_year_figures: tuple[str, ...]
    last_year_text: tuple[str, ...]
    carry: tuple[tuple[str, str], ...]
    stock: tuple[tuple[str, str, str], ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The figures a clerk types, in the order of the form."""
        return tuple(id_ for id_ in self.figures if id_ not in self.totals)

    def summed(self, cells: Iterable[str]) -> frozenset[str]:
        """These figures, and every total that any of them counts in."""
        found = set(cells)
        for cell, relation in self.totals.items():  # parts stand before the sums that need them
            if not found.isdisjoint(relation.left):
                found.add(cell)
        return frozenset(found)

    @property
    def text_keys(self) -> tuple[str, ...]:
        """Every key that a report's text may have, in the order of the document."""
        return ("preamble", *(key for section in self.sections for key, _ in section.text))

    def table(self, id_: str) -> Table:
        """The table of that id. Raises KeyError."""
        for table in self.tables:
            if table.id == id_:
                return table
        raise KeyError(id_)
