"""The functions behind the buttons, in a real LibreOffice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.host.clerk import Edit, changed, renamed, several, typed, uno
from tests.samples import bureau, city, write_workbook
from xlreport import job
from xlreport.errors import FormError, HostError, OutputError, XlreportError
from xlreport.form import load_form
from xlreport.host import addin
from xlreport.host.host import host_of
from xlreport.host.libreoffice.office import OfficeError, properties
from xlreport.host.reading import OpenBook
from xlreport.host.sight import look
from xlreport.report import Report
from xlreport.workbook.plan import FOUND, MARKED, RED, TINT
from xlreport.workbook.template import template_path

pytestmark = pytest.mark.office

FORM = load_form("2021")


class Desk:
    """Opens filled workbooks, under a path that is not plain ASCII, and closes them in the end."""

    def __init__(self, app: xw.App, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._books: list[xw.Book] = []

    def __call__(self, report: Report) -> xw.Book:
        """The workbook of a report, open."""
        self._books.append(self._app.books.open(write_workbook(report, self._folder / "年报（一）[x].xlsx")))
        return self._books[-1]

    def close(self, book: xw.Book) -> None:
        """Close one of them now."""
        self._books.remove(book)
        book.close()

    def clear(self) -> None:
        """Close all."""
        for book in list(self._books):
            self.close(book)


@pytest.fixture
def opened(app: xw.App, tmp_path: Path) -> Iterator[Desk]:
    """A desk of one's own."""
    folder = tmp_path / "测试 目录"
    folder.mkdir()
    desk = Desk(app, folder)
    yield desk
    desk.clear()


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
    "the carry from last year": lambda book: book.names[
        "last_t3_carried_out_natural_person"
    ].refers_to_range.__setattr__("value", 119),
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
def test_the_verdict_is_that_of_check(
    opened: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """The button's verdict on the open book is what `check` says of the saved file, marks and list and all."""
    book = opened(city())
    WRONG[wrong](book)
    seen = look(book, host_of(book))
    monkeypatch.setattr(addin, "look", lambda *_: seen)  # the same look, once: it takes long without a window
    outcome = addin.validate(book)
    saved = tmp_path / "存.xlsx"
    book.save(saved)
    checked = job.check(saved)
    assert [x.to_json() for x in seen.verdict.findings] == [
        x.to_json() for x in checked.findings if x.code != "WB-VALID"
    ]
    assert [x.to_json() for x in seen.verdict.suspects] == [x.to_json() for x in checked.suspects]
    assert [x.to_json() for x in seen.verdict.not_assessed] == [x.to_json() for x in checked.not_assessed]
    assert (outcome.status, outcome.errors) == (checked.status, len(checked.errors))
    shape = [x for x in job.verify_template(saved) if x.severity == "error"]
    assert [x.to_json() for x in shape] == [x.to_json() for x in checked.findings if x in shape]


def test_a_name_left_behind(opened: Desk) -> None:
    """In an open book too, a name whose row is gone is no name: what was deleted is told, and no neighbour is read."""
    book = opened(city())
    uno("表二", lambda sheet: sheet.Rows.removeByIndex(11, 1))(book)
    book.names["t2_penalty_decisions"].refers_to = "=表二!$B$12"
    seen = look(book, host_of(book))
    (told,) = [finding for finding in seen.verdict.findings if finding.key == "workbook.row_deleted"]
    assert "原第 12 行（行政处罚）" in told.message("zh")
    assert told.cells == ("t2.penalty.decisions",)
    assert "t2.penalty.decisions" not in seen.report.figures
    assert seen.report.figures["t2.compulsion.decisions"] == city().figures["t2.compulsion.decisions"]


def colours(book: xw.Book) -> dict[str, str]:
    """The direct colour of every cell that may be marked, by address."""
    found = {}
    for name, place in OpenBook(book, host_of(book)).layout.names.items():
        if name not in (FOUND, MARKED):
            colour = book.sheets[place.sheet].range((place.row, place.column)).color
            found[place.address] = "" if colour is None else "".join(f"{part:02X}" for part in colour)
    return found


def marked(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """What has another colour now."""
    return {address: colour for address, colour in after.items() if colour != before[address]}


def listed(book: xw.Book) -> list[list[object]]:
    """The lines of the list on 校验, without empty ones."""
    lines = book.names[FOUND].refers_to_range.options(ndim=2).value
    return [line for line in lines if any(cell not in (None, "") for cell in line)]


def protection(book: xw.Book) -> dict[str, bool]:
    return {sheet.name: sheet.api.isProtected() for sheet in book.sheets}


def quiet(**figures: int | None) -> Report:
    """A city without text about its figures: only the tables speak."""
    from dataclasses import replace

    return replace(
        changed(**figures),
        draft={},
        text=dict.fromkeys(("overview.lead", "problems"), "已公开。") | {"other_matters": "没有收取信息处理费。"},
    )


def test_marks(opened: Desk) -> None:
    """A relation that fails is tinted; the only suspect and a cell with an error of its own are red; nothing else."""
    book = opened(quiet(t4__reconsideration__upheld=-3, t3__carried_in__enterprise=4))
    before = colours(book)
    typed("表三!F7", "无")(book)
    outcome = addin.validate(book)
    checked = look(book, host_of(book)).verdict
    assert {x.code for x in checked.errors} == {"FIG-NEG", "FIG-TEXT", "T3-BAL", "T3-CARRY"}
    assert [x.cells for x in checked.suspects] == [("t3.carried_in.enterprise",)]
    tinted = {address for x in checked.errors if x.expected is not None for address in x.addresses}
    red = {"表三!E7", "表三!F7", "表四!A6"}
    assert marked(before, colours(book)) == dict.fromkeys(tinted, TINT) | dict.fromkeys(red, RED)
    assert outcome.errors == len(checked.errors)


def test_live_formats_do_not_hide_a_mark(opened: Desk) -> None:
    """The tint of a relation that fails live, and the yellow of a blank, pass over a cell that is marked red."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    addin.validate(book)
    rules = load_workbook(template_path("2021"))["表三"].conditional_formatting
    guards = {
        re.sub(r".*(ISERROR\(FIND\(.*,marked\)\)).*", r"\1", rule.formula[0])
        for area in rules
        for rule in area.rules
        if "marked" in rule.formula[0]
    }
    assert len(guards) == 1
    guard = guards.pop()
    with host_of(book).lifted([book.sheets["表三"]]):
        for row, column, free in ((7, 5, False), (6, 5, True), (7, 6, True)):
            formula = guard.replace("ROW()", str(row)).replace("COLUMN()", str(column))
            book.sheets["表三"].range("P40").formula = f"={formula}"
            assert bool(book.sheets["表三"].range("P40").value) is free


def test_a_second_run_clears_the_first(opened: Desk) -> None:
    """What was marked and is right now has the colour that it had before, also one of the clerk's own."""
    book = opened(quiet(t4__reconsideration__upheld=-3))
    own = book.sheets["表四"].range("A6")
    with host_of(book).lifted([book.sheets["表四"], book.sheets["表三"]]):
        own.color = (0, 176, 240)
        book.sheets["表三"].range("D6").color = (146, 208, 80)
    before = colours(book)
    addin.validate(book)
    assert own.color == (255, 80, 80)
    typed("表四!A6", 88)(book)
    typed("表三!D6", "无")(book)
    addin.validate(book)
    assert set(marked(before, colours(book)).values()) <= {RED, TINT}
    assert (own.color, book.sheets["表三"].range("D6").color) == ((0, 176, 240), (255, 80, 80))
    typed("表三!D6", 3440)(book)
    assert addin.validate(book).status in ("pass", "warnings")
    assert colours(book) == before
    assert book.names[MARKED].refers_to_range.value is None


def test_a_colour_given_after_the_mark_stays(opened: Desk) -> None:
    """A marked cell that its clerk has coloured since keeps that colour."""
    book = opened(quiet(t4__reconsideration__upheld=-3))
    addin.validate(book)
    with host_of(book).lifted([book.sheets["表四"]]):
        book.sheets["表四"].range("A6").color = (0, 176, 240)
    addin.clear_marks(book)
    assert book.sheets["表四"].range("A6").color == (0, 176, 240)


def test_marks_are_remembered_in_the_file(opened: Desk, app: xw.App, tmp_path: Path) -> None:
    """Marks of a workbook that was saved and opened again are cleared, with the list."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    before = colours(book)
    addin.validate(book)
    book.save(tmp_path / "二.xlsx")
    opened.close(book)
    again = app.books.open(tmp_path / "二.xlsx")
    try:
        assert marked(before, colours(again))
        assert listed(again)
        addin.clear_marks(again)
        assert (colours(again), listed(again)) == (before, [])
        assert job.verify_template(tmp_path / "二.xlsx") == ()
    finally:
        again.close()


def test_the_list(opened: Desk) -> None:
    """Each finding has a line: what, both sides, the difference, its code, a link; the first is selected."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    addin.validate(book)
    checked = look(book, host_of(book)).verdict
    lines = listed(book)
    assert len(lines) == len(checked.findings)
    balance = next(line for line in lines if line[5] == "× T3-BAL")
    assert "最可能：表三!E7" in str(balance[1])
    assert (balance[2], balance[3], balance[4]) == (79, 78, -1)
    assert balance[6] == "表三!E7"
    assert book.sheets.active.name == "校验"
    first = book.names[FOUND].refers_to_range
    assert book.selection == first[0, 6]
    assert first[0, 6].formula == """=HYPERLINK("#'表三'!E7","表三!E7")"""
    assert str(book.app.status_bar).startswith(f"{len(checked.errors)} 处错误")


def test_hidden_sheets(opened: Desk) -> None:
    """With 校验 and 正文 hidden by their clerk all is done as ever, and they stay hidden and out of sight."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    book.api.unprotect("")
    book.sheets["表三"].activate()
    for name in ("校验", "正文"):
        book.sheets[name].visible = False
    assert addin.validate(book).status == "fail"
    assert listed(book)
    assert addin.draft(book).status == "pass"
    assert book.sheets.active.name == "表三"
    assert not any(book.sheets[name].visible for name in ("校验", "正文"))


def test_a_shorter_list_leaves_nothing_of_a_longer_one(opened: Desk) -> None:
    """Without a finding one line says so, and no line of the run before is left."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    addin.validate(book)
    typed("表三!E7", 3)(book)
    outcome = addin.validate(book)
    assert (outcome.status, len(listed(book))) == ("pass", 1) or len(listed(book)) == outcome.warnings


def test_more_findings_than_lines(opened: Desk) -> None:
    """Where there is no room for all, the last line tells how many are left."""
    book = opened(city())
    for sheet, area in (("表三", "D6:I11"), ("表三", "D12:I28")):
        typed(f"{sheet}!{area}", "无")(book)
    for area in ("A6:D6", "F6:I6"):
        typed(f"表四!{area}", "无")(book)
    addin.validate(book)
    assert len(listed(book)) == min(200, len(look(book, host_of(book)).verdict.findings))


def test_protection_is_as_it_was(opened: Desk, tmp_path: Path) -> None:
    """Every sheet is as protected after a run as before, with the same options; one that was open stays open."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    book.sheets["表四"].api.unprotect("")
    before = protection(book)
    book.save(tmp_path / "前.xlsx")
    addin.validate(book)
    addin.draft(book)
    addin.clear_marks(book)
    book.save(tmp_path / "后.xlsx")
    assert protection(book) == before
    assert before["表三"]
    assert not before["表四"]
    assert locks(tmp_path / "后.xlsx") == locks(tmp_path / "前.xlsx")


def locks(path: Path) -> dict[str, list[str]]:
    """The element that protects each sheet, as it stands in the file."""
    with ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: re.findall(r"<sheetProtection[^>]*>", archive.read(name).decode()) for name in parts}


@pytest.mark.parametrize("step", ["painting.paint", "painting.clear", "_list"])
def test_protection_comes_back_when_something_raises(opened: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whatever goes wrong in between, no sheet stays open."""

    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    book = opened(quiet(t3__carried_in__enterprise=4))
    before = protection(book)
    monkeypatch.setattr(f"xlreport.host.showing.{step}", stumble)
    with pytest.raises(ZeroDivisionError):
        addin.validate(book)
    assert protection(book) == before
    assert book.app.screen_updating


def test_a_password_of_ones_own(opened: Desk) -> None:
    """A sheet with the user's password is named, the verdict is told, and nothing is changed or left open."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    sheet = book.sheets["表三"]
    sheet.api.unprotect("")
    sheet.api.protect("秘密")
    before, locked = colours(book), protection(book)
    outcome = addin.validate(book)
    assert "“表三”用您自己的密码保护着" in outcome.message()
    assert "表三“商业企业”列" in outcome.message()
    assert outcome.status == "fail"
    assert (colours(book), protection(book), listed(book)) == (before, locked, [])
    with pytest.raises(OfficeError):
        sheet.api.unprotect("")
    assert sheet.api.isProtected()


def test_read_only(app: xw.App, tmp_path: Path) -> None:
    """A book opened for reading gets its verdict; drafting and clearing say why they do nothing."""
    path = write_workbook(quiet(t3__carried_in__enterprise=4), tmp_path / "只读.xlsx")
    book = app.books.open(path, read_only=True)
    try:
        outcome = addin.validate(book)
        assert (outcome.status, listed(book)) == ("fail", [])
        assert "只读" in outcome.message()
        for function in (addin.draft, addin.clear_marks):
            with pytest.raises(HostError, match="只读"):
                function(book)
    finally:
        book.close()


def test_a_book_that_is_not_ours(app: xw.App) -> None:
    """Another workbook is refused by a sentence, whatever is clicked."""
    book = app.books.add()
    try:
        for function in (addin.validate, addin.draft, addin.export, addin.clear_marks):
            with pytest.raises(FormError, match="这不是本工具的填报工作簿"):
                function(book)
    finally:
        book.close()


def test_no_book() -> None:
    """Without an open workbook a sentence says so."""
    with pytest.raises(HostError, match="没有打开的工作簿"):
        addin.validate(None)  # type: ignore[arg-type]


def test_draft(opened: Desk, tmp_path: Path) -> None:
    """The draft is that of the command line, in its cells; the final text is as it was."""
    report = replace(city(), draft={}, text={"problems": "=定稿"})
    book = opened(report)
    told = addin.draft(book).message()
    assert told.startswith("正文草稿已生成")
    assert "有 1 段写了定稿，报告用的是定稿" in told
    book.save(tmp_path / "稿.xlsx")
    read = job.read(tmp_path / "稿.xlsx").report
    assert read.draft == job.draft_text(replace(report, draft={}))
    assert read.text == {"problems": "=定稿"}
    assert "TXT-STALE" not in {x.code for x in job.check(tmp_path / "稿.xlsx").findings}
    heights = book.sheets["正文"].range("B66:B78").rows
    assert any((row.row_height or 0) > 131 for row in heights)


def test_a_draft_over_an_older_one(opened: Desk) -> None:
    """Parts that the new draft does not have are emptied, and a stale draft is none any more."""
    book = opened(city())
    typed("表三!D6", 3441)(book)
    assert "TXT-STALE" in {x.code for x in look(book, host_of(book)).verdict.findings}
    assert "定稿，报告" not in addin.draft(book).message()
    assert "TXT-STALE" not in {x.code for x in look(book, host_of(book)).verdict.findings}


def test_draft_of_nothing_to_report(opened: Desk, tmp_path: Path) -> None:
    """With 无业务 chosen, drafting fills blanks with zeros, as the command line does."""
    report = replace(bureau(), figures={}, draft={})
    book = opened(report)
    addin.draft(book)
    book.save(tmp_path / "零.xlsx")
    assert set(job.read(tmp_path / "零.xlsx").report.figures.values()) == {0}
    assert book.sheets["表三"].range("D6").value == 0


def test_a_draft_that_looks_like_a_formula_is_text(opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that begins with = is written as text."""
    monkeypatch.setattr("xlreport.job.draft_text", lambda _: {"problems": "=1+1", "other_matters": "'引号"})
    book = opened(city())
    addin.draft(book)
    drafts = look(book, host_of(book)).report.draft
    assert drafts == {"problems": "=1+1", "other_matters": "'引号"}


def test_export(opened: Desk) -> None:
    """The three files stand beside the workbook, and are what the command line makes of it."""
    book = opened(city())
    outcome = addin.export(book)
    folder = Path(book.fullname).parent
    assert [path.name for path in outcome.paths] == [f"年报（一）[x].{kind}" for kind in addin.KINDS]
    assert all(path.parent == folder for path in outcome.paths)
    report = job.read(Path(book.fullname)).report
    assert [path.read_bytes() for path in outcome.paths] == [job.render(report, kind) for kind in addin.KINDS]
    assert "共 3 个文件" in outcome.message()
    assert str(outcome.paths[0]) in outcome.message()
    assert "还没有保存" not in outcome.message()


def test_export_of_what_is_not_saved(opened: Desk) -> None:
    """Where the workbook has changes that are not saved, the message says to save it."""
    book = opened(city())
    typed("正文!C78", "全年没有收取信息处理费。")(book)
    outcome = addin.export(book)
    assert len(outcome.paths) == 3
    assert "有改动还没有保存" in outcome.message()
    book.save()
    assert "有改动还没有保存" not in addin.export(book).message()


def test_export_leaves_no_old_marks(opened: Desk) -> None:
    """Errors that were found before, and are mended now, are neither marked nor listed beside a report that is made."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    before = colours(book)
    assert addin.validate(book).status == "fail"
    typed("表三!E7", 3)(book)
    assert addin.export(book, ("docx",)).paths
    assert colours(book) == before
    assert not any(str(line[5]).startswith("×") for line in listed(book))


def test_export_is_refused(opened: Desk) -> None:
    """While there are errors no file is made, and they are listed."""
    book = opened(quiet(t3__carried_in__enterprise=4))
    outcome = addin.export(book)
    assert (outcome.status, outcome.paths) == ("fail", ())
    assert "没有生成报告" in outcome.message()
    assert len(listed(book)) >= outcome.errors > 0
    assert not [path for path in Path(book.fullname).parent.iterdir() if path.suffix in (".docx", ".pdf", ".html")]


def test_export_unsaved(opened: Desk, app: xw.App) -> None:
    """A workbook that was never saved has no place beside it."""
    path = opened(city()).fullname
    document = app.api.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, properties(AsTemplate=True))
    book = next(book for book in app.books if book.api.getURL() == "")
    try:
        with pytest.raises(HostError, match="先保存工作簿"):
            addin.export(book)
    finally:
        document.close(True)


def test_export_all_or_nothing(opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one file cannot be written none is."""
    book = opened(city())
    folder = Path(book.fullname).parent
    (folder / "年报（一）[x].html").mkdir()
    with pytest.raises(OutputError):
        addin.export(book)
    assert not (folder / "年报（一）[x].docx").exists()


def test_the_office_goes_while_working(tmp_path: Path) -> None:
    """When LibreOffice ends under our hands, a plain sentence says so, whatever is clicked."""
    with xw.App(visible=False, add_book=False) as own:
        book = own.books.open(write_workbook(city(), tmp_path / "a.xlsx"))
        own.kill()
        for function in (addin.validate, addin.draft, addin.export, addin.clear_marks):
            with pytest.raises(XlreportError, match="已经关闭"):
                function(book)


def test_the_older_form(opened: Desk) -> None:
    """A workbook of the older form is checked, drafted and exported likewise."""
    statute = load_form("2019")
    texts = {section.text[0][0]: "已公开。" for section in statute.sections if section.required}
    book = opened(Report("2019", "某市", 2019, dict.fromkeys(statute.inputs, 0), texts))
    assert addin.validate(book).status == job.check(Path(book.fullname)).status
    assert len(addin.export(book, ("docx",)).paths) == 1
    assert addin.draft(book).status == "pass"
    assert look(book, host_of(book)).report.draft
