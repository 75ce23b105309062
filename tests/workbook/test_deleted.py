"""Rows, columns and sheets deleted: what is left is read exactly, what is gone is told, nothing is guessed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import city
from tests.workbook.edited import edited
from xlreport import job
from xlreport.cli import main
from xlreport.errors import FormError
from xlreport.finding import Verdict
from xlreport.form import FORMS, load_form
from xlreport.host.listing import lines
from xlreport.host.marks import wanted
from xlreport.messages import LANGUAGES
from xlreport.report import NO_BUSINESS, Report
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import open_zip, repack
from xlreport.workbook.differences import DELETED
from xlreport.workbook.file import File
from xlreport.workbook.fill import fill, write_draft
from xlreport.workbook.grid import grid_of
from xlreport.workbook.read import read_workbook
from xlreport.workbook.upgrade import upgrade

Edit = Callable[[openpyxl.Workbook], object]
TABLES = ("表二", "表三", "表四")


def spread(form_id: str = "2021") -> Report:
    """A report in which no two figures are alike, also in that of last year."""
    form = load_form(form_id)
    last = Report(form_id, "某局", 2023, {cell: n for n, cell in enumerate(form.last_year_figures, 5001)})
    figures = {cell: number for number, cell in enumerate(form.inputs, 1001)}
    return Report(form_id, "某局", 2024, figures, {"problems": "有一个问题。"}, last_year=last)


def deleted(report: Report, *edits: Edit) -> bytes:
    """Its workbook after this was done with openpyxl, which leaves the names where they were."""
    book = openpyxl.load_workbook(io.BytesIO(fill(report)))
    for edit in edits:
        edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def unnamed(data: bytes) -> bytes:
    """The same without the names of cells."""
    package = open_zip(data)
    named = re.compile(r'<definedName name="(?!xlreport_|_).*?</definedName>')
    return repack(package, {WORKBOOK: named.sub("", package.parts[WORKBOOK].decode()).encode()})


def honest(data: bytes, report: Report) -> Verdict | None:
    """The verdict on what is left of a report's workbook; None where it is refused. Never is a figure another's."""
    try:
        found, findings = read_workbook(data)
    except FormError as error:
        return None if all("\n" not in error.tell(language) for language in LANGUAGES) else pytest.fail("two lines")
    verdict = job.judge(Path("a.xlsx"), found, findings)
    assert verdict.status == "fail"
    told = {cell for finding in verdict.errors if finding.code == "WB-SHAPE" for cell in finding.cells}
    whole = report.totalled().figures
    assert {cell: number for cell, number in found.figures.items() if whole[cell] != number} == {}
    assert whole.keys() - found.figures.keys() <= told
    last = found.last_year.figures if found.last_year else {}
    assert report.last_year is not None
    assert {cell: n for cell, n in last.items() if report.last_year.figures[cell] != n} == {}
    assert not any(told & set(finding.cells) for finding in findings if finding.code in ("WB-CACHE", "FIG-ERR"))
    gone = told - found.figures.keys()
    assert not any(gone & set(finding.cells) for finding in verdict.findings if finding.code == "FIG-BLANK")
    assert not any(gone & set(suspect.cells) for suspect in verdict.suspects)
    return verdict


@st.composite
def damage(draw: st.DrawFn) -> tuple[Report, bytes]:
    """A report, and its workbook with one to three rows or columns or a sheet deleted."""
    report = spread(draw(st.sampled_from(FORMS)))
    sheet = draw(st.sampled_from(("基本信息", *TABLES, "正文")))
    if draw(st.integers(0, 9)) == 0:
        data = deleted(report, lambda book: book.remove(book[sheet]))
    else:
        rows = draw(st.lists(st.integers(1, 32), max_size=3))
        columns = draw(st.lists(st.integers(1, 15), min_size=not rows, max_size=3 - len(rows)))

        def edit(book: openpyxl.Workbook) -> None:
            for row in rows:
                book[sheet].delete_rows(1 + (row - 1) % book[sheet].max_row)
            for column in columns:
                book[sheet].delete_cols(1 + (column - 1) % min(15, book[sheet].max_column))

        data = deleted(report, edit)
    return report, unnamed(data) if draw(st.booleans()) else data


@given(damage())
@settings(max_examples=40, deadline=None)
def test_no_figure_becomes_another(case: tuple[Report, bytes]) -> None:
    """Whatever is deleted, a file fails or is refused; every figure is what it was, or absent and told by an error."""
    report, data = case
    honest(data, report)


LINES = {
    "a row": ("表三", "delete_rows", 10, 1, "workbook.row_deleted", 6),
    "the last rows": ("表三", "delete_rows", 30, 3, "workbook.row_deleted", 6),
    "the last row": ("表二", "delete_rows", 16, 1, "workbook.row_deleted", 1),
    "the only row": ("表四", "delete_rows", 6, 1, "workbook.row_deleted", 12),
    "a column": ("表三", "delete_cols", 5, 1, "workbook.column_deleted", 24),
    "a total": ("表三", "delete_cols", 10, 1, "workbook.column_deleted", 0),
    "the last columns": ("表四", "delete_cols", 14, 2, "workbook.column_deleted", 1),
    "columns of a block": ("表四", "delete_cols", 2, 2, "workbook.column_deleted", 2),
}
"""What openpyxl deletes, and how many inputs are then gone."""


@pytest.mark.parametrize("name", LINES)
def test_lines(name: str) -> None:
    """One error tells of the line that was deleted, and its cells; all other inputs are judged."""
    sheet, delete, line, count, key, lost = LINES[name]
    report = spread()
    data = deleted(report, lambda book: getattr(book[sheet], delete)(line, count))
    verdict = honest(data, report)
    assert verdict is not None
    assert verdict.report is not None
    (finding,) = [one for one in verdict.findings if one.code.startswith("WB-")]
    assert (finding.code, finding.severity, finding.key) == ("WB-SHAPE", "error", key)
    assert all("\n" not in finding.message(language) for language in LANGUAGES)
    assert len(report.figures.keys() - verdict.report.figures.keys()) == lost
    assert all(len(verdict.report.figures.keys() & set(one)) == len(one) for one in (x.cells for x in verdict.suspects))


@pytest.mark.parametrize("sheet", TABLES)
def test_a_sheet(sheet: str) -> None:
    """A table that is gone is one error with all its figures; the other tables are judged."""
    report = spread()
    verdict = honest(deleted(report, lambda book: book.remove(book[sheet])), report)
    assert verdict is not None
    (finding,) = [one for one in verdict.findings if one.code.startswith("WB-")]
    assert finding.key == "workbook.sheet_missing"
    assert set(finding.cells) == {figure.id for figure in report.statute.figures.values() if figure.sheet == sheet}
    assert any(one.code == "T3-BAL" for one in verdict.findings) == (sheet != "表三")


def test_what_else_is_gone_is_told_once() -> None:
    """Without the sheets of the office and of the words, neither name, year nor a section is called empty."""
    report = spread()
    edits = [lambda book, name=name: book.remove(book[name]) for name in ("基本信息", "正文")]
    verdict = honest(deleted(report, *edits), report)
    assert verdict is not None
    assert (verdict.agency, verdict.year) == ("", None)
    assert {one.code for one in verdict.errors}.isdisjoint({"INF-BLANK", "TXT-EMPTY"})
    assert sum(one.key in DELETED for one in verdict.findings) == 2


def test_no_business_makes_no_zero_of_what_is_gone() -> None:
    """Where 无业务 is chosen, blank figures are zero; of what was deleted nobody knows it."""
    report = replace(spread(), figures={}, facts={NO_BUSINESS: "是"})
    found, _ = read_workbook(deleted(report, lambda book: book["表三"].delete_rows(10)))
    assert "t3.refused.state_secret.other" not in found.figures
    assert "t3.concluded.other" not in found.figures
    assert found.figures["t3.granted.other"] == 0


def test_a_difference_that_no_loss_explains_is_an_error() -> None:
    """A column of which a part is gone and the rest is too much already is told; a lost cell explains the other."""
    form = load_form("2021")
    zeros = dict.fromkeys(form.inputs, 0)
    figures = {**zeros, "t3.received.enterprise": 1, "t3.granted.enterprise": 3, "t3.received.other": 3}
    report = replace(spread(), figures=figures)
    found, findings = read_workbook(deleted(report, lambda book: book["表三"].delete_rows(10)))
    verdict = job.judge(Path("a.xlsx"), found, findings)
    failed = {finding.cells[0] for finding in verdict.errors if finding.code == "T3-BAL"}
    assert failed == {"t3.received.enterprise"}
    left = {one.cells[0] for one in verdict.not_assessed if one.code == "T3-BAL"}
    assert "t3.received.other" in left
    assert verdict.suspects == ()


def test_marks_and_lines_pass_over_what_is_gone() -> None:
    """The list in the workbook tells of a deletion, and no mark is looked for on cells that are gone."""
    report = spread()
    edits: dict[str, Edit] = {
        "row": lambda book: book["表四"].delete_rows(6),
        "column": lambda book: book["表三"].delete_cols(5),
        "sheet": lambda book: book.remove(book["表二"]),
    }
    for name, edit in edits.items():
        data = deleted(report, edit)
        verdict = honest(data, report)
        assert verdict is not None
        names = grid_of(File(data)).names
        assert name != "sheet" or "表二" not in {place.sheet for place in wanted(verdict, report.statute, names)}
        listed = lines(verdict, report.statute, names)
        assert len(listed) == len(verdict.findings)
        assert name != "sheet" or not any("表二" in (line.link or "") for line in listed)


REPLACED = {
    "a row": ("表三", "rows", 10, 10),
    "the only row": ("表四", "rows", 6, None),
    "a row of one figure": ("表二", "rows", 9, None),
    "a column": ("表三", "cols", 5, None),
}
"""A line that is deleted after a blank one was put in behind it, and a column that goes with it."""


@pytest.mark.parametrize("name", REPLACED)
def test_a_blank_line_in_its_place(name: str, tmp_path: Path) -> None:
    """A line of figures that was deleted and a blank one put in its place is lost like any other."""
    report, path = spread(), tmp_path / "甲.xlsx"
    sheet, kind, line, column = REPLACED[name]

    def edit(book: openpyxl.Workbook) -> None:
        if column:
            book[sheet].delete_cols(column)
        getattr(book[sheet], f"insert_{kind}")(line + 1)
        getattr(book[sheet], f"delete_{kind}")(line)

    path.write_bytes(deleted(report, edit))
    verdict = honest(path.read_bytes(), report)
    assert verdict is not None
    with pytest.raises(FormError):
        job.read_whole(path)


SHIFTED = {"cells deleted": ("D11:I30", -1), "cells put in": ("D10:I30", 1)}


@pytest.mark.parametrize("name", SHIFTED)
def test_single_cells(name: str, tmp_path: Path) -> None:
    """Where single cells were deleted or put in and others moved, names and all, as in Excel, none is a neighbour's."""
    report, path = spread(), tmp_path / "甲.xlsx"
    area, by = SHIFTED[name]

    def edit(book: openpyxl.Workbook) -> None:
        book["表三"].move_range(area, rows=by)
        for one in book.defined_names.values():
            if found := re.fullmatch(r"表三!\$([D-I])\$(1[0-9]|2[0-9]|30)", one.attr_text.replace("'", "")):
                row = int(found[2]) + by
                one.attr_text = f"表三!${found[1]}${row}" if row > 9 else "#REF!"

    path.write_bytes(deleted(report, edit))
    verdict = honest(path.read_bytes(), report)
    assert verdict is not None
    assert verdict.report is not None
    kept = verdict.report.figures
    assert {f"t3.{row}.other" for row in ("received", "granted")} <= kept.keys()
    assert "t3.refused.other_laws.other" not in kept
    with pytest.raises(FormError) as caught:
        job.read_whole(path)
    assert caught.value.key == "workbook.cells_moved"
    figures = read_workbook(upgrade(path.read_bytes()).content).report.figures
    whole = report.totalled().figures
    assert {cell: n for cell, n in figures.items() if cell in report.figures and whole[cell] != n} == {}


def test_the_last_cell_of_a_column() -> None:
    """A cell that was deleted with nothing to take its place is no blank one: its name is gone, too."""
    report = spread()

    def edit(book: openpyxl.Workbook) -> None:
        book["表二"]["B16"] = None
        del book.defined_names["t2_fees_amount"]

    (finding,) = [one for one in read_workbook(deleted(report, edit)).findings if one.code == "WB-SHAPE"]
    assert (finding.key, finding.cells) == ("workbook.cells_moved", ("t2.fees.amount",))


def test_a_kind_that_is_gone_is_not_added_up(tmp_path: Path) -> None:
    """Without the row of 单位类型 nobody knows the line that a unit reports up, and a sum refuses it."""
    path = tmp_path / "甲.xlsx"
    path.write_bytes(deleted(replace(spread(), kind="垂直管理"), lambda book: book["基本信息"].delete_rows(5)))
    assert "kind" in job.read(path).report.unread
    with pytest.raises(FormError) as caught:
        job.read_whole(path)
    assert caught.value.key == "workbook.row_deleted"


def test_a_total_that_is_gone_is_known(tmp_path: Path) -> None:
    """Without the column of totals every figure is there: nothing is told as lost, and it is added up."""
    path, report = tmp_path / "甲.xlsx", spread()
    path.write_bytes(deleted(report, lambda book: book["表三"].delete_cols(10)))
    (finding,) = [one for one in job.read(path).findings if one.code == "WB-SHAPE"]
    assert (finding.cells, finding.values["lost"]) == ((), "")
    assert job.read_whole(path).report.figures == report.totalled().figures


def test_a_draft() -> None:
    """A draft is written where its cells are left, what is gone staying so; where they are not, it is refused."""
    report = replace(spread(), facts={NO_BUSINESS: "是"})
    rows = deleted(report, lambda book: book["表三"].delete_rows(10))
    drafted = write_draft(rows, {"problems": "新的草稿"})
    assert read_workbook(drafted).report.draft == {"problems": "新的草稿"}
    assert read_workbook(drafted).report.figures == read_workbook(rows).report.figures
    with pytest.raises(FormError, match="正文"):
        write_draft(deleted(report, lambda book: book.remove(book["正文"])), {"problems": "新的草稿"})


def test_upgrade_saves_the_rest() -> None:
    """What is left goes into a new template, what is gone is blank there and told."""
    report = spread()
    data = deleted(report, lambda book: book["表三"].delete_rows(10))
    made = upgrade(data)
    assert any("D10、E10" in phrase.tell() for phrase in made.lost)
    gone = "t3.refused.state_secret."
    kept = {cell: number for cell, number in report.figures.items() if not cell.startswith(gone)}
    figures = read_workbook(made.content).report.figures
    assert {cell: figures.get(cell) for cell in report.figures} == {**dict.fromkeys(report.figures), **kept}


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check and export fail with 1; what is exported all the same is blank there; sums and last years are refused."""
    report, folder = spread(), tmp_path / "各单位"
    folder.mkdir()
    path = folder / "甲.xlsx"
    path.write_bytes(deleted(report, lambda book: book["表三"].delete_rows(10)))
    out = tmp_path / "出.json"
    assert main(["check", str(path), "--format", "json"]) == 1
    (finding,) = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["code"] == "WB-SHAPE"]
    assert finding["cells"][:7] == [
        f"t3.refused.state_secret.{column}" for column in report.statute.table("t3").column_ids
    ]
    assert main(["export", str(path), "--to", "json", "--output", str(out)]) == 1
    assert not out.exists()
    assert main(["export", str(path), "--to", "json", "--output", str(out), "--allow-errors"]) == 0
    figures = json.loads(out.read_text())["figures"]
    assert {cell: n for cell, n in figures.items() if n not in (None, report.totalled().figures[cell])} == {}
    assert figures.get("t3.refused.state_secret.other") is None
    assert main(["template", "verify", str(path)]) == 1
    for arguments in (
        ["rollup", str(folder), "--out", str(tmp_path / "和.xlsx")],
        ["new", str(tmp_path / "新.xlsx"), "--last-year", str(path)],
        ["check", str(out), "--last-year", str(path)],
    ):
        capsys.readouterr()
        assert main(arguments) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["collect", str(folder), "--out", str(tmp_path / "收")]) == 1


OFFICE = {
    "a row and a column": 'sheets["表三"].Rows.removeByIndex(9, 1); sheets["表三"].Columns.removeByIndex(4, 1)',
    "the last row": 'sheets["表二"].Rows.removeByIndex(15, 1)',
    "three columns": 'sheets["表四"].Columns.removeByIndex(1, 3)',
    "the last columns": 'sheets["表四"].Columns.removeByIndex(13, 2)',
    "a sheet": 'document.Sheets.removeByName("表二")',
    "rows of facts": 'sheets["正文"].Rows.removeByIndex(5, 2); sheets["基本信息"].Rows.removeByIndex(11, 1)',
}


@pytest.mark.office
def test_in_a_real_office(tmp_path: Path) -> None:
    """What LibreOffice deletes, moving names and formulas, is told without a word of broken formulas."""
    report = spread()
    for name, data in edited(fill(report), OFFICE, tmp_path).items():
        verdict = honest(data, report)
        assert verdict is not None, name
        codes = [one.key for one in verdict.findings if one.code.startswith(("WB-", "FIG-"))]
        assert codes, name
        assert set(codes) <= DELETED, (name, codes)


def test_the_city_is_still_what_it_is() -> None:
    """A workbook from which nothing was deleted has nothing unread."""
    assert read_workbook(fill(city())).report.unread == frozenset()
