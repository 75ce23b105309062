"""xlreport.results.stream: what openpyxl would write, at any length."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from xlreport.results import stream
from xlreport.results.links import Link
from xlreport.results.lists import Column, Line, styles, write
from xlreport.results.stream import Sheet, workbook

COLUMNS = (
    Column("number", 6, "centre"),
    Column("unit", 32),
    Column("verdict", 14, "centre"),
    Column("errors", 7, "number"),
    Column("back", 24, "link"),
)
LINES = (
    Line((1, "=1+1 <&>\n“甲”局", "未通过", 3, "打开"), grade="fail", outside=Link("returns/a&b'.xlsx", ""), linked=4),
    Line((2, " 乙局 ", "有提醒", -1.5, None), grade="warnings", opens=True),
    Line((3, "长" * 40_000, "", None, "不是链接")),
)


def sheet(lines: tuple[Line, ...] = LINES) -> Sheet:
    return Sheet("单位", "collect", COLUMNS, iter(lines), len(lines))


def written(content: bytes) -> list[list[Any]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [
        [(cell.value, cell.style, cell.quotePrefix, cell.hyperlink and cell.hyperlink.target) for cell in row]
        + [book.active.row_dimensions[number].height]  # type: ignore[union-attr]
        for number, row in enumerate(book.active.iter_rows(), 1)  # type: ignore[union-attr]
    ]


def test_as_openpyxl_writes_it() -> None:
    """Values, styles, links, heights, filter and what repeats on paper: as in a list that openpyxl holds as a whole."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles(book)
    write(book.create_sheet("单位"), COLUMNS, LINES, "zh", heads="collect.column", title="题")
    target = BytesIO()
    book.save(target)
    ours = workbook([sheet()], "题")
    assert written(ours) == written(target.getvalue())
    one, other = (openpyxl.load_workbook(BytesIO(content)).worksheets[0] for content in (ours, target.getvalue()))
    for name in ("dimensions", "freeze_panes", "print_title_rows", "print_area"):
        assert getattr(one, name) == getattr(other, name)
    assert one.auto_filter.ref == other.auto_filter.ref == "A1:E4"


def test_read_without_holding_it() -> None:
    """A reader that trusts the sheet's own word on its size sees every line."""
    book = openpyxl.load_workbook(BytesIO(workbook([sheet(), sheet()], "题")), read_only=True)
    assert [len(list(one.iter_rows())) for one in book.worksheets] == [4, 4]


def test_the_same_bytes() -> None:
    """The same lists give the same bytes."""
    assert workbook([sheet()], "题") == workbook([sheet()], "题")


def test_more_than_a_sheet_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines beyond what a sheet takes are counted on it; links beyond are words."""
    monkeypatch.setattr(stream, "ROWS", 3)
    monkeypatch.setattr(stream, "LINKS", 2)
    found = written(workbook([sheet((LINES[0],) * 5)], "题"))
    assert [row[4][3] for row in found] == [None, "returns/a&b'.xlsx", "returns/a&b'.xlsx", None, None]
    assert found[3][4][0] == "打开"
    assert "2" in found[4][1][0]
    assert len(found) == 5


def test_a_link_longer_than_excel_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that Excel would repair the workbook over is words."""
    target = len("returns/a&b'.xlsx")
    for longest, linked in ((target, True), (target - 1, False)):
        monkeypatch.setattr(stream, "LONGEST", longest)
        (_, row) = written(workbook([sheet((LINES[0],))], "题"))[:2]
        assert (row[4][0], bool(row[4][3])) == ("打开", linked)
