"""What may be typed where: data validation with Chinese words, and the names of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import Figure, Form, column_name
from xlreport.report import NOT_APPLICABLE
from xlreport.workbook.build import formulas as f
from xlreport.workbook.plan import locator

MOST = 999_999_999_999
_RULES: dict[str, tuple[Literal["whole", "decimal"], int, int, str, str]] = {
    "count": ("whole", 0, MOST, "请填不小于 0 的整数；没有发生的填 0。", "件数应为不小于 0 的整数，不带单位和文字。"),
    "amount": (
        "decimal",
        0,
        MOST,
        "请填不小于 0 的数，可带小数；没有的填 0。",
        "金额应为不小于 0 的数，不带单位和文字。",
    ),
    "change": (
        "whole",
        -MOST,
        MOST,
        "增加填正整数，减少填负整数，没有变化填 0。",
        "增减数应为整数，减少的前面加负号。",
    ),
    "year": ("whole", 2008, 2100, "请填报告所说的年度，四位数字。", "报告年度应为四位数字，不带“年”字。"),
}


def name_cell(sheet: Worksheet, name: str, row: int, column: int) -> None:
    """Define a workbook name for one cell."""
    _name(sheet, name, f"${column_name(column)}${row}")


def name_lines(sheet: Worksheet, name: str, first: int, last: int, columns: int) -> None:
    """Define a workbook name for whole lines of a list."""
    _name(sheet, name, f"$A${first}:${column_name(columns)}${last}")


def _name(sheet: Worksheet, name: str, area: str) -> None:
    assert sheet.parent is not None
    sheet.parent.defined_names[name] = DefinedName(name, attr_text=f"{sheet.title}!{area}")


def allow_numbers(sheet: Worksheet, form: Form, figures: Sequence[Figure]) -> None:
    """Numbers of each figure's kind, on this year's tables."""
    for kind in dict.fromkeys(figure.kind for figure in figures):
        areas = f.areas((x.id for x in figures if x.kind == kind), locator(form, sheet.title))
        units = "、".join(dict.fromkeys(x.unit for x in figures if x.kind == kind))
        allow_number(sheet, kind, " ".join(areas), units)


def allow_number(sheet: Worksheet, kind: str, range_: str, unit: str = "") -> None:
    """Numbers of one kind, in `range_`."""
    type_, least, most, prompt, error = _RULES[kind]
    validation = DataValidation(
        type=type_,
        operator="between",
        formula1=str(least),
        formula2=str(most),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="请核对",
        error=f"{error}请重新填写。",
        showInputMessage=True,
        promptTitle=f"单位：{unit}" if unit else "填写提示",
        prompt=prompt,
    )
    validation.sqref = range_
    sheet.add_data_validation(validation)


def allow_fact_number(sheet: Worksheet, kind: str, cell: str) -> None:
    """A number, or the word that says there is none."""
    whole = f",{cell}=INT({cell})" if kind == "count" else ""
    what = "整数" if kind == "count" else "数"
    validation = DataValidation(
        type="custom",
        formula1=f'IF(ISNUMBER({cell}),AND({cell}>=0{whole},{cell}<={MOST}),{cell}="{NOT_APPLICABLE}")',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="请核对",
        error=f"请填不小于 0 的{what}，不带单位；没有这一项请填“{NOT_APPLICABLE}”。",
        showInputMessage=True,
        promptTitle="填写提示",
        prompt=f"填{what}；没有这一项填“{NOT_APPLICABLE}”；不清楚可以不填。",
    )
    validation.add(cell)
    sheet.add_data_validation(validation)


def allow_choice(sheet: Worksheet, cell: str, options: Sequence[str], column: int, *, own_words: bool = False) -> None:
    """One of `options`, which are kept in the hidden `column` of the same sheet; with `own_words` they only suggest."""
    letter = column_name(column)
    for row, option in enumerate(options, 1):
        sheet.cell(row, column).value = option
    sheet.column_dimensions[letter].hidden = True
    validation = DataValidation(
        type="list",
        formula1=f"${letter}$1:${letter}${len(options)}",
        allow_blank=True,
        showErrorMessage=not own_words,
        errorTitle="请核对",
        error="请从下拉列表中选择。",
        showInputMessage=True,
        promptTitle="填写提示",
        prompt="可从下拉列表中选，也可自己写；一行一条。" if own_words else "请从下拉列表中选择。",
    )
    validation.add(cell)
    sheet.add_data_validation(validation)
