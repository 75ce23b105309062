"""填报说明: how to fill, by when, what counts as what, and what the colours mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import Form
from xlreport.workbook.build import styles as s
from xlreport.workbook.plan import BASICS, CHECKS, WORDS

WIDTHS = (26, 96)
SIZE = 11


def write(sheet: Worksheet, form: Form) -> None:
    """Put the sheet down."""
    s.widths(sheet, *WIDTHS)
    s.title(sheet, "政府信息公开工作年度报告 填报说明", 2)
    basis = f"按照{form.notice_title}（{form.notice}）编制，适用于 {form.first_year} 年及以后年度的报告。"
    if form.id == "2019":
        basis = f"按照{form.notice_title}（{form.notice}）编制，适用于 2019、2020 年度的报告。"
    s.put(sheet, 2, 1, basis, columns=2, colour=s.PALE_INK, grid=False, across="center")
    sheet.row_dimensions[2].height = 34
    row = _steps(sheet, form, 3)
    row = _cards(sheet, row, "二、什么时候报", [(o.id, f"{o.deadline}。{o.duty}。") for o in form.offices])
    row = _cards(sheet, row, "三、容易填错的口径", form.definitions)
    row = _colours(sheet, row)
    s.paper(sheet, f"B{row - 1}", one_page=True)
    s.protect(sheet)


def _steps(sheet: Worksheet, form: Form, row: int) -> int:
    tables = "、".join(table.sheet for table in form.tables)
    first = form.tables[0].sheet
    steps = (
        (
            "第一步 基本信息",
            "填单位全称、类别、年度和联系方式，有上年报告的再照抄上年数据，用于核对结转。全年没有相关业务的，“本年度无相关业务”选“是”。",
            BASICS,
        ),
        (
            "第二步 三张表",
            f"填{tables}的白色和黄色格子，只填数字，没有发生的填 0；总计自动算出，不用填也改不了。",
            first,
        ),
        (
            "第三步 校验",
            "看“校验”最上面一行。红色必须更正，黄色还没有填；点该行“去看”（LibreOffice 按住 Ctrl 点）跳到那一格。",
            CHECKS,
        ),
        ("第四步 正文", "把掌握的情况填在“正文”上半部分，用它生成草稿；逐段核对，要改的写在“定稿”里。", WORDS),
        ("第五步 生成报告", "校验没有红色以后，生成 Word、PDF 和网页三种报告。生成前请先保存本工作簿。", ""),
    )
    row = _heading(sheet, row, "一、怎样填")
    for name, words, target in steps:
        cell = _card(sheet, row, name, words)
        if target:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{target}!A1", tooltip=f"打开“{target}”")
        row += 1
    return row


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    s.put(sheet, row, 1, text, columns=2, font=s.HEI, size=12, ground=s.HEADING)
    sheet.row_dimensions[row].height = 26
    return row + 1


def _card(sheet: Worksheet, row: int, name: str, words: str) -> Any:
    cell = s.put(sheet, row, 1, name, font=s.HEI, ground=s.LABEL, size=SIZE)
    s.put(sheet, row, 2, words, size=SIZE)
    needed = max(s.lines(name, WIDTHS[0], SIZE), s.lines(words, WIDTHS[1], SIZE))
    sheet.row_dimensions[row].height = 9 + 15.5 * needed
    return cell


def _cards(sheet: Worksheet, row: int, heading: str, cards: Iterable[tuple[str, str]]) -> int:
    row = _heading(sheet, row, heading)
    for name, words in cards:
        _card(sheet, row, name, words)
        row += 1
    return row


def _colours(sheet: Worksheet, row: int) -> int:
    row = _heading(sheet, row, "四、颜色的意思")
    for ground, ink, sample, words in (
        (s.WAITING, s.INK, "浅黄", "要填、还没有填的格子。"),
        (s.INPUT, s.INK, "白", "已经填好、可以改的格子。"),
        (s.TOTAL, s.INK, "灰", "自动算出或自动生成，不用填，已锁定。"),
        (s.FAILED, s.WRONG, "浅红", "所在的行或列勾稽不符，其中至少有一格不对；“校验”按钮也用它标出有关的格子。"),
        (s.WRONG, s.INPUT, "深红", "填了文字、错误值、负数或不该有的小数，请重新填写。"),
        (s.MARKED, s.INK, "鲜红", "点“校验”按钮后，很可能填错的格子；点“清除标记”即去掉。"),
    ):
        s.put(sheet, row, 1, sample, ground=ground, colour=ink, across="center")
        s.put(sheet, row, 2, words, size=SIZE)
        sheet.row_dimensions[row].height = 24
        row += 1
    return row
