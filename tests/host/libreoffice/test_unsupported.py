"""What cannot be done says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlreport.host.libreoffice.apps import App
from xlreport.host.libreoffice.books import Book, Books
from xlreport.host.libreoffice.fonts import Font
from xlreport.host.libreoffice.names import Name, Names
from xlreport.host.libreoffice.notes import Note
from xlreport.host.libreoffice.ranges import Range
from xlreport.host.libreoffice.sheets import PageSetup, Sheet, Sheets


@pytest.mark.parametrize(
    "ask",
    [
        lambda book: book.app.hwnd,
        lambda book: book.app.startup_path,
        lambda book: book.sheets[0].charts,
        lambda book: book.sheets[0].shapes,
        lambda book: book.sheets[0].pictures,
        lambda book: book.sheets[0].tables,
        lambda book: book.sheets[0].pivot_tables,
        lambda book: book.sheets[0].to_html("x"),
        lambda book: book.sheets[0]["A1"].table,
        lambda book: book.sheets[0]["A1"].autofill(book.sheets[0]["A1:A2"]),
        lambda book: book.sheets[0]["A1"].copy_picture(),
        lambda book: book.sheets[0]["A1"].paste("column_widths"),
    ],
)
def test_refused(book, ask):
    """It raises NotImplementedError with a sentence that names it and the way out."""
    with pytest.raises(NotImplementedError, match=r"not supported by the LibreOffice engine.*\.api"):
        ask(book)


def test_documented():
    """The page for users lists exactly what is refused."""
    page = (Path(__file__).parents[3] / "docs" / "libreoffice-engine.md").read_text(encoding="utf-8")
    table = page.partition("## What raises NotImplementedError")[2].partition("Besides:")[0]
    rows = (line.split("|") for line in table.splitlines() if line.startswith("| `"))
    listed = {row[1].strip(" `"): set(re.findall(r"`(\w+)`", row[2])) for row in rows}
    classes = (App, Book, Books, Sheet, Sheets, Range, Name, Names, Font, Note, PageSetup)
    refused = {cls.__name__: found for cls in classes if (found := set(vars(cls)["refused"]))}
    refused["Sheet"].add("pivot_tables")
    assert listed == refused
