"""A workbook that is none of ours: what its sheets show, cell by cell, for whoever looks for the statutory tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from xlreport.errors import InputError
from xlreport.finding import struck
from xlreport.form import column_name
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.xml import parse
from xlreport.workbook import cells
from xlreport.workbook.cells import Value
from xlreport.workbook.file import File
from xlreport.workbook.formula import Area
from xlreport.workbook.richtext import RichText
from xlreport.workbook.skeleton import LAST_COLUMN, LAST_ROW

MOST_SHEETS = 20
_TAB = re.compile(r"(?<=\d)\t(?=\d)")
"""Numbers beside one another in a cell, which stay apart."""


class Shown(NamedTuple):
    """A cell that holds something or is merged; row and column from 1."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    address: str


def shown_cells(data: bytes, source: str = "") -> Mapping[str, Sequence[Shown]]:
    """The cells of each sheet that is not hidden, hidden rows and columns left out, merged ones once.

    Raises InputError for what is no workbook, UnsafeError for what could harm.
    """
    file = File(data, source)
    root = parse(WORKBOOK, file.package.parts[WORKBOOK])
    hidden = {x.get("name") for x in root.iterfind(".//{*}sheet") if x.get("state", "visible") != "visible"}
    names = list(islice((name for name in file.sheets if name not in hidden), MOST_SHEETS))
    values = file.rows(names)
    rich = RichText(file.package.parts)
    return {name: tuple(_cells(file, name, values[name], rich)) for name in names}


def _cells(file: File, name: str, rows: Sequence[Sequence[Value]], rich: RichText) -> Iterator[Shown]:
    part = file.package.parts[file.layout.sheets[name]]
    root = parse(name, part)
    gone_rows, gone_columns = _hidden(root)
    texts, crossed = rich.of(part, root)
    areas = file.sheet(name).merges
    merges = {(top, left): (bottom, right) for top, left, bottom, right in areas}
    covered = _covered(name, areas)
    kept_rows = [row for row in range(1, min(LAST_ROW, len(rows)) + 1) if row not in gone_rows]
    for at, row in enumerate(kept_rows, 1):
        columns = [x for x in range(1, min(LAST_COLUMN, len(rows[row - 1])) + 1) if x not in gone_columns]
        for place, column in enumerate(columns, 1):
            if (row, column) in covered:
                continue
            down = across = 1
            if area := merges.get((row, column)):
                down = sum(row <= x <= area[0] for x in kept_rows)
                across = sum(column <= x <= area[1] for x in columns)
            address = f"{column_name(column)}{row}"
            text = texts.get(address) or _text(rows[row - 1][column - 1])
            yield Shown(at, place, down, across, struck(text) if address in crossed else text, address)


def _covered(name: str, areas: Collection[Area]) -> set[tuple[int, int]]:
    """The cells that merged ones hide. Raises InputError for areas that together are larger than what is looked at.

    Such ones overlap, and thousands of them would take long.
    """
    blocks = [
        (area, range(area.top, min(area.bottom, LAST_ROW) + 1), range(area.left, min(area.right, LAST_COLUMN) + 1))
        for area in areas
    ]
    if sum(len(rows) * len(columns) for _, rows, columns in blocks) > LAST_ROW * LAST_COLUMN:
        raise InputError("workbook.overlap", sheet=cells.shown(name))
    return {
        (row, column)
        for area, rows, columns in blocks
        for row in rows
        for column in columns
        if (row, column) != (area.top, area.left)
    }


def _text(value: Value) -> str:
    """As a reader sees it; what is no number never looks like one."""
    found = cells.number(value)
    if found is not None:
        return format(found, "f")
    if value == cells.PENDING:
        return "="
    return _TAB.sub("\n", value.removeprefix(cells.ERROR)) if isinstance(value, str) else str(value).upper()


def _hidden(root: Any) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and columns that the sheet hides."""
    rows = {_count(x.get("r")) for x in root.iterfind("{*}sheetData/{*}row") if x.get("hidden") in ("1", "true")}
    columns = {
        column
        for x in root.iterfind("{*}cols/{*}col")
        if x.get("hidden") in ("1", "true")
        for column in range(_count(x.get("min")), min(_count(x.get("max")), LAST_COLUMN) + 1)
    }
    return frozenset(rows), frozenset(columns)


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else 0
