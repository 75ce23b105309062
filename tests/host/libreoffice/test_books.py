"""Books and their files."""

from __future__ import annotations

import shutil
import zipfile

import openpyxl
import pytest
import xlwings as xw

from xlreport.errors import ProgramError
from xlreport.host.libreoffice.books import lowered, path_of
from xlreport.host.libreoffice.office import Any_, properties

NAMES = ["a b.xlsx", "测试 目录（一）/年报 [送审稿] #1 100%.xlsx", "it's.xlsx"]


@pytest.mark.parametrize("name", NAMES)
def test_save_and_open(app, book, tmp_path, name):
    """A book is saved under any name, opened again, saved in place, and is one and the same when opened twice."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    book.sheets[0]["A1"].value = "一"
    book.save(path)
    assert (book.fullname, book.name) == (str(path), path.name)
    book.sheets[0]["A1"].value = "二"
    book.save()
    assert openpyxl.load_workbook(path)["Sheet1"]["A1"].value == "二"
    assert app.books.open(path) == book
    assert app.books[path.name] == book


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".ods"])
def test_formats(app, book, tmp_path, suffix):
    """A book is saved in the format of its extension and comes back."""
    book.sheets[0]["A1"].value = [[1, "=A1+1"]]
    path = tmp_path / f"book{suffix}"
    book.save(path)
    copy = tmp_path / f"copy{suffix}"
    shutil.copy(path, copy)
    opened = app.books.open(copy)
    try:
        assert opened.sheets[0]["A1:B1"].value == [1, 2]
        assert opened.sheets[0]["B1"].formula == "=A1+1"
    finally:
        opened.close()


def test_no_format(book, tmp_path):
    """A format that LibreOffice cannot write is refused with those it can."""
    with pytest.raises(ProgramError, match=r"\.xlsb.*\.xlsx"):
        book.save(tmp_path / "book.xlsb")
    assert not list(tmp_path.iterdir())


def test_passwords(app, book, tmp_path):
    """A password protects where LibreOffice can do it, and is refused where it would silently not."""
    with pytest.raises(NotImplementedError, match="password"):
        book.save(tmp_path / "book.xlsx", password="secret")
    path = tmp_path / "book.ods"
    book.save(path, password="secret")
    shutil.copy(path, tmp_path / "copy.ods")
    with pytest.raises(ProgramError, match=r"copy\.ods"):
        app.books.open(tmp_path / "copy.ods")
    app.books.open(tmp_path / "copy.ods", password="secret").close()


def test_read_only(app, book, tmp_path):
    """A book that was opened read-only can be read, and saved elsewhere only."""
    path = tmp_path / "book.xlsx"
    book.save(path)
    shutil.copy(path, tmp_path / "copy.xlsx")
    opened = app.books.open(tmp_path / "copy.xlsx", read_only=True)
    try:
        before = (tmp_path / "copy.xlsx").read_bytes()
        with pytest.raises(ProgramError, match="只读"):
            opened.save()
        assert (tmp_path / "copy.xlsx").read_bytes() == before
        opened.save(tmp_path / "other.xlsx")
        assert (tmp_path / "other.xlsx").is_file()
    finally:
        opened.close()


def test_not_saved(book, tmp_path):
    """A folder that is not there is not made, and the sentence names the path."""
    with pytest.raises(ProgramError, match=r"nowhere/book\.xlsx"):
        book.save(tmp_path / "nowhere" / "book.xlsx")
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(ProgramError, match=r"nowhere/book\.pdf"):
        book.to_pdf(tmp_path / "nowhere" / "book.pdf")


def test_not_opened(app, tmp_path):
    """A missing file, a text, a damaged zip and a document are refused, and nothing stays open."""
    before = len(app.books)
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "missing.xlsx")
    (tmp_path / "text.xlsx").write_text("hello", encoding="utf-8")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04" + b"garbage" * 30)
    with zipfile.ZipFile(tmp_path / "empty.xlsx", "w") as archive:
        archive.writestr("a", "b")
    for name in ("text.xlsx", "damaged.xlsx", "empty.xlsx"):
        with pytest.raises(ProgramError, match=name):
            app.books.open(tmp_path / name)
    assert len(app.books) == before


def test_open_elsewhere(app, book, tmp_path):
    """A file that another program has open is refused with the name of the lock file, or opens read-only."""
    path = tmp_path / "book.xlsx"
    book.save(path)
    held = tmp_path / f".~lock.{path.name}#"
    lock = held.read_text(encoding="utf-8")
    book.save(tmp_path / "other.xlsx")
    assert not held.exists()
    user, host = lock.split(",")[1:3]
    held.write_text(f",{user},{host},22.11.2026 10:00,file:///elsewhere;", encoding="utf-8")
    with pytest.raises(ProgramError, match="lock"):
        app.books.open(path)
    opened = app.books.open(path, read_only=True)
    opened.close()


def test_pdf(book, tmp_path):
    """The book, or one sheet of it, is exported as PDF, and hidden sheets are shown again after."""
    book.sheets[0]["A1"].value = "x"
    book.sheets.add("second", after=book.sheets[0])["A1"].value = "y"
    book.to_pdf(tmp_path / "book.pdf")
    book.sheets["second"].to_pdf(tmp_path / "sheet.pdf", quality="minimum")
    assert (tmp_path / "book.pdf").read_bytes()[:4] == (tmp_path / "sheet.pdf").read_bytes()[:4] == b"%PDF"
    assert all(sheet.visible for sheet in book.sheets)


def test_found(app, book):
    """Books are in the order in which they were opened, and found by number and name."""
    other = app.books.add()
    try:
        assert app.books[-1] == other
        assert app.books[-2] == book
        assert app.books[other.name] == other
        with pytest.raises(KeyError):
            app.books["nobody.xlsx"]
        book.activate()
        assert app.books.active == book
        assert xw.Book(book.fullname) == book
    finally:
        other.close()


def test_closed(app):
    """A book that was closed meanwhile says so, and the office is still there."""
    book = app.books.add()
    sheet = book.sheets[0]
    book.api.close(True)
    with pytest.raises(ProgramError, match="已经关闭"):
        sheet["A1"].value  # noqa: B018
    assert app.version


def test_protected(book, sheet):
    """On a protected sheet, a locked cell takes no value, formula, colour or edit, and says so; a free one does."""
    free = sheet["B2"]
    protection = free.api.CellProtection
    protection.IsLocked = False
    free.api.CellProtection = protection
    sheet.api.protect("")
    cell = sheet["A1"]
    attempts = [
        lambda: setattr(cell, "value", 1),
        lambda: setattr(cell, "formula", "=1"),
        lambda: setattr(cell, "color", (1, 2, 3)),
        lambda: setattr(sheet["A1:B2"], "value", 1),
        cell.clear_contents,
        cell.merge,
        lambda: cell.insert("down"),
        lambda: cell.add_note("x"),
        lambda: free.copy(cell),
        lambda: setattr(cell.font, "bold", True),
        lambda: setattr(cell, "row_height", 30),
    ]
    for attempt in attempts:
        with pytest.raises(ProgramError, match=r"受保护.*A1"):
            attempt()
    free.value = 2
    free.color = (1, 2, 3)
    assert (free.value, free.color, cell.value, cell.color) == (2, (1, 2, 3), None, None)
    sheet.api.unprotect("")
    cell.value = 1
    assert cell.value == 1


@pytest.mark.parametrize(
    ("code", "small"),
    [("YYYY-MM-DD", "yyyy-mm-dd"), ('YYYY"Y"', 'yyyy"Y"'), ("H:MM AM/PM", "h:mm AM/PM"), (r"D\D", r"d\D")],
)
def test_lowered(code, small):
    """The code of a date has Excel's small letters, but not in its texts."""
    assert lowered(code) == small


def test_macro(app, book):
    """A Basic macro of the book is run by its name, in any case."""
    library = book.api.BasicLibraries
    if not library.hasByName("Standard"):
        library.createLibrary("Standard")
    mark = 'Sub Mark\nThisComponent.Sheets(0).getCellByPosition(0,0).setString("ran")\nEnd Sub'
    source = f"Function Twice(x)\nTwice = 2 * x\nEnd Function\n{mark}"
    library.getByName("Standard").insertByName("Module1", source)
    assert book.macro("Module1.Twice")(21) == 42
    assert app.macro("twice")(2) == 4
    book.macro("Mark")()
    assert book.sheets[0]["A1"].value == "ran"
    with pytest.raises(ProgramError, match="Nothing"):
        book.macro("Nothing")()


def test_no_macro_by_itself(app, book, tmp_path):
    """A macro that a book wants to run when it is opened does not run, until it is called by name."""
    library = book.api.BasicLibraries
    if not library.hasByName("Standard"):
        library.createLibrary("Standard")
    mark = 'Sub Mark\nThisComponent.Sheets(0).getCellByPosition(0,0).setString("ran")\nEnd Sub'
    library.getByName("Standard").insertByName("Module1", mark)
    script = "vnd.sun.star.script:Standard.Module1.Mark?language=Basic&location=document"
    bound = Any_("[]com.sun.star.beans.PropertyValue", properties(EventType="Script", Script=script))
    book.api.getEvents().replaceByName("OnLoad", bound)
    book.save(tmp_path / "book.ods")
    shutil.copy(tmp_path / "book.ods", tmp_path / "copy.ods")
    opened = app.books.open(tmp_path / "copy.ods")
    try:
        assert opened.sheets[0]["A1"].value is None
        opened.macro("Mark")()
        assert opened.sheets[0]["A1"].value == "ran"
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("url", "windows", "path"),
    [
        ("file:///home/a%20b/%E4%B8%80.xlsx", False, "/home/a b/一.xlsx"),
        ("file:///C:/a%20b/c.xlsx", True, r"C:\a b\c.xlsx"),
        ("file://server/share/c.xlsx", True, r"\\server\share\c.xlsx"),
        ("https://host/c.xlsx", True, "https://host/c.xlsx"),
    ],
)
def test_path_of(url, windows, path):
    """The path of a book is the system's own; a book from the web keeps its address."""
    assert path_of(url, windows=windows) == path
