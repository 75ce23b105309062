"""正文: facts to tell for the draft, the generated draft, and the final text that wins over it."""

from __future__ import annotations

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import Fact, Form
from xlreport.report import NOT_APPLICABLE
from xlreport.workbook.build import styles as s
from xlreport.workbook.build.basics import allow_fact
from xlreport.workbook.build.inputs import name_cell
from xlreport.workbook.plan import DRAFT_COLUMN, FINAL_COLUMN, aspect_names, fact_rows, facts_of, text_rows

WIDTHS = (30, 62, 10, 52)
PAGE = 510  # points of height that fit on a page, at the scale at which the width does
LIST = 8  # choices stand from this column on, hidden
_HEIGHTS = {
    "preamble": 100,
    "overview.lead": 100,
    "problems": 200,
}  # points; others 130, notes 50; filling makes more room


def write(sheet: Worksheet, form: Form) -> None:
    """Put the sheet down."""
    s.widths(sheet, *WIDTHS)
    s.title(sheet, "正文", len(WIDTHS))
    hint = (
        "上半部分：把掌握的情况填进“回答”，生成草稿时会用到；没有的填“无此项”，不清楚的可以不填。"
        "下半部分：灰底是生成的草稿；要改，就在右边“定稿”里写，写了定稿就用定稿，没有写的用草稿。"
    )
    s.put(sheet, 2, 1, hint, columns=4, size=10, colour=s.PALE_INK, grid=False)
    sheet.row_dimensions[2].height = 32
    _facts(sheet, form)
    last = _texts(sheet, form)
    _stamp(sheet, last + 1)
    s.paper(sheet, f"D{last}", landscape=True)
    _pages(sheet, form, last)
    s.protect(sheet, rows=True)


def _pages(sheet: Worksheet, form: Form, last: int) -> None:
    """Begin a page where the next aspect, or the next text, would not fit on this one."""
    texts = sorted(text_rows(form).values())
    facts = fact_rows(form)
    aspects = [facts[group[0].id] - 1 for key in form.text_keys if (group := facts_of(form, key))]
    starts = [1, *aspects[1:], texts[0] - 2, *texts[1:]]
    used = 0.0
    for start, end in zip(starts, [*starts[1:], last + 1], strict=True):
        height = sum(sheet.row_dimensions[row].height or 15 for row in range(start, end))
        if start == texts[0] - 2 or used + height > PAGE:
            sheet.row_breaks.append(Break(id=start - 1))
            used = 0
        used += height


def _heading(sheet: Worksheet, row: int, text: str) -> None:
    s.put(sheet, row, 1, text, columns=4, font=s.HEI, size=12, ground=s.HEADING)
    sheet.row_dimensions[row].height = 26


def _heads(sheet: Worksheet, row: int, *heads: tuple[str, int]) -> None:
    column = 1
    for text, columns in heads:
        s.put(sheet, row, column, text, columns=columns, font=s.HEI, ground=s.LABEL, across="center")
        column += columns
    sheet.row_dimensions[row].height = 22


def _facts(sheet: Worksheet, form: Form) -> None:
    _heading(sheet, 3, "一、供生成草稿用的情况")
    _heads(sheet, 4, ("问什么", 1), ("回答", 1), ("单位", 1), ("说明", 1))
    names, rows = aspect_names(form), fact_rows(form)
    for aspect in form.text_keys:
        facts = facts_of(form, aspect)
        if facts:
            row = rows[facts[0].id] - 1
            s.put(sheet, row, 1, names[aspect], columns=4, font=s.HEI, ground=s.LABEL)
            sheet.row_dimensions[row].height = 22
        for fact in facts:
            _fact(sheet, fact, rows[fact.id], LIST + list(rows).index(fact.id))


def _fact(sheet: Worksheet, fact: Fact, row: int, column: int) -> None:
    only = f"（{'、'.join(fact.offices)}填）" if fact.offices else ""
    question, hint = fact.question + only, fact.hint
    s.put(sheet, row, 1, question, ground=s.LABEL)
    long = fact.kind == "text" or fact.many
    kind = "@" if fact.kind == "text" else "General"
    s.put(sheet, row, 2, ground=s.INPUT, unlocked=True, format_=kind, down="top" if long else "center")
    s.put(sheet, row, 3, fact.unit, across="center")
    s.put(sheet, row, 4, hint, size=9.5, colour=s.PALE_INK)
    name_cell(sheet, f"fact_{fact.id}", row, 2)
    allow_fact(sheet, fact, f"B{row}", column)
    needed = max(s.lines(question, WIDTHS[0]), s.lines(hint, WIDTHS[3], 9.5), 3 if long else 1)
    sheet.row_dimensions[row].height = 10 + 15 * needed
    cell = f"B{row}"
    if fact.kind in ("count", "amount"):
        whole = f",{cell}<>INT({cell})" if fact.kind == "count" else ""
        bad = f'IF(ISBLANK({cell}),FALSE,IF(ISNUMBER({cell}),OR({cell}<0{whole}),{cell}<>"{NOT_APPLICABLE}"))'
        s.when(sheet, cell, bad, ink=s.INPUT, ground=s.WRONG, stop=True)


def _stamp(sheet: Worksheet, row: int) -> None:
    """What the draft was made from, below the print area: it tells the reader when figures have changed since."""
    s.put(sheet, row, 1, "草稿的印记（自动写入）", size=9, colour=s.PALE_INK, grid=False)
    s.put(sheet, row, DRAFT_COLUMN, size=9, colour=s.PALE_INK, grid=False, format_="@")
    name_cell(sheet, "draft_stamp", row, DRAFT_COLUMN)


def _texts(sheet: Worksheet, form: Form) -> int:
    """Put the texts down; returns the last row."""
    rows, names = text_rows(form), aspect_names(form)
    first = min(rows.values())
    _heading(sheet, first - 2, "二、正文")
    _heads(sheet, first - 1, ("部分", 1), ("草稿（自动生成，不能改）", 1), ("定稿（写了就用这里的）", 2))
    for key, row in rows.items():
        name = key.replace(".", "_")
        s.put(sheet, row, 1, names[key], ground=s.LABEL)
        s.put(sheet, row, DRAFT_COLUMN, font=s.FANG, ground=s.TOTAL, down="top", format_="@")
        s.put(sheet, row, FINAL_COLUMN, columns=2, font=s.FANG, ground=s.INPUT, unlocked=True, down="top", format_="@")
        name_cell(sheet, f"draft_{name}", row, DRAFT_COLUMN)
        name_cell(sheet, f"text_{name}", row, FINAL_COLUMN)
        sheet.row_dimensions[row].height = 50 if key.startswith("note.") else _HEIGHTS.get(key, 130)
    return max(rows.values())
