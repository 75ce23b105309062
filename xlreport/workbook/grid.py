"""A workbook of ours, opened: its form, the value of every named cell, how it differs from the template.

Where it comes from, a file or a spreadsheet program, is the source's business: there is one way from it to the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from xlreport.errors import FormError
from xlreport.finding import Finding
from xlreport.form import Form
from xlreport.workbook.cells import PENDING, Value
from xlreport.workbook.places import Place, names_of, recognise, require_names
from xlreport.workbook.source import Source
from xlreport.workbook.untouched import Comparison


@dataclass(frozen=True, slots=True)
class Grid:
    """names: where each named cell stands, without those that were deleted; values: what each holds, "" for nothing.

    Of formulas that have no value yet, those in the place of a figure are PENDING: totals are computed anyway.
    """

    form: Form
    names: Mapping[str, Place]
    values: Mapping[str, Value]
    differences: tuple[Finding, ...] = ()

    def place(self, name: str) -> Place:
        """Where the cell of that name stands."""
        return self.names[name]

    def require(self, names: Iterable[str]) -> None:
        """Raises FormError, which says what was deleted, when one of these cells is no more."""
        _require(self.form, self.names, names, self.differences)


def grid_of(source: Source) -> Grid:
    """The values of the named cells, found by labels where the names have gone astray.

    Cells whose row, column or sheet was deleted are blank, and `differences` tell of them. Raises FormError for what is
    none of ours or lacks a cell otherwise, InputError for what cannot be read.
    """
    form = recognise(source.layout, source.properties)
    compared = Comparison((), source.layout.names) if source.untouched(form.id) else _compared(source, form)
    places = compared.places
    names = names_of(form.id)
    _require(form, places, (name for name in names if name not in compared.deleted), compared.findings)
    values = dict.fromkeys(names, "") | values_at(source, places, [name for name in names if name in places])
    typed = {form.figures[cell].defined_name for cell in form.inputs}
    typed |= {f"last_{form.figures[cell].defined_name}" for cell in form.last_year_figures}
    values |= {name: "" for name, value in values.items() if value == PENDING and name not in typed}
    return Grid(form, MappingProxyType(dict(places)), MappingProxyType(values), compared.findings)


def values_at(source: Source, places: Mapping[str, Place], names: Sequence[str]) -> dict[str, Value]:
    """What the cells of these names hold, "" where they are blank."""
    sheets = source.rows(sorted({places[name].sheet for name in names}))
    values: dict[str, Value] = {}
    for name in names:
        sheet, row, column = places[name]
        rows = sheets[sheet]
        values[name] = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
    return values


def _compared(source: Source, form: Form) -> Comparison:
    from xlreport.workbook.verify import compare  # only where something differs

    return compare(source, form)


def _require(form: Form, places: Mapping[str, Place], names: Iterable[str], differences: tuple[Finding, ...]) -> None:
    """Raises FormError when one of these names has no place, naming what was deleted where that can be told."""
    missing = [name for name in names if name not in places]
    if not missing:
        return
    from xlreport.workbook.differences import DELETED
    from xlreport.workbook.verify import original

    sheet = original(form.id).names[missing[0]].sheet
    told = [finding for finding in differences if finding.key in DELETED]
    for finding in sorted(told, key=lambda finding: finding.values["sheet"] != sheet):
        raise FormError(finding.key, **finding.values)
    require_names(form, places)
