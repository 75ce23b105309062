"""A workbook of somebody else's making as a page: rows of several cells are tables, the others paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.form import FORMS, load_form
from xlreport.origin import Origin
from xlreport.published.page import Block, Line, Page, Spot, Table, likeness, plain

Cell = tuple[int, int, int, int, str, str]
"""Row, column, rows and columns that it covers, text, address in its sheet."""

_LONG = 60
"""Characters beyond which a row of one cell is a paragraph, though it stands at a table."""
_LIKE = 0.8


def page_of(sheets: Mapping[str, Sequence[Cell]]) -> Page:
    """The blocks of all sheets, one after another."""
    return Page(tuple(block for name, cells in sheets.items() for block in _blocks(name, cells)))


def _blocks(name: str, cells: Sequence[Cell]) -> Iterator[Block]:
    rows: dict[int, list[Spot]] = {}
    for cell in cells:
        rows.setdefault(cell[0], []).append(Spot(*cell[:5], Origin(address=f"{name}!{cell[5]}")))
    kept: list[list[Spot]] = []
    reaching = 0  # the last row that a merged cell above goes down to
    for number in sorted(rows):
        row = rows[number]
        filled = [spot for spot in row if spot.text.strip()]
        if number > reaching and (not filled or (len(filled) == 1 and _is_paragraph(filled[0].text))):
            yield from _table(name, [*kept, row] if kept and not filled else kept)  # table 四 may be blank
            kept = []
            yield from (Line(line.strip()) for spot in filled for line in _lines(spot.text))
            continue
        kept.append(row)
        reaching = max([reaching, *(spot.row + spot.rows - 1 for spot in filled)])
    yield from _table(name, kept)


def _table(name: str, rows: Sequence[Sequence[Spot]]) -> Iterator[Block]:
    """Rows as a table, or as paragraphs where no row has several cells."""
    if not any(sum(bool(spot.text.strip()) for spot in row) > 1 for row in rows):
        yield from (Line(line.strip()) for row in rows for spot in row for line in _lines(spot.text))
        return
    first = rows[0][0].row - 1
    yield Table(tuple(spot._replace(row=spot.row - first) for row in rows for spot in row), name)


def _lines(text: str) -> Iterable[str]:
    return (line for line in text.splitlines() if line.strip())


def _is_paragraph(text: str) -> bool:
    """Whether what stands alone in its row is a title, the heading of a section, or long."""
    if len(text) > _LONG or "年度报告" in text:
        return True
    headings = {plain(section.heading) for form in FORMS for section in load_form(form).sections}
    return any(likeness(plain(text), heading) >= _LIKE for heading in headings)
