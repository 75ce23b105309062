"""The functions behind the buttons, in a real LibreOffice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.host.clerk import Edit, changed, renamed, several, typed, uno
from tests.samples import bureau, city, write_workbook
from xlreport import job
from xlreport.errors import FormError, HostError, OutputError
from xlreport.form import load_form
from xlreport.host import addin
from xlreport.host.host import host_of
from xlreport.host.reading import OpenBook
from xlreport.host.sight import look
from xlreport.report import Report
from xlreport.workbook.build.checks import lay
from xlreport.workbook.plan import FOUND, MARKED, RED, TINT

pytestmark = pytest.mark.office

FORM = load_form("2021")
Open = Callable[..., xw.Book]


@pytest.fixture
def opened(app: xw.App, tmp_path: Path) -> Iterator[Open]:
    """Opens the filled workbook of a report, under a path that is no plain ASCII."""
    books: list[xw.Book] = []

    def open_(report: Report, name: str = "年报（一）[x].xlsx") -> xw.Book:
        folder = tmp_path / "测试 目录"
        folder.mkdir(exist_ok=True)
        books.append(app.books.open(write_workbook(report, folder / name)))
        return books[-1]

    yield open_
    for book in books:
        book.close()


WRONG: dict[str, Edit] = {
    "nothing": lambda _: None,
    "a wrong count": typed("表三!D8", 1415),
    "a negative count": typed("表四!A6", -3),
    "a fraction": typed("表三!E9", 3.5),
    "an amount that binary fractions blur": typed("表二!B11", "=0.1+0.2"),
    "a huge number": typed("表三!D6", 1e308),
    "a blank": typed("表三!D6", None),
    "a figure as text": typed("表三!D6", "'12件"),
    "full-width digits": typed("表三!D6", "１２"),
    "a stroke": typed("表三!D6", "/"),
    "white space": typed("表三!D6", "  "),
    "text like an error": typed("表三!D6", "'#DIV/0!"),
    "an error value": typed("表三!D6", "=1/0"),
    "another error value": typed("表三!D6", "=NA()"),
    "an unknown name": typed("表三!D6", "=甲乙丙"),
    "a truth value": typed("表三!D6", True),
    "a date": typed("表三!D6", dt.datetime(2024, 5, 1)),  # noqa: DTZ001
    "a date with a time": typed("表三!D6", dt.datetime(2024, 5, 1, 8, 30)),  # noqa: DTZ001
    "an overwritten total": typed("表三!J6", 3525),
    "an emptied total": typed("表三!J6", None),
    "another formula": typed("表三!J6", "=SUM(D6:H6)"),
    "overwritten totals": several(*(typed(f"表三!J{row}", 1) for row in range(6, 12))),
    "a changed label": typed("表三!A6", "一、本年新收"),
    "a label with a number": typed("表三!A6", 7),
    "an emptied label": typed("表三!A6", None),
    "a renamed sheet": renamed("表三", "表 三（改）"),
    "a sheet of one's own": lambda book: (book.api.unprotect(""), book.sheets.add("台账")),
    "a stale draft": typed("表三!D6", 3441),
    "the carry from last year": lambda book: book.names["last_t3_carried_out_natural_person"].refers_to_range.__setattr__(
        "value", 119
    ),
    "last year as text": lambda book: book.names["last_t3_carried_out_natural_person"].refers_to_range.__setattr__(
        "value", "一百"
    ),
    "no agency": typed("基本信息!B4", None),
    "a year that is none": typed("基本信息!B6", "二〇二四"),
    "an unknown kind of office": typed("基本信息!B5", "公司"),
    "text that is a formula": typed("正文!C66", "=未知()"),
    "a placeholder": typed("正文!C66", "全年新收政府信息公开申请 XX 件。"),
    "text with a wrong figure": typed("正文!C66", "全年新收政府信息公开申请 17 件。"),
    "a split cell": uno("表三", lambda sheet: sheet.getCellRangeByName("A6:C6").merge(False)),
    "joined cells": uno("表三", lambda sheet: sheet.getCellRangeByName("D6:E7").merge(True)),
    "an inserted row": uno("表三", lambda sheet: sheet.Rows.insertByIndex(10, 2)),
    "an inserted column": uno("表三", lambda sheet: sheet.Columns.insertByIndex(3, 1)),
    "a name that is gone": lambda book: book.names["t3_received_other"].delete(),
    "much at once": several(
        typed("表三!D8", 1415),
        typed("表三!E6", "12件"),
        typed("表四!A6", -3),
        typed("表三!J9", "=1/0"),
        typed("表三!A6", "一"),
        typed("正文!C66", "【请填写：概况】"),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_verdict_is_that_of_check(opened: Open, tmp_path: Path, wrong: str) -> None:
    """The button's verdict on the open book is what `check` says of the saved file, and saving it changes nothing."""
    book = opened(city())
    WRONG[wrong](book)
    outcome = addin.validate(book)
    seen = look(book, host_of(book)).verdict
    saved = tmp_path / "存.xlsx"
    book.save(saved)
    checked = job.check(saved)
    assert [x.to_json() for x in seen.findings] == [x.to_json() for x in checked.findings if x.code != "WB-VALID"]
    assert [x.to_json() for x in seen.suspects] == [x.to_json() for x in checked.suspects]
    assert [x.to_json() for x in seen.not_assessed] == [x.to_json() for x in checked.not_assessed]
    assert (outcome.status, outcome.errors) == (checked.status, len(checked.errors))
    shape = [x for x in job.verify_template(saved) if x.severity == "error"]
    assert [x.to_json() for x in shape] == [x.to_json() for x in checked.findings if x in shape]
