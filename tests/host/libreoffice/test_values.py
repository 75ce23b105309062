"""Values of cells."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from xlreport.host.libreoffice.values import DATE, TIME, TRUTH, prepared, serial, strips, typed

MOMENT = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (45322.0, DATE, dt.datetime(2024, 1, 31)),  # noqa: DTZ001
        (0.5, TIME, dt.datetime(1899, 12, 30, 12)),  # noqa: DTZ001
        (1.0, TRUTH, True),
        (0.0, TRUTH, False),
        (45000.0, TRUTH, 45000.0),
        (0.5, TRUTH, 0.5),
        (1e12, DATE, 1e12),
    ],
)
def test_typed(value, kind, told):
    """A number is what its format says, unless no calendar has it or it is no truth value."""
    found = typed(value, kind)
    assert (type(found), found) == (type(told), told)


def test_serial():
    """A moment becomes its number of days and comes back to the second; a time zone is dropped."""
    assert typed(serial(MOMENT), DATE | TIME) == MOMENT
    assert serial(MOMENT.replace(tzinfo=dt.UTC)) == serial(MOMENT)
    assert serial(dt.timedelta(hours=36)) == 1.5
    assert serial(dt.time(6)) == 0.25


@pytest.mark.parametrize(
    ("value", "becomes"),
    [(None, None), (float("nan"), None), (3, 3.0), (True, True), ("x", "x"), (float("inf"), None), ({}, "{}")],
)
def test_prepared(value, becomes):
    """What no cell can hold is empty, or text."""
    assert prepared(value) == becomes
    assert type(prepared(value)) is type(becomes)


def test_strips():
    """Cells of one kind are joined to boxes, across and down."""
    rows = [[0, 1, 1], [2, 1, 1], [2, 0, 1]]
    assert strips(rows, lambda kind: kind) == {1: [(0, 1, 1, 2), (2, 2, 2, 2)], 2: [(1, 0, 2, 0)]}


def test_there_and_back(sheet):
    """Numbers, texts, truth, dates, moments and empty cells come back as they were written."""
    rows = [[1.5, "文本", None], [True, MOMENT, dt.datetime(2024, 1, 31)], ["", False, -3.0]]  # noqa: DTZ001
    sheet["B2"].value = rows
    rows[2][0] = None
    assert sheet["B2:D4"].value == rows
    assert sheet["B2"].expand().value[0] == rows[0][:2]


def test_formats_of_dates(sheet):
    """A date shows as a date, and a cell that is already formatted as one keeps its own format."""
    sheet["A1"].number_format = "d/m/yyyy"
    sheet["A1:B1"].value = [dt.date(2024, 1, 31), dt.date(2024, 1, 31)]
    assert [sheet[0, column].number_format for column in (0, 1)] == ["d/m/yyyy", "yyyy-mm-dd"]


@pytest.mark.parametrize(
    ("written", "read", "formula"),
    [
        ("=1+1", 2.0, "=1+1"),
        ("'=1+1", "=1+1", "=1+1"),
        ("12", "12", "12"),
        ("'12", "12", "12"),
        ("+1", "+1", "+1"),
        ("@x", "@x", "@x"),
        ("{=1}", "{=1}", "{=1}"),
        ("=", "=", "="),
        (1e15, 1e15, "1000000000000000.0"),
        (12, 12.0, "12"),
        (None, None, ""),
    ],
)
def test_texts_and_formulas(sheet, written, read, formula):
    """Only what begins with = is a formula; text stays text, with or without Excel's apostrophe."""
    sheet["A1"].value = written
    sheet["A2:B2"].value = [written, "=1"]
    assert [sheet["A1"].value, sheet["A2"].value] == [read, read]
    assert sheet["A1"].formula == sheet["A2"].formula == formula


def test_options(sheet):
    """ndim, numbers, dates, empty and transpose do as xlwings says."""
    sheet["A1"].value = [[1, 2.6], [None, dt.date(2024, 1, 31)]]
    block = sheet["A1:B2"]
    assert block.options(numbers=int).value[0] == [1, 3]
    assert block.options(numbers=lambda x: f"{x:.0f}").value[0] == ["1", "3"]
    assert block.options(empty="-").value[1][0] == "-"
    assert block.options(dates=dt.date).value[1][1] == dt.date(2024, 1, 31)
    assert block.options(transpose=True).value[0] == [1, None]
    assert sheet["A1"].options(ndim=2).value == [[1]]
    assert sheet["A1"].options(ndim=1).value == [1]
    assert sheet["A1:A2"].options(ndim=2).value == [[1], [None]]
    assert sheet["A1"].options(expand="right").value == [1, 2.6]
    sheet["D1"].options(transpose=True).value = [7, 8]
    assert sheet["D1:D2"].value == [7, 8]


def test_errors(sheet):
    """An error reads as nothing, or as its name if asked for; its neighbours read as ever."""
    formulas = ["=1/0", "=NA()", "=nosuchname", "=10^400", '="x"+1', "=1"]
    sheet["A1"].value = formulas
    cells = sheet["A1:F1"]
    assert cells.value == [None] * 5 + [1]
    assert cells.options(err_to_str=True).value[:5] == ["#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#VALUE!"]


def test_errors_as_saved(sheet, tmp_path):
    """An error that Excel does not have reads as it does from the file that LibreOffice saves."""
    formulas = ["=1+", "=1:", "=CURRENT()", "=1 2", "=()", "=A6", '=REPT("x",1E9)', "=SQRT(-1)", "=A1:A3*{1;2}"]
    for row, formula in enumerate(formulas):
        sheet.api.getCellByPosition(0, row).setFormula(formula)
    read = sheet.range((1, 1), (len(formulas), 1)).options(err_to_str=True).value
    sheet.book.save(tmp_path / "errors.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "errors.xlsx", data_only=True)["Sheet1"]
    assert read == [cell.value for cell in saved["A"]]
    assert {"#N/A", "#VALUE!"} <= set(read)


def test_fill(sheet):
    """A single value fills the range; a single formula is filled in with its references moved."""
    sheet["A1:B2"].value = 7
    assert sheet["A1:B2"].value == [[7, 7], [7, 7]]
    sheet["C1:D2"].value = "=A1*$A1"
    assert sheet["C1:D2"].formula == (("=A1*$A1", "=B1*$A1"), ("=A2*$A2", "=B2*$A2"))
    sheet["E1:E2"].formula = "=SUM(A1:B1)"
    assert sheet["E1:E2"].value == [14, 14]


def test_formula_constants(sheet):
    """Constants given as formulas are typed in: a number in text is a number."""
    sheet["A1:C1"].formula = ["12", "x", "=A1"]
    assert sheet["A1:C1"].value == [12, "x", 12]


def test_array_formula(sheet):
    """An array formula covers its range and is told by each of its cells."""
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["C1:D2"].formula_array = "=A1:B2*{2,2;3,3}"
    assert sheet["C1:D2"].value == [[2, 4], [9, 12]]
    assert sheet["C1:D2"].formula_array == "=A1:B2*{2,2;3,3}"
    assert sheet["D2"].has_array
    assert not sheet["A1"].has_array
    assert sheet["C1"].expand().address == "$C$1:$D$2"


def test_whole_columns(sheet):
    """Whole columns are read without asking for what is beyond the used range."""
    sheet["B2"].value = [[1], [2]]
    column = sheet["B:B"].value
    assert len(column) == 1048576
    assert column[:4] == [None, 1, 2, None]
    assert sheet["D:D"].value[0] is None


def test_empty_range(sheet):
    """A range of no cells takes nothing and holds nothing."""
    nothing = sheet["A1:B2"][0:0, :]
    nothing.value = 1
    nothing.clear_contents()
    assert nothing.shape == (0, 2)
    assert nothing.raw_value is None
    assert sheet["A1:B2"].value == [[None, None], [None, None]]


def test_larger_than_the_range(sheet):
    """A list is written to as many cells as it has."""
    sheet["A1"].value = [[1, 2], [3, 4]]
    assert sheet["A1:B2"].value == [[1, 2], [3, 4]]
    sheet["A1"].formula = [["=1", "=2"]]
    assert sheet["A1:B1"].value == [1, 2]
