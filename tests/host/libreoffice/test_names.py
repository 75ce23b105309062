"""Defined names."""

from __future__ import annotations

import pytest

from xlreport.errors import ProgramError


def test_both_scopes(book, sheet):
    """A book's names include its sheets', which bear the sheet's name."""
    sheet.name = "表 三"
    book.names.add("total", "='表 三'!$B$2:$C$3")
    sheet.names.add("local", "='表 三'!$D$4")
    assert [name.name for name in book.names] == ["total", "'表 三'!local"]
    assert [name.name for name in sheet.names] == ["'表 三'!local"]
    assert book.names["total"].refers_to == "='表 三'!$B$2:$C$3"
    assert book.names["total"].refers_to_range == sheet["B2:C3"]
    assert book.names["'表 三'!local"].refers_to_range.address == "$D$4"
    assert sheet["local"].address == "$D$4"
    assert sheet["B2:C3"].name.name == "total"
    assert sheet["A1"].name is None
    assert ("total" in book.names, "nobody" in book.names, "TOTAL" in book.names) == (True, False, True)


def test_change(book, sheet):
    """A name is pointed elsewhere, and formulas follow; it is deleted, but not renamed: formulas would not follow."""
    sheet["A1:A2"].options(transpose=True).value = [5, 6]
    sheet["A1"].name = "cell"
    sheet["B1"].value = "=cell"
    book.names["cell"].refers_to = "=Sheet1!$A$2"
    assert sheet["B1"].value == 6
    with pytest.raises(NotImplementedError, match="formulas"):
        book.names["cell"].name = "other"
    book.names["cell"].delete()
    assert len(book.names) == 0
    with pytest.raises(KeyError):
        book.names["cell"]


def test_constants(book, sheet):
    """A name may stand for a number or a formula; it then refers to no range."""
    book.names.add("rate", "=0.25")
    book.names.add("double", "=SUM(Sheet1!$A$1,Sheet1!$A$1)")
    sheet["A1"].value = 4
    sheet["B1:C1"].value = ["=rate*4", "=double"]
    assert sheet["B1:C1"].value == [1, 8]
    assert book.names["double"].refers_to == "=SUM(Sheet1!$A$1,Sheet1!$A$1)"
    with pytest.raises(Exception, match="refers to no range"):
        book.names["rate"].refers_to_range  # noqa: B018


def test_not_allowed(book):
    """A name that a cell could have is refused, in a sentence."""
    with pytest.raises(ProgramError) as caught:
        book.names.add("A1", "=Sheet1!$A$1")
    assert "LibreOffice" in caught.value.tell()
