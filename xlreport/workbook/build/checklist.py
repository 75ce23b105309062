"""校验: the lines of `checks`, put down, with the verdict on everything at the top."""

from __future__ import annotations

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import Form, column_name
from xlreport.workbook.build import checks as c
from xlreport.workbook.build import styles as s
from xlreport.workbook.build.inputs import name_cell, name_lines
from xlreport.workbook.plan import CHECKS, FOUND, FOUND_LINES, MARKED, MARKED_COLUMN

WIDTHS = (6, 72, 11, 11, 11, 17, 13)
AIR = 16
"""Size of the letters of a hidden cell beside each line of the list: fitted rows are not lower."""


def write(sheet: Worksheet, form: Form) -> None:
    """Put the lines down, with the verdict on everything at the top."""
    checks = c.lay(form)
    last = checks[-1].row
    s.widths(sheet, *WIDTHS)
    s.title(sheet, CHECKS, 7)
    area = c.verdicts(checks)
    wrong, open_ = c.count(area, "×"), c.count(area, "—")
    listed = f"$F${last + 3}:$F${last + 2 + FOUND_LINES}"  # what the button found last
    found = c.count(listed, "×")
    verdict = (
        f'=IF({wrong}>0,"× 有 "&{wrong}&" 处需要更正（红色各行）"&IF({open_}>0,"，另有 "&{open_}&" 处待补",""),'
        f'IF({found}>0,"× 随填随算的各项没有错误",'
        f'IF({open_}>0,"— 没有发现错误，还有 "&{open_}&" 处待补（黄色各行）",'
        f'IF(COUNTA({listed})>0,"√ 全部相符，可以生成报告","√ 各行全部相符；正文里的数等，请点“校验”按钮再核对"))))'
        f'&IF({found}>0,"；按钮查出 "&{found}&" 处，列在最下面，改后请再点“校验”","")'
    )
    s.put(sheet, 2, 1, verdict, columns=7, font=s.HEI, size=14, ground=s.LABEL, across="center")
    hint = "随填随算；点“去看”（LibreOffice 按住 Ctrl 点）跳到要看的格子。右上方的按钮要先装插件，没有插件也照样核对。"
    s.put(sheet, 3, 1, hint, columns=7, size=10, colour=s.PALE_INK, grid=False)
    sheet.row_dimensions[2].height, sheet.row_dimensions[3].height = 32, 20
    heads = ("序号", "核对什么", "等号左边", "等号右边", "相差／个数", "结论", "去看")
    for column, text in enumerate(heads, 1):
        s.put(sheet, 4, column, text, font=s.HEI, ground=s.HEADING, across="center")
    sheet.row_dimensions[4].height = 24
    group = ""
    for number, check in enumerate(checks, 1):
        if check.group != group:
            group = check.group
            s.put(sheet, check.row - 1, 1, group, columns=7, font=s.HEI, ground=s.LABEL)
            sheet.row_dimensions[check.row - 1].height = 22
        _line(sheet, number, check)
    s.verdict(sheet, 7)
    range_, cell = f"A{c.FIRST}:G{last}", f"$F{c.FIRST}"
    s.when(sheet, range_, f'LEFT({cell},1)="×"', ink=s.WRONG, ground=s.DOUBT)
    s.when(sheet, range_, f'LEFT({cell},1)="—"', ground=s.WAITING)
    s.when(sheet, f"F{c.FIRST}:F{last}", f'LEFT({cell},1)="√"', ink=s.GOOD)
    sheet.freeze_panes = f"A{c.FIRST}"
    _found(sheet, last + 2)
    s.paper(sheet, "", heads="$4:$4")
    s.protect(sheet)


def _line(sheet: Worksheet, number: int, check: c.Check) -> None:
    row = check.row
    s.put(sheet, row, 1, number, size=10, colour=s.PALE_INK, across="center")
    s.put(sheet, row, 2, check.words, size=10.5)
    for column, formula in ((3, check.left), (4, check.right), (5, check.difference)):
        s.put(sheet, row, column, f"={formula}" if formula else None, across="right", shrink=True)
    s.put(sheet, row, 6, f"={check.verdict}", across="center", shrink=True)
    link = s.put(sheet, row, 7, check.address, size=10, colour=s.LINK, across="center", shrink=True)
    link.hyperlink = Hyperlink(ref=link.coordinate, location=check.link, tooltip="点此跳到格子")
    sheet.row_dimensions[row].height = 8 + 14 * s.lines(check.words, WIDTHS[1], 10.5)


def _found(sheet: Worksheet, row: int) -> None:
    """Lines where the button lists what it found, as the lines above show it; and the cell that keeps what it marked.

    They take their looks when something stands in them.
    """
    first, last = row + 1, row + FOUND_LINES
    heading = "七、“校验”按钮查出的问题（点按钮后列在下面）"
    s.put(sheet, row, 1, heading, columns=7, font=s.HEI, ground=s.LABEL)
    sheet.row_dimensions[row].height = 22
    for line in range(first, last + 1):
        s.put(sheet, line, 1, size=10, colour=s.PALE_INK, grid=False, across="center")
        s.put(sheet, line, 2, size=10.5, grid=False)
        for column in (3, 4, 5):
            s.put(sheet, line, column, grid=False, across="right", shrink=True)
        s.put(sheet, line, 6, grid=False, across="center", shrink=True)
        s.put(sheet, line, 7, size=10, colour=s.LINK, grid=False, across="center", shrink=True)
        s.put(sheet, line, MARKED_COLUMN, size=AIR, grid=False)
    area, cell = f"A{first}:G{last}", f"$F{first}"
    s.when(sheet, area, f'LEFT({cell},1)="×"', ground=s.DOUBT, grid=True)
    s.when(sheet, area, f'LEFT({cell},1)="—"', ground=s.WAITING, grid=True)
    s.when(sheet, area, f"LEN({cell})>0", grid=True)
    name_lines(sheet, FOUND, first, last, 7)
    s.put(sheet, row, MARKED_COLUMN, grid=False, wrap=False, format_="@")
    sheet.column_dimensions[column_name(MARKED_COLUMN)].hidden = True
    name_cell(sheet, MARKED, row, MARKED_COLUMN)
