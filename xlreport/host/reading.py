"""An open workbook, as a source of the grid: through xlwings' ranges, so saved or not, in any program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, cast

import xlwings as xw

from xlreport.host.host import Host
from xlreport.host.merged import merged_areas
from xlreport.workbook.cells import ERROR, Value
from xlreport.workbook.formula import Area
from xlreport.workbook.places import Layout, laid_out, recognise
from xlreport.workbook.skeleton import LAST_COLUMN, LAST_ROW, LONGEST_LABEL, At, Sheet
from xlreport.workbook.verify import original

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a cell knows no time zone
_FIRST_DAYS = (dt.date(1899, 12, 30), dt.date(1899, 12, 31))
"""How programs give a time without a day."""


class _Read(NamedTuple):
    """A sheet's cells from A1 on: what they hold, and what was typed into them."""

    values: tuple[tuple[Value, ...], ...]
    formulas: Sequence[Sequence[Any]]


class OpenBook:
    """One look at an open workbook: each sheet's values and formulas are read once, when they are asked for."""

    def __init__(self, book: xw.Book, host: Host) -> None:
        self._book = book
        self._host = host
        self._read: dict[str, _Read] = {}

    @cached_property
    def layout(self) -> Layout:
        """Its sheets, and the names of the workbook itself."""
        return laid_out({name: name for name in self.sheets}, self._host.names())

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets."""
        return tuple(sheet.name for sheet in self._book.sheets)

    def properties(self) -> Mapping[str, str]:
        """Not asked of a program: the names say whose workbook it is."""
        return {}

    def untouched(self, form_id: str) -> bool:  # noqa: ARG002
        """There is no quick look: every program spells formulas in its own way."""
        return False

    def sheet(self, name: str) -> Sheet:
        """What a sheet is made of, but for its validations."""
        values, formulas = self._cells(name)
        typed: dict[At, str] = {}
        texts: dict[At, str] = {}
        for row, line in enumerate(values, 1):
            for column, value in enumerate(line, 1):
                formula = formulas[row - 1][column - 1]
                if isinstance(formula, str) and formula.startswith("=") and formula != value:
                    typed[row, column] = formula[1:]
                    texts[row, column] = _text(value)
                elif value != "":
                    texts[row, column] = _text(value)
        return Sheet(texts, typed, self._merges(name), None, (len(values), len(values[0])))

    def _merges(self, name: str) -> frozenset[Area]:
        sheet, values = self._book.sheets[name], self._cells(name).values
        usual = original(recognise(self.layout, self.properties).id).sheets.get(name)
        expected = usual.merges if usual else frozenset()
        return merged_areas((len(values), len(values[0])), expected, lambda parts: self._host.merged(sheet, parts))

    def rows(self, sheets: Iterable[str]) -> Mapping[str, tuple[tuple[Value, ...], ...]]:
        """The cells of these sheets, from A1 on."""
        return {name: self._cells(name).values for name in sheets}

    def _cells(self, name: str) -> _Read:
        if name not in self._read:
            sheet = self._book.sheets[name]
            last = sheet.used_range.last_cell
            cells = sheet.range((1, 1), (min(last.row, LAST_ROW), max(2, min(last.column, LAST_COLUMN))))
            self._read[name] = _Read(_values(cells), cells.formula)
        return self._read[name]


def _values(cells: xw.Range) -> tuple[tuple[Value, ...], ...]:
    """The values as the reader of files gives them: error values are told from text that only looks like one."""
    found = cells.options(ndim=2, err_to_str=True).value
    bare = found
    if any(isinstance(value, str) and value.startswith("#") for line in found for value in line):
        bare = cells.options(ndim=2).value
    return tuple(
        tuple(
            f"{ERROR}{value}" if isinstance(value, str) and value and other is None else _value(value)
            for value, other in zip(line, others, strict=True)
        )
        for line, others in zip(found, bare, strict=True)
    )


def _value(value: Any) -> Value:
    """What a program gives for a cell, as calamine would."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        if value.date() in _FIRST_DAYS:
            return value.time()
        return value.date() if value.time() == dt.time() else value.replace(tzinfo=None)
    if isinstance(value, float | Decimal):  # Decimal is Excel's currency
        return float(f"{value:.15g}")  # the digits that a cell has: 0.1+0.2 is 0.3
    return cast("Value", value)


def _text(value: Value) -> str:
    """A cell's value as a file stores it."""
    if isinstance(value, str):
        return value.removeprefix(ERROR)[:LONGEST_LABEL]
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dt.time):
        value = dt.datetime.combine(_EPOCH, value)
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        value = (moment - _EPOCH) / dt.timedelta(days=1)
    return f"{value:.15g}"
