"""What a reader of a published document sees: a Report made of its tables and paragraphs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlreport.errors import InputError
from xlreport.form import FORMS, Form, load_form
from xlreport.published.page import Page, Table
from xlreport.published.place import Placing, find_tables
from xlreport.published.sections import read_text
from xlreport.published.values import Value, value_of
from xlreport.report import Report


class Shown(NamedTuple):
    """A Report, each figure as it stands there, the paragraphs from the title on, and labels that are not the form's.

    values: only of cells that were found. labels: (sheet, as the form has it, as it stands there).
    """

    report: Report
    values: Mapping[str, Value]
    lines: tuple[str, ...]
    labels: tuple[tuple[str, str, str], ...]


def show(page: Page) -> Shown:
    """The report as the document shows it, figures that cannot be read left blank. Raises InputError."""
    tables = [block for block in page.blocks if isinstance(block, Table)]
    form, where, placed = _form(tables)
    text = read_text(page.blocks, form, where)
    values = {
        cell: value_of(spot.text, form.figures[cell]) for table in placed.values() for cell, spot in table.cells.items()
    }
    figures = {cell: values[cell].number for cell in form.figures if cell in values}
    report = Report(
        form=form.id,
        agency=text.agency,
        year=text.year,
        figures={cell: number for cell, number in figures.items() if number is not None},
        text=text.text,
        headings=text.headings,
    )
    labels = ((form.table(id_).sheet, *pair) for id_, placing in placed.items() for pair in placing.changed)
    return Shown(report, values, text.lines, tuple(labels))


def _form(tables: Sequence[Table]) -> tuple[Form, dict[str, int], dict[str, Placing]]:
    """The form whose tables are found best. Raises InputError where there is none."""
    ways = [(form, *find_tables(tables, form)) for form in map(load_form, FORMS)]
    best = max(ways, key=lambda way: sum(placing.fit * len(placing.cells) for placing in way[2].values()))
    if not best[1]:
        raise InputError("published.no_tables")
    return best
