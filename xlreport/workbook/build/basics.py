"""基本信息: the agency, the year, and what last year's report said."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import Fact, Figure, Form
from xlreport.workbook.build import checks as c
from xlreport.workbook.build import styles as s
from xlreport.workbook.build.inputs import allow_choice, allow_fact_number, allow_number, name_cell
from xlreport.workbook.plan import ABOUT, CHECKS, aspect_names, facts_of

LAST = 8  # columns
WIDTH = 42  # characters of the first
LIST = 12  # choices stand from this column on, hidden


def write(sheet: Worksheet, form: Form) -> None:
    """Put the sheet down."""
    s.widths(sheet, WIDTH, *[12] * (LAST - 1))
    s.title(sheet, "基本信息", LAST)
    _verdict(sheet, form)
    row = _who(sheet, form, 3)
    row = _last_year(sheet, form, row + 1)
    s.paper(sheet, f"H{row - 1}", one_page=True)
    s.protect(sheet, rows=True)


def _verdict(sheet: Worksheet, form: Form) -> None:
    own = tuple(x for x in c.lay(form) if x.group == c.BASIC)
    required = tuple(x for x in own if x.kind == c.REQUIRED)
    carry = tuple(x for x in c.lay(form) if x.kind == c.CARRY)
    missing, wrong = (c.count(c.verdicts(x, CHECKS), "×") for x in (required, own))
    failed = c.count(c.verdicts(carry, CHECKS), "×") if carry else "0"
    verdict = (
        f'=IF({failed}>0,"× 有 "&{failed}&" 列与上年结转衔接不上，见“{CHECKS}”",'
        f'IF({missing}>0,"— 还有 "&{missing}&" 项必填：单位全称、报告年度",'
        f'IF({wrong}>0,"× 有填写错误，见“{CHECKS}”","√ 单位和年度已填齐")))'
    )
    s.put(sheet, 2, 1, verdict, columns=LAST, font=s.HEI, grid=False)
    sheet.row_dimensions[2].height = 26
    s.verdict(sheet, LAST)


def _who(sheet: Worksheet, form: Form, row: int) -> int:
    _heading(sheet, row, "一、单位和年度")
    for name, label, hint in (
        ("agency", "单位全称（必填）", "与公章一致的全称，报告标题照此生成"),
        ("office_kind", "单位类别", "从下拉列表选，报送时限见“填报说明”"),
        ("year", "报告年度（必填）", f"四位数字，如 {form.first_year + 4}"),
        ("contact", "联系方式", "印在报告开头：地址、邮编、电话、电子邮箱"),
    ):
        row = ABOUT[name]
        s.put(sheet, row, 1, label, ground=s.LABEL)
        text = "General" if name == "year" else "@"
        s.put(sheet, row, 2, columns=4, ground=s.INPUT, unlocked=True, format_=text)
        s.put(sheet, row, 6, hint, columns=3, size=9.5, colour=s.PALE_INK)
        name_cell(sheet, name, row, 2)
        sheet.row_dimensions[row].height = 44 if name == "contact" else 30
        if name == "office_kind":
            allow_choice(sheet, f"B{row}", [office.id for office in form.offices], LIST)
        if name == "year":
            allow_number(sheet, "year", f"B{row}", "年")
        if name != "contact":
            s.when(sheet, f"B{row}", f"ISBLANK(B{row})", ground=s.WAITING)
    for number, fact in enumerate(facts_of(form, ""), 1):
        row += 1
        _fact(sheet, fact, row, LIST + number)
    return row + 1


def _fact(sheet: Worksheet, fact: Fact, row: int, column: int) -> None:
    s.put(sheet, row, 1, fact.question, ground=s.LABEL)
    s.put(sheet, row, 2, columns=4, ground=s.INPUT, unlocked=True, format_="@" if fact.kind == "text" else "General")
    s.put(sheet, row, 6, fact.hint, columns=3, size=9.5, colour=s.PALE_INK)
    name_cell(sheet, f"fact_{fact.id}", row, 2)
    sheet.row_dimensions[row].height = max(30, 6 + 13 * s.lines(fact.hint, 33, 9.5))
    allow_fact(sheet, fact, f"B{row}", column)


def allow_fact(sheet: Worksheet, fact: Fact, cell: str, column: int) -> None:
    """What the answer to a fact may be; its choices go to `column`."""
    if fact.kind == "choice":
        allow_choice(sheet, cell, fact.options, column, own_words=fact.many)
    elif fact.kind != "text":
        allow_fact_number(sheet, fact.kind, cell)


def _heading(sheet: Worksheet, row: int, text: str) -> None:
    s.put(sheet, row, 1, text, columns=LAST, font=s.HEI, ground=s.HEADING)
    sheet.row_dimensions[row].height = 24


def _last_year(sheet: Worksheet, form: Form, row: int) -> int:
    """Last year's figures: rows of table 3 under its columns, the others one a line; then last year's text."""
    _heading(sheet, row, "二、上年报告的数据（照上年公开的报告填，用于核对结转；没有上年报告的不填）")
    table = form.table("t3")
    wanted = [form.figures[id_] for id_ in form.last_year_figures]
    row += 1
    s.put(sheet, row, 1, "上年表三", ground=s.LABEL, font=s.HEI, across="center")
    heads = {figure.column_id: figure.names[-1] for figure in table.figures}
    for column, id_ in enumerate(table.column_ids, 2):
        s.put(sheet, row, column, heads[id_], ground=s.LABEL, across="center")
    sheet.row_dimensions[row].height = 34
    for row_id in dict.fromkeys(figure.row_id for figure in wanted if figure.table == "t3"):
        row += 1
        cells = {figure.column_id: figure for figure in wanted if (figure.table, figure.row_id) == ("t3", row_id)}
        first = next(iter(cells.values()))
        stubs = (x.text for x in table.labels if x.role == "stub" and x.row <= first.row < x.row + x.rows)
        s.put(sheet, row, 1, "".join(stubs), ground=s.LABEL)
        sheet.row_dimensions[row].height = 28
        for column, id_ in enumerate(table.column_ids, 2):
            if id_ in cells:
                _last_figure(sheet, cells[id_], row, column)
            else:
                s.put(sheet, row, column, ground=s.TOTAL)
        if any(form.figures[before].row_id == row_id for before, _ in form.carry):
            row = _carried(sheet, form, row + 1)
    for figure in wanted:
        if figure.table != "t3":
            row += 1
            name = f"上年{figure.sheet}：{'·'.join(figure.names)}"
            s.put(sheet, row, 1, name, ground=s.LABEL)
            _last_figure(sheet, figure, row, 2)
            s.put(sheet, row, 3, figure.unit, columns=6, size=9.5, colour=s.PALE_INK, grid=False)
            sheet.row_dimensions[row].height = 12 + 15 * s.lines(name, WIDTH)
    names = aspect_names(form)
    for key in form.last_year_text:
        row += 1
        _heading(sheet, row, f"三、上年报告的文字：{names[key]}（用于避免年年雷同）")
        row += 1
        s.put(sheet, row, 1, columns=LAST, ground=s.INPUT, unlocked=True, down="top", font=s.FANG, format_="@")
        name_cell(sheet, f"last_text_{key.replace('.', '_')}", row, 1)
        sheet.row_dimensions[row].height = 180
    return row + 1


def _last_figure(sheet: Worksheet, figure: Figure, row: int, column: int) -> None:
    cell = s.put(sheet, row, column, ground=s.INPUT, unlocked=True, across="center", shrink=True)
    name_cell(sheet, f"last_{figure.defined_name}", row, column)
    allow_number(sheet, figure.kind, cell.coordinate, figure.unit)


def _carried(sheet: Worksheet, form: Form, row: int) -> int:
    """Under last year's 四: this year's 二, and whether they agree."""
    checks = {check.link: check for check in c.lay(form) if check.kind == c.CARRY}
    s.put(sheet, row, 1, "本年表三“二、上年结转”（自动）", ground=s.TOTAL)
    s.put(sheet, row + 1, 1, "两者相符？", ground=s.TOTAL)
    for column, (_, now) in enumerate(form.carry, 2):
        figure = form.figures[now]
        value = f'=IF(COUNT({figure.address})=0,"",{figure.address})'
        s.put(sheet, row, column, value, ground=s.TOTAL, across="center", shrink=True)
        sign = f"LEFT({CHECKS}!F{checks[figure.address].row},1)"
        mark = f'=IF({sign}="（","",{sign})'
        s.put(sheet, row + 1, column, mark, ground=s.TOTAL, across="center", font=s.HEI)
    sheet.row_dimensions[row].height = sheet.row_dimensions[row + 1].height = 24
    for sign, ink in (("×", s.WRONG), ("√", s.GOOD)):
        s.when(sheet, f"B{row + 1}:H{row + 1}", f'B{row + 1}="{sign}"', ink=ink, bold=True)
    return row + 1
