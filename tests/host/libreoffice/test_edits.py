"""Cells that are inserted, deleted, moved, copied, merged."""

from __future__ import annotations

import pytest


@pytest.fixture
def block(sheet):
    """Two rows of three, and a sum."""
    sheet["A1"].value = [[1, 2, 3], [4, 5, 6]]
    sheet["A4"].value = "=SUM(A1:A2)"
    return sheet


def test_insert_and_delete(block):
    """Cells shift down, right, up and left, whole rows and columns too; formulas follow."""
    block["A2"].insert("down")
    assert block["A1:A3"].value == [1, None, 4]
    assert block["A5"].formula == "=SUM(A1:A3)"
    block["A2"].delete("up")
    block["B1"].insert("right")
    assert block["A1:D1"].value == [1, None, 2, 3]
    block["B1"].delete()
    assert block["A1:C1"].value == [1, 2, 3]
    block["1:1"].insert("down")
    block["A:A"].insert("right")
    assert block["B2:D3"].value == [[1, 2, 3], [4, 5, 6]]
    block["A:A"].delete()
    block["1:1"].delete()
    assert block["A1:C2"].value == [[1, 2, 3], [4, 5, 6]]
    with pytest.raises(ValueError, match="shift"):
        block["A1"].insert("up")


def test_a_range_stays(block):
    """A range is a place: it does not move with its cells."""
    cell = block["A1"]
    block["1:1"].insert("down")
    assert (cell.address, cell.value) == ("$A$1", None)


def test_copy(block):
    """A copy takes values, formulas and formats, and repeats where the destination has room for it."""
    block["A1"].color = (1, 2, 3)
    block["A1:B1"].copy(block["E1"])
    assert block["E1:F1"].value == [1, 2]
    assert block["E1"].color == (1, 2, 3)
    block["A4"].copy(block["B4:C4"])
    assert block["A4:C4"].formula == (("=SUM(A1:A2)", "=SUM(B1:B2)", "=SUM(C1:C2)"),)
    block["A1"].copy(block["G1:G3"])
    assert block["G1:G3"].value == [1, 1, 1]


def test_copy_to_another_book(app, block):
    """A copy may go to another book."""
    other = app.books.add()
    try:
        block["A1:C2"].copy(other.sheets[0]["B2"])
        assert other.sheets[0]["B2:D3"].value == [[1, 2, 3], [4, 5, 6]]
    finally:
        other.close()


def test_paste(app, block):
    """What was copied is pasted as values, formulas or formats, added up or transposed; the selection stays."""
    block["A1"].color = (1, 2, 3)
    block["D9"].select()
    block["A1:C4"].copy()
    assert app.cut_copy_mode == "copy"
    block["E1"].paste("values")
    assert block["E1:E4"].formula == (("1",), ("4",), ("",), ("5",))
    assert block["E1"].color is None
    block["E1"].paste("formats")
    assert block["E1"].color == (1, 2, 3)
    block["E1"].paste("formulas")
    assert block["E4"].formula == "=SUM(E1:E2)"
    block["A1:C2"].copy()
    block["A10"].paste(transpose=True)
    assert block["A10:B12"].value == [[1, 4], [2, 5], [3, 6]]
    block["A1"].paste(paste="values", operation="add")
    assert block["A1:C1"].value == [2, 4, 6]
    assert app.selection.address == "$D$9"
    app.cut_copy_mode = False
    assert app.cut_copy_mode is None
    with pytest.raises(NotImplementedError, match="column_widths"):
        block["A1"].paste("column_widths")


def test_copy_from(block):
    """copy_from does the same from the other end, and without blanks if asked."""
    block["E1:G1"].value = 9
    block["B1"].value = None
    block["E1"].copy_from(block["A1:C1"], "values", skip_blanks=True)
    assert block["E1:G1"].value == [1, 9, 3]
    block["E5"].copy_from(block["A4"], "formulas")
    assert block["E5"].formula == "=SUM(E2:E3)"


def test_move(block):
    """A move takes cells along, and references follow."""
    block["A1:C2"].move(block["E5"])
    assert block["E5:G6"].value == [[1, 2, 3], [4, 5, 6]]
    assert block["A1"].value is None
    assert block["A4"].formula == "=SUM(E5:E6)"


def test_merge(block):
    """Merged cells keep the first content only, are found from any of them, and come apart again."""
    block["A1:B2"].merge()
    for cell in ("A1", "B1", "A2", "B2"):
        assert block[cell].merge_cells
        assert block[cell].merge_area.address == "$A$1:$B$2"
    assert not block["C1"].merge_cells
    assert block["C1"].merge_area.address == "$C$1"
    block["A1"].unmerge()
    assert block["A1:B2"].value == [[1, None], [None, None]]
    block["A1:C2"].merge(across=True)
    assert block["B2"].merge_area.address == "$A$2:$C$2"
