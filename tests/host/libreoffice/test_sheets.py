"""Sheets."""

from __future__ import annotations

import pytest
import xlwings as xw


def names(book):
    return [sheet.name for sheet in book.sheets]


def test_add_move_copy_delete(app, book):
    """Sheets are added, moved, copied within a book and to another, and deleted."""
    book.sheets.add("a", after=book.sheets["Sheet1"])
    assert book.sheets.active.name == "a"
    book.sheets.add("b", before=book.sheets["Sheet1"])
    assert names(book) == ["b", "Sheet1", "a"]
    assert [sheet.index for sheet in book.sheets] == [1, 2, 3]
    book.sheets["b"].move(after=book.sheets["a"])
    assert names(book) == ["Sheet1", "a", "b"]
    book.sheets["b"].move(before=book.sheets["a"])
    assert names(book) == ["Sheet1", "b", "a"]
    book.sheets["a"]["A1"].value = 7
    assert book.sheets["a"].copy(before=book.sheets["Sheet1"], name="c")["A1"].value == 7
    assert book.sheets["a"].copy().name == "a (2)"
    assert names(book) == ["c", "Sheet1", "b", "a", "a (2)"]
    other = app.books.add()
    try:
        assert book.sheets["a"].copy(after=other.sheets[0])["A1"].value == 7
        assert names(other) == ["Sheet1", "a"]
    finally:
        other.close()
    book.sheets["c"].delete()
    assert names(book) == ["Sheet1", "b", "a", "a (2)"]


@pytest.mark.parametrize("name", ["a:b", "x/y", "Sheet1", ""])
def test_bad_names(book, name):
    """A name that a sheet cannot bear is refused, and nothing is changed."""
    sheet = book.sheets.add("other")
    with pytest.raises(ValueError, match="name"):
        sheet.name = name
    assert sheet.name == "other"


def test_bad_name_of_a_new_sheet(book):
    """A new sheet is not made under such a name."""
    with pytest.raises(ValueError, match="name"):
        book.sheets.add("a:b")
    assert names(book) == ["Sheet1"]


def test_the_last(book, sheet):
    """The last sheet can be neither hidden nor deleted."""
    with pytest.raises(ValueError, match="visible"):
        sheet.visible = False
    with pytest.raises(ValueError, match="one sheet"):
        sheet.delete()
    book.sheets.add()
    sheet.visible = False
    assert not sheet.visible


def test_missing(book):
    """A sheet that is not there says so."""
    with pytest.raises(xw.NoSuchObjectError, match="nobody"):
        book.sheets["nobody"]
    assert "nobody" not in book.sheets


def test_print_area_and_panes(sheet):
    """What is printed and what stays in view are set and taken back."""
    assert sheet.page_setup.print_area is None
    sheet.page_setup.print_area = "$A$1:$C$3"
    assert sheet.page_setup.print_area == "$A$1:$C$3"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
    controller = sheet.book.api.getCurrentController()
    for frozen, columns, rows in (("B3", 2, 3), ("A:A", 1, 0), ("1:2", 0, 2)):
        sheet.freeze_panes.freeze_at(frozen)
        assert (controller.getSplitColumn(), controller.getSplitRow()) == (columns, rows)
    sheet.freeze_panes.unfreeze()
    assert not controller.hasFrozenPanes()
