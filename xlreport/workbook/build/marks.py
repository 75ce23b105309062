"""What a table shows while it is filled: √ and × beside and below the printed grid, and the colours of its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import FIRST_LINE, Form, Relation, Table, column_name
from xlreport.workbook.build import checks as c
from xlreport.workbook.build import formulas as f
from xlreport.workbook.build import styles as s
from xlreport.workbook.plan import CHECKS, MARKED, RED, locator

Mark = tuple[str, int, int]
"""Where a mark stands: "" for the table's own sheet, column, row."""


def marks(sheet: Worksheet, form: Form, table: Table) -> dict[Relation, Mark]:
    """Put √ or × beside or below what each relation computes, and say where.

    A line with one relation has its mark beside it; a column, or a line with several, below.
    """
    checks = [(check, check.relation) for check in c.lay(form) if check.table == table.id and check.relation]
    lines = Counter(_row(form, relation) for _, relation in checks if _level(form, relation))
    beside = len(table.widths) + 1
    below: dict[str, int] = {}
    found: dict[Relation, Mark] = {}
    for check, relation in checks:
        if _level(form, relation) and lines[_row(form, relation)] == 1:
            row, column = _row(form, relation), beside
        else:
            column = form.figures[relation.right[0]].column
            if relation.code not in below:
                below[relation.code] = row = table.height + FIRST_LINE + len(below)
                _tell(sheet, row, column - 1, check.words)
            row = below[relation.code]
        value = f"=LEFT({CHECKS}!$F${check.row},1)"
        s.put(sheet, row, column, value, grid=False, across="center", font=s.HEI, colour=s.GOOD, bold=True)
        found[relation] = ("", column, row)
    if any(column == beside for _, column, _ in found.values()):
        s.put(sheet, FIRST_LINE, beside, "核对", rows=table.head_lines, grid=False, across="center", colour=s.PALE_INK)
        sheet.column_dimensions[column_name(beside)].width = 6
    return found


def _tell(sheet: Worksheet, row: int, columns: int, words: str) -> None:
    """Before a line of marks: what they compare."""
    comparison = words.split("：", 1)[1]
    s.put(sheet, row, 1, f"核对：{comparison}", columns=columns, grid=False, colour=s.PALE_INK, size=9, across="right")
    sheet.row_dimensions[row].height = 20


def _row(form: Form, relation: Relation) -> int:
    return form.figures[relation.right[0]].row + FIRST_LINE - 1


def _level(form: Form, relation: Relation) -> bool:
    """Whether all its cells stand in one line."""
    return len({form.figures[cell].row for cell in relation.cells}) == 1


_BAD = {"count": "OR({0}<0,{0}<>INT({0}))", "amount": "{0}<0", "change": "{0}<>INT({0})"}


def colours(sheet: Worksheet, form: Form, table: Table, found: dict[Relation, Mark]) -> None:
    """Red: no proper number. Tinted: in a relation that fails. Yellow: still to be filled.

    A formula that moves with its cell is given to one rectangle at a time: programs disagree on where a range of
    several begins.
    """
    place = locator(form, table.sheet)
    inputs = [figure for figure in table.figures if figure.id not in form.totals]
    for kind in dict.fromkeys(figure.kind for figure in inputs):
        for area, cell in _each(f.areas((x.id for x in inputs if x.kind == kind), place)):
            bad = f"IF(ISBLANK({cell}),FALSE,IF(ISNUMBER({cell}),{_BAD[kind].format(cell)},TRUE))"
            s.when(sheet, area, bad, ink=s.INPUT, ground=s.WRONG, bold=True, stop=True)
    for relation, (_, column, row) in found.items():
        failed = f'IF(${column_name(column)}${row}="×",{_unmarked(table)},FALSE)'
        s.when(sheet, " ".join(f.areas(relation.cells, place)), failed, ink=s.WRONG, ground=s.FAILED)
    for area, cell in _each(f.areas((x.id for x in inputs), place)):
        s.when(sheet, area, f"AND(ISBLANK({cell}),NOT({f.NO_BUSINESS}),{_unmarked(table)})", ground=s.WAITING)
    places = {f"{relation.code} {relation.key}": mark for relation, mark in found.items()}
    for area, cell in _each(f.areas(places, places.__getitem__)):
        s.when(sheet, area, f'{cell}="×"', ink=s.WRONG, bold=True)
        s.when(sheet, area, f'{cell}="—"', ink=s.PALE_INK, bold=True)


def _unmarked(table: Table) -> str:
    """True in a cell that is not listed as red in `marked`."""
    begins = f'"{table.sheet}!"&ADDRESS(ROW(),COLUMN(),4)&" {RED}"'
    return f"ISERROR(FIND({begins},{MARKED}))"


def _each(areas: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every area with its first cell."""
    for area in areas:
        yield area, area.split(":")[0]
