"""Explanations that a unit has written into the list of findings that it was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from xlreport.errors import DataError, InputError
from xlreport.finding import Explanation
from xlreport.messages import LANGUAGES, say
from xlreport.report import Report
from xlreport.rules import RULES
from xlreport.rules.entries import LONGEST
from xlreport.safe.workbooks import preflight
from xlreport.workbook import cells
from xlreport.workbook.cells import Value

COLUMNS = ("agency", "year", "code", "expected", "explanation", "cell", "value")
"""What is read of a list, by the names of its columns, wherever they have been moved to."""


def read_answers(content: bytes, report: Report) -> tuple[Explanation, ...]:
    """The explanations in a list that concern this report: those of its agency and year.

    Raises InputError for what is no list of ours, DataError for an explanation that is too long, UnsafeError.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    preflight(content, ".xlsx")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except CalamineError as error:
        raise InputError("entries.no_list") from error
    found = [(rows, places) for rows in sheets if rows and (places := _places(rows[0]))]
    if len(found) != 1:
        raise InputError("entries.no_list")
    return tuple(_answers(*found[0], report))


def is_list(head: Sequence[str]) -> bool:
    """Whether these are the heads of a list of findings, as far as they are not hidden."""
    seen = [name for name in COLUMNS if name not in ("cell", "value")]
    return any({say(f"results.column.{name}", language) for name in seen} <= set(head) for language in LANGUAGES)


def _places(head: Sequence[Value]) -> Mapping[str, int] | None:
    """The index of each column by its name; None when one is missing."""
    for language in LANGUAGES:
        names = {name: say(f"results.column.{name}", language) for name in COLUMNS}
        if set(names.values()) <= {str(value) for value in head}:
            return {name: head.index(title) for name, title in names.items()}
    return None


def _answers(rows: Sequence[Sequence[Value]], places: Mapping[str, int], report: Report) -> Iterator[Explanation]:
    for number, row in enumerate(rows[1:], 2):
        line = {name: row[place] for name, place in places.items()}
        text = " ".join(cells.words(line["explanation"]).split())
        mine = line["agency"] == report.agency and cells.year(line["year"]) == report.year
        if not mine or not text or line["code"] not in RULES:
            continue
        if len(text) > LONGEST:
            raise DataError("entries.long", row=number, length=len(text), limit=LONGEST)
        value = cells.number(line["value"])
        bound = str(line["value"]) if value is None else value
        yield Explanation(str(line["code"]), str(line["cell"]), bound, cells.number(line["expected"]), text)
