"""Where ranges are."""

from __future__ import annotations

import pytest
import xlwings as xw

from xlreport.host.libreoffice.jumps import jump


@pytest.mark.parametrize(
    ("here", "step", "there"),
    [
        (0, 1, 2),
        (2, 1, 5),
        (1, 1, 2),
        (3, 1, 5),
        (5, 1, 99),
        (5, -1, 2),
        (4, -1, 2),
        (2, -1, 0),
        (99, 1, 99),
        (60, 1, 99),
    ],
)
def test_jump(here, step, there):
    """An arrow key with Ctrl leads to the end of a block, over a gap, or to the edge."""
    assert jump([True, True, True, False, False, True, False], here, step, 100) == there


def test_end(sheet):
    """As in Excel: over gaps, and to the edge of the sheet."""
    sheet["B2"].value = [[1, 2], [3, 4]]
    sheet["B7"].value = 1
    assert sheet["B2"].end("down").address == "$B$3"
    assert sheet["B3"].end("down").address == "$B$7"
    assert sheet["B7"].end("down").address == "$B$1048576"
    assert sheet["B7"].end("up").address == "$B$3"
    assert sheet["A1"].end("right").address == "$XFD$1"
    assert sheet["A2"].end("right").address == "$B$2"
    assert sheet["C2"].end("left").address == "$B$2"
    with pytest.raises(ValueError, match="direction"):
        sheet["A1"].end("north")


def test_addresses(book, sheet):
    """Addresses are written as xlwings documents them."""
    assert sheet["A1:C3"].address == "$A$1:$C$3"
    assert (
        sheet["A1:C3"].get_address(True, False, include_sheetname=True) == "'Sheet1'!A$1:C$3"
    )  # quoted for the book's name, as in Excel
    assert sheet["A1:C3"].get_address(True, False, external=True) == f"'[{book.name}]Sheet1'!A$1:C$3"
    sheet.name = "表 二（一）"
    assert sheet["B2"].get_address(False, False, include_sheetname=True) == "'表 二（一）'!B2"
    assert repr(sheet["B2"]) == f"<Range [{book.name}]表 二（一）!$B$2>"


def test_found(sheet):
    """A range is found by address, by pairs of numbers, by slices, by other ranges and by name."""
    assert sheet.range("B2").address == sheet.range(2, 2).address == sheet.range((2, 2)).address == sheet[1, 1].address
    assert sheet.range("A1", "B2").address == sheet.range((1, 1), (2, 2)).address == sheet[0:2, 0:2].address
    assert sheet.range(sheet["A1"], sheet["B2"]).address == "$A$1:$B$2"
    assert sheet["A:B"].shape == (1048576, 2)
    assert sheet.cells.shape == (1048576, 16384)
    sheet["B2:C3"].name = "block"
    assert sheet["block"].address == "$B$2:$C$3"
    assert sheet["BLOCK"].address == "$B$2:$C$3"


def test_not_found(sheet):
    """What is no range says so: a name nobody knows, row 0, a row beyond the sheet, several areas."""
    with pytest.raises(xw.NoSuchObjectError, match="nobody"):
        sheet["nobody"]
    with pytest.raises(IndexError):
        sheet.range((0, 1))
    with pytest.raises(IndexError):
        sheet.range((1048577, 1))
    with pytest.raises(NotImplementedError, match="several areas"):
        sheet["A1,C3"]


def test_moved(sheet):
    """offset, resize, last_cell, rows and columns lead where xlwings says."""
    block = sheet["B2:C4"]
    assert block.offset(1, 1).address == "$C$3:$D$5"
    assert block.resize(1, 5).address == "$B$2:$F$2"
    assert block.last_cell.address == "$C$4"
    assert [row.address for row in block.rows] == ["$B$2:$C$2", "$B$3:$C$3", "$B$4:$C$4"]
    assert block.columns[1].address == "$C$2:$C$4"
    assert (block.row, block.column, block.shape, len(block), block.size) == (2, 2, (3, 2), 6, 6)
    assert block(1, 1).address == "$B$2"
    assert block[-1].address == "$C$4" if block.shape[0] == 1 else True


def test_regions(sheet):
    """The current region and the used range are the blocks that Excel sees."""
    sheet["B2"].value = [[1, None, 3], [None, 5, None]]
    sheet["F9"].value = 1
    assert sheet["C3"].current_region.address == "$B$2:$D$3"
    assert sheet.used_range.address == "$B$2:$F$9"
    assert sheet["B2"].expand("right").address == "$B$2"
    sheet["A20"].value = [[1, 2], [3, 4], [5, None]]
    assert sheet["A20"].expand("table").address == "$A$20:$B$22"
    assert sheet["A20"].expand("down").address == "$A$20:$A$22"


def test_selection(app, book, sheet):
    """What is selected is told, also on a sheet that was not in front."""
    other = book.sheets.add(after=sheet)
    sheet["B2:C3"].select()
    assert book.sheets.active == sheet
    assert book.selection.address == app.selection.address == "$B$2:$C$3"
    other.activate()
    assert book.sheets.active == other
