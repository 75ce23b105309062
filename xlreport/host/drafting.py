"""The draft put into an open workbook."""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from xlreport.errors import HostError
from xlreport.form.weigh import Number
from xlreport.host.going import go_to
from xlreport.host.host import Host
from xlreport.host.sight import Sight
from xlreport.workbook.fill import draft_values
from xlreport.workbook.places import Place, text_name
from xlreport.workbook.sheetxml import height_of


def put_draft(book: xw.Book, host: Host, seen: Sight, text: Mapping[str, str]) -> None:
    """Write the draft, by text key, its stamp, and zeros where 无业务 is chosen; rows grow until the text can be read.

    Raises HostError where a cell does not hold what was written.
    """
    values = draft_values(seen.grid, seen.report, text)
    places = {seen.names[name]: value for name, value in values.items()}
    typed = {place: value for place, value in places.items() if not _formula(seen, place)}
    with host.lifted([book.sheets[name] for name in sorted({place.sheet for place in typed})]):
        _write(book, typed)
        for place, value in typed.items():
            if isinstance(value, str):
                _fit(book.sheets[place.sheet].range((place.row, place.column)), value)
    first = seen.names[text_name("draft", seen.grid.form.text_keys[0])]
    go_to(book.sheets[first.sheet].range((first.row, first.column)))


def _formula(seen: Sight, place: Place) -> bool:
    """Does a formula stand there, which may only not have been calculated?"""
    return (place.row, place.column) in seen.source.sheet(place.sheet).formulas


def _write(book: xw.Book, values: Mapping[Place, Number | str | None]) -> None:
    """Columns of cells in one block each; then look whether they hold it."""
    for run in _runs(values):
        cells = book.sheets[run[0].sheet].range((run[0].row, run[0].column)).resize(len(run), 1)
        cells.value = [[values[place]] for place in run]
        for place, held in zip(run, cells.options(ndim=1).value, strict=True):
            value = values[place]
            if held == value:
                continue
            cell = book.sheets[place.sheet].range((place.row, place.column))
            if isinstance(value, str):
                cell.value = f"'{value}"  # what begins with "=" is text
            if cell.value != value:
                raise HostError("host.not_written", address=place.address)


def _runs(values: Mapping[Place, object]) -> list[list[Place]]:
    """Cells that stand below each other."""
    runs: list[list[Place]] = []
    for place in sorted(values, key=lambda place: (place.sheet, place.column, place.row)):
        if runs and runs[-1][-1] == place._replace(row=place.row - 1):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _fit(cell: xw.Range, text: str) -> None:
    """Make the row tall enough; never lower than it was."""
    height = height_of(text, cell.column_width or 0)
    if height > (cell.row_height or 0):
        cell.row_height = height
