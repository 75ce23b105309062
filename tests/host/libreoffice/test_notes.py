"""Notes and links."""

from __future__ import annotations

import pytest


def test_notes(sheet):
    """A note is added, read, changed, listed and deleted."""
    assert sheet["A1"].note is None
    note = sheet["B2"].add_note("请核对")
    assert (note.text, note.location.address) == ("请核对", "$B$2")
    sheet["B2"].note.text = "已核对"
    sheet["A1"].add_note("x")
    assert {each.location.address: each.text for each in sheet.notes} == {"$A$1": "x", "$B$2": "已核对"}
    sheet["B2"].note.delete()
    assert sheet["B2"].note is None
    assert len(sheet.notes) == 1


def test_links(book, sheet, tmp_path):
    """A link has an address and a text, within the book in Excel's notation, also after it was saved."""
    sheet["A1"].add_hyperlink("www.xlwings.org", "xlwings")
    sheet["A2"].add_hyperlink("#'表 三'!D6", "去看")
    sheet.name = "表 三"
    assert sheet["A1:A2"].value == ["xlwings", "去看"]
    assert sheet["A1"].hyperlink == "http://www.xlwings.org"
    assert sheet["A2"].hyperlink == "#'表 三'!D6"
    sheet["A3"].value = '=HYPERLINK("#表三!D6","去看")'
    assert sheet["A3"].hyperlink == "#表三!D6"
    sheet["A4"].value = "plain"
    with pytest.raises(Exception, match="hyperlink"):
        sheet["A4"].hyperlink  # noqa: B018
    book.save(tmp_path / "links.xlsx")
    assert sheet["A2"].hyperlink == "#'表 三'!D6"
