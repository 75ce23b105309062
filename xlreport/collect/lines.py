"""Small tables that people keep beside their reports, by the heads of their columns: CSV (UTF-8 or GBK) or .xlsx."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

from xlreport.errors import InputError, refuse
from xlreport.job import WORKBOOKS
from xlreport.safe.load import load
from xlreport.safe.workbooks import preflight

MOST = 200_000
"""Lines of such a table."""

HEADS = 10
"""Lines at the top among which the heads are looked for."""

SHOWN = 10
"""Mistakes in it that are told one by one."""


def read_lines(
    path: Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str], messages: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line below the heads that is not empty, with its number in the file: text by column, "" where there is none.

    columns: names that each column may bear; the heads may stand below a title, and on any sheet. Raises InputError of
    the catalogue's `messages`: unreadable, no_head, same_heads, too_long; UnsafeError.
    """
    known = {name for names in columns.values() for name in names}
    rows, at, most = list[list[str]](), 0, -1
    for sheet in _sheets(path, messages):
        for number, row in enumerate(sheet[:HEADS]):
            if (count := len(known.intersection(map(str.lower, row)))) > most:
                rows, at, most = sheet, number, count
    if len(rows) > MOST:
        raise InputError(f"{messages}.too_long", limit=MOST)
    head = [title.lower() for title in rows[at]] if rows else []
    if twice := next((title for title in head if title in known and head.count(title) > 1), None):
        raise InputError(f"{messages}.same_heads", name=twice)
    places = {name: next((i for i, title in enumerate(head) if title in names), -1) for name, names in columns.items()}
    for name in needed:
        if places[name] < 0:
            raise InputError(f"{messages}.no_head", names="、".join(columns[name][:3]))
    for number, row in enumerate(rows[at + 1 :], at + 2):
        if any(row):
            yield number, {name: row[i] if 0 <= i < len(row) else "" for name, i in places.items()}


def refuse_lines(wrong: Sequence[InputError], more: str) -> None:
    """Raise for all mistakes at once, if there are any; of very many the rest is counted, as `more` says."""
    rest = len(wrong[SHOWN:])
    refuse([*wrong[:SHOWN], *([InputError(more, count=rest)] if rest else [])])


def _sheets(path: Path, messages: str) -> Iterator[list[list[str]]]:
    content = load(path)
    if path.suffix.lower() in WORKBOOKS:
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

        preflight(content, path.suffix.lower())
        try:
            book = CalamineWorkbook.from_filelike(BytesIO(content))
            for one in book.sheets_metadata:
                if one.typ == SheetTypeEnum.WorkSheet:
                    lines = book.get_sheet_by_name(one.name).to_python(skip_empty_area=False)
                    yield [[_text(value) for value in row] for row in lines]
        except CalamineError:
            raise InputError(f"{messages}.unreadable") from None
        return
    try:
        yield [[value.strip() for value in row] for row in csv.reader(StringIO(_decoded(content, messages)))]
    except csv.Error:
        raise InputError(f"{messages}.unreadable") from None


def _decoded(content: bytes, messages: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{messages}.unreadable")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()
