"""Report → Outline: what the document says, in order. Statutory words come from the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlreport.document.asides import Extras, above, below
from xlreport.document.outline import Block, Cell, Grid, Heading, Outline, Paragraph
from xlreport.document.titles import titled
from xlreport.form import Figure, Section, Table
from xlreport.form.weigh import Number
from xlreport.report import Report

NONE = Extras()
_ORDINAL = re.compile(r"[（(]\s*[一二三四五六七八九十]+\s*[）)]")
_LONGEST_HEADING = 40
"""Characters; a longer paragraph that begins with （一） is a sentence."""


def compose(report: Report, *, title: str = "", extras: Extras = NONE) -> Outline:
    """The final document of `report`: title, preamble and the sections of its form, also those without text.

    `title`: its wording (titles.py).
    """
    form, titled_ = report.statute, titled(report, title)
    preamble = (Paragraph(line) for line in paragraphs(report.words.get("preamble", "")))
    sections = (block for section in form.sections for block in _section(section, report))
    return Outline(
        title=titled_.text,
        agency=titled_.agency,
        year=report.year,
        blocks=(*above(extras), *preamble, *sections, *below(extras, titled_.agency)),
    )


def paragraphs(text: str) -> list[str]:
    """The lines of `text` without the white space round them, U+3000 included; empty ones are dropped."""
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def printed(figure: Figure, value: Number | None) -> str:
    """A figure as the table shows it: a blank stays blank, decimals as given, a change with its sign."""
    if value is None:
        return ""
    sign = "+" if figure.kind == "change" and value > 0 else ""
    return f"{sign}{Decimal(value):f}"  # never an exponent


def _section(section: Section, report: Report) -> Iterator[Block]:
    title = "".join(paragraphs(report.headings.get(section.id, section.heading)))
    yield Heading(1, title)
    if section.table:
        yield _grid(report.statute.table(section.table), report)
    for key, heading in section.text:
        lines = paragraphs(report.words.get(key, ""))
        if lines and lines[0] == title and key == section.text[0][0]:  # pasted together with its heading
            del lines[0]
        if lines and heading and not _ORDINAL.match(lines[0]):  # its own heading comes before ours
            yield Heading(2, heading)
        for line in lines:
            yield Heading(2, line) if _is_heading(line) else Paragraph(line, note=section.table is not None)


def _is_heading(line: str) -> bool:
    return bool(_ORDINAL.match(line)) and len(line) <= _LONGEST_HEADING and not re.search("[，。；？！,;?!]", line)


def _grid(table: Table, report: Report) -> Grid:
    labels = [Cell(x.text, x.row, x.column, x.rows, x.columns, x.role) for x in table.labels]
    figures = [
        Cell(printed(x, report.figures.get(x.id)), x.row, x.column, 1, x.columns, "figure", x.id) for x in table.figures
    ]
    return Grid(
        id=table.id,
        caption=table.title,
        widths=table.widths,
        height=table.height,
        head_lines=table.head_lines,
        cells=tuple(sorted((*labels, *figures), key=lambda cell: (cell.row, cell.column))),
    )
