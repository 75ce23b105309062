"""What a reader of a published document sees: a Report made of its tables and paragraphs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlreport.errors import InputError
from xlreport.finding import Finding
from xlreport.form import FORMS, Form, load_form
from xlreport.origin import Origin
from xlreport.published.find import clashing, find_tables
from xlreport.published.page import Line, Page, Spot, Table, plain
from xlreport.published.page import placed as with_origins
from xlreport.published.place import Placing, place
from xlreport.published.sections import read_text
from xlreport.published.stacked import stacked
from xlreport.published.titles import several
from xlreport.published.unread import reason
from xlreport.published.values import Value, unit_around, value_of
from xlreport.report import Report


class Shown(NamedTuple):
    """A Report, each figure as it stands there, the paragraphs from the title on, and labels that are not the form's.

    values: only of cells that were found; origins: where they stand. labels: (sheet, as the form has it, as it stands
    there). added: (sheet, a line with figures that the form has not). one_row: （六） of table 三 is one row, as in the
    form before; its figures are taken for those of 3.其他. aside: lines that are no part of the report, by their looks.
    doubts: of words whose section is not certain.
    """

    report: Report
    values: Mapping[str, Value]
    lines: tuple[str, ...]
    labels: tuple[tuple[str, str, str], ...]
    added: tuple[tuple[str, str], ...]
    one_row: bool
    origins: Mapping[str, Origin]
    aside: tuple[str, ...] = ()
    doubts: tuple[Finding, ...] = ()


def show(page: Page, known: str = "") -> Shown:
    """The report as the document shows it, figures that cannot be read left blank.

    known: the agency whose report it should be: of several lines that might be the title, its own is.
    Raises InputError where there is none, or more than one.
    """
    page = page._replace(blocks=stacked(tuple(with_origins(page.blocks))))
    tables = [block for block in page.blocks if isinstance(block, Table)]
    form, where, placed = _form(tables, page)
    if twice := clashing(tables, form, where, placed):
        raise InputError("published.several", sheets="、".join(dict.fromkeys(form.table(id_).sheet for id_ in twice)))
    if titles := several(page.blocks, form):
        raise InputError("published.several_titles", one=titles[0], other=titles[1])
    text = read_text(page.blocks, form, where, known)
    cells = {cell: spot for placing in placed.values() for cell, spot in placing.cells.items()}
    one_row = _one_row(tables[where["t3"]], form, cells) if "t3" in where else {}
    years = {cell: years for placing in placed.values() for cell, years in placing.years.items()}
    late = {cell for cell, told in years.items() if text.year and text.year not in told}
    cells = {cell: spot for cell, spot in cells.items() if cell not in late}
    units = _units(page, form, where, placed)
    values = {
        cell: value_of(spot.text, form.figures[cell], units.get(cell, "")) for cell, spot in (cells | one_row).items()
    }
    origins = {cell: spot.origin for cell, spot in (cells | one_row).items()}
    figures = {cell: values[cell].number for cell in form.figures if cell in values}
    report = Report(
        form=form.id,
        agency=text.agency,
        year=text.year,
        figures={cell: number for cell, number in figures.items() if number is not None},
        text=text.text,
        headings=text.headings,
    )
    sheets = {id_: form.table(id_).sheet for id_ in placed}
    labels = [(sheets[id_], *pair) for id_, placing in placed.items() for pair in placing.changed]
    captions = ((form.table(id_), tables[number].caption) for id_, number in where.items())
    labels += [
        (table.sheet, table.title, said) for table, said in captions if said and plain(said) != plain(table.title)
    ]
    added = ((sheets[id_], line) for id_, placing in placed.items() for line in placing.added)
    return Shown(
        report,
        values,
        text.lines,
        tuple(labels),
        () if one_row else tuple(added),
        bool(one_row),
        origins,
        text.aside,
        text.doubts,
    )


def _form(tables: Sequence[Table], page: Page) -> tuple[Form, dict[str, int], dict[str, Placing]]:
    """The form whose tables are found best, or the one that the reader knows. Raises InputError where there is none."""
    ways = [(form, *find_tables(tables, form)) for form in map(load_form, (page.form,) if page.form else FORMS)]
    best = max(ways, key=lambda way: sum(placing.fit for placing in way[2].values()))
    if not any(placing.cells for placing in best[2].values()):
        raise reason(page)
    return best


def _units(page: Page, form: Form, where: Mapping[str, int], placed: Mapping[str, Placing]) -> dict[str, str]:
    """The unit of each cell, where its table tells one, or else the line above that."""
    above = [
        one.text if isinstance(one, Line) else ""
        for one, table in pairwise((Line(""), *page.blocks))
        if isinstance(table, Table)
    ]
    return {
        cell: unit or unit_around([above[where[id_]]], form.figures[cell])
        for id_, placing in placed.items()
        for cell, unit in placing.units.items()
    }


def _one_row(table: Table, form: Form, cells: Mapping[str, Spot]) -> dict[str, Spot]:
    """Figures of `t3.other.other`, where a report of form 2021 prints （六） in the one row that form 2019 had."""
    start = "t3.other."
    if form.id != "2021" or any(cell.startswith(start) for cell in cells):
        return {}
    older = place(table, load_form("2019"), "t3").cells
    found = {f"{start}other.{cell.removeprefix(start)}": spot for cell, spot in older.items() if cell.startswith(start)}
    return found if set(found.values()).isdisjoint(cells.values()) else {}
