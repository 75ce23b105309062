"""The look of the template, and the few moves by which every sheet is written."""

from __future__ import annotations

import unicodedata
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import column_name
from xlreport.workbook.plan import RED, TINT

HEI, SONG, FANG, TITLE = "黑体", "宋体", "仿宋", "方正小标宋简体"  # what offices have

INK, PALE_INK = "FF1F2937", "FF6B7280"
LABEL, TOTAL, INPUT, WAITING = "FFEEF2F7", "FFDFE6EE", "FFFFFFFF", "FFFFF9DB"
WRONG, DOUBT, FAILED, GOOD = "FFC00000", "FFFDE2E0", f"FF{TINT}", "FF1B7F3B"
MARKED = f"FF{RED}"
HEADING, LINK = "FFDCE6F2", "FF1F4E9E"

NUMBER = "[>=1000000]0;[<0]-General;General"
"""3.5 is not shown as 4, and what is too wide for its cell is shown smaller, not as 1E+06."""

_EDGE = Side(style="thin", color="FF8A94A3")
GRID = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def fill(colour: str) -> PatternFill:
    """A plain ground, for a cell or (openpyxl takes the other end) for a conditional format."""
    return PatternFill("solid", fgColor=colour, bgColor=colour)


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object = None,
    *,
    rows: int = 1,
    columns: int = 1,
    font: str = SONG,
    size: float = 11,
    bold: bool = False,
    colour: str = INK,
    ground: str | None = None,
    grid: bool = True,
    unlocked: bool = False,
    across: str = "left",
    down: str = "center",
    wrap: bool = True,
    shrink: bool = False,
    format_: str = "General",
    indent: int | None = None,
) -> Any:
    """Write one cell, merged over `rows` x `columns`; returns it. Text at the left stands in by one unless told."""
    for r in range(row, row + rows):
        for c in range(column, column + columns):
            part = sheet.cell(r, c)
            part.border = GRID if grid else Border()
            part.protection = Protection(locked=not unlocked)  # Excel asks every part of a merged cell
            if ground:
                part.fill = fill(ground)
    cell: Any = sheet.cell(row, column)
    cell.value = value
    cell.font = Font(name=font, size=size, bold=bold, color=colour)
    cell.alignment = Alignment(
        horizontal=across,
        vertical=down,
        wrap_text=wrap and not shrink,
        shrink_to_fit=shrink,
        indent=(across == "left") if indent is None else indent,
    )
    cell.number_format = format_
    if rows > 1 or columns > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1)
    return cell


def when(
    sheet: Worksheet,
    range_: str,
    formula: str,
    *,
    ink: str | None = None,
    ground: str | None = None,
    bold: bool | None = None,
    grid: bool = False,
    stop: bool = False,
) -> None:
    """Show the cells of `range_` otherwise while `formula`, written for the first of them, is true."""
    style = DifferentialStyle(
        font=Font(color=ink, bold=bold) if ink else None,
        fill=fill(ground) if ground else None,
        border=GRID if grid else None,
    )
    rule = Rule(type="expression", formula=[formula], dxf=style, stopIfTrue=stop)
    sheet.conditional_formatting.add(range_, rule)


def verdict(sheet: Worksheet, columns: int) -> None:
    """Colour the verdict line in row 2 by its sign: × wrong, — open, else good."""
    range_ = f"A2:{column_name(columns)}2"
    when(sheet, range_, 'LEFT($A$2,1)="×"', ink=WRONG, ground=DOUBT, stop=True)
    when(sheet, range_, 'LEFT($A$2,1)="—"', ink=INK, ground=WAITING, stop=True)
    when(sheet, range_, "LEN($A$2)>0", ink=GOOD)


def title(sheet: Worksheet, text: str, columns: int, size: float = 18) -> None:
    """The title in row 1."""
    put(sheet, 1, 1, text, columns=columns, font=TITLE, size=size, grid=False, across="center")
    sheet.row_dimensions[1].height = 36


def widths(sheet: Worksheet, *characters: float) -> None:
    """Set the widths of the first columns, in characters."""
    for column, width in enumerate(characters, 1):
        sheet.column_dimensions[column_name(column)].width = width


def lines(text: str, width: float, size: float = 11) -> int:
    """How many lines `text` takes in a column `width` characters wide; a Chinese character is two."""
    room = max(2, int((width - 3) * 11 / size))
    return sum(1 if 2 * len(part) <= room else -(-max(1, length(part)) // room) for part in text.split("\n"))


def length(text: str) -> int:
    """Its length in half widths."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def paper(
    sheet: Worksheet,
    last: str,
    *,
    landscape: bool = False,
    one_page: bool = False,
    heads: str = "",
) -> None:
    """A4, as wide as the page, with head and foot lines.

    `last` is the last cell printed, "" where all that is filled is printed; `heads` are rows that repeat.
    """
    setup = sheet.page_setup
    setup.paperSize = 9
    setup.orientation = "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom, margins.header, margins.footer = 0.85, 0.8, 0.4, 0.4
    sheet.print_options.horizontalCentered = True
    if last:
        sheet.print_area = f"A1:{last}"
    if heads:
        sheet.print_title_rows = heads
    head, foot = sheet.oddHeader, sheet.oddFooter
    assert head is not None
    assert foot is not None
    head.left.text, head.right.text = "政府信息公开工作年度报告", "&A"
    foot.center.text = "第 &P 页，共 &N 页"


def protect(sheet: Worksheet, *, rows: bool = False) -> None:
    """Lock the sheet without a password; with `rows`, heights may still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = not rows
