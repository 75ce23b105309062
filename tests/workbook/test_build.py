"""The built template, and the committed one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.cell_range import CellRange

from xlreport.errors import ProgramError
from xlreport.form import FIRST_LINE, FORMS, Form, load_form
from xlreport.report import NOT_APPLICABLE
from xlreport.workbook import template
from xlreport.workbook.build import build_template
from xlreport.workbook.plan import FOUND, FOUND_LINES, MARKED, RED, TINT
from xlreport.workbook.template import TEMPLATE_VERSION, template_bytes

SHEETS = ["填报说明", "基本信息", "表二", "表三", "表四", "正文", "校验"]
FUNCTIONS = {
    *("ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "IF", "IFERROR", "INT", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT"),
    *("LEFT", "LEN", "NOT", "OR", "SUBSTITUTE", "SUM", "SUMIF", "SUMPRODUCT", "TRIM", "FIND", "CHAR"),
}
"""What Excel 2007, WPS and LibreOffice all have."""


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(request.param)


@pytest.fixture(scope="module")
def built(form: Form) -> bytes:
    return build_template(form)


@pytest.fixture(scope="module")
def book(built: bytes) -> Workbook:
    return load_workbook(BytesIO(built))


def bounds(range_: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom, counted from 1."""
    return CellRange(range_).bounds


def names(book: Workbook) -> dict[str, str]:
    return {name: defined.attr_text for name, defined in book.defined_names.items()}


def expected_inputs(form: Form) -> set[str]:
    keys = [key.replace(".", "_") for key in form.text_keys]
    return {
        *("agency", "office_kind", "year", "contact"),
        *(form.figures[cell].defined_name for cell in form.inputs),
        *(f"last_{form.figures[cell].defined_name}" for cell in form.last_year_figures),
        *(f"last_text_{key.replace('.', '_')}" for key in form.last_year_text),
        *(f"fact_{fact}" for fact in form.facts),
        *(f"text_{key}" for key in keys),
    }


def expected_locked(form: Form) -> set[str]:
    keys = [key.replace(".", "_") for key in form.text_keys]
    totals = (form.figures[cell].defined_name for cell in form.totals)
    return {*totals, *(f"draft_{key}" for key in keys), "draft_stamp", FOUND, MARKED}


def formulas(book: Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def test_committed(form: Form, built: bytes) -> None:
    """The committed template is what the form gives: run `xlreport template build` after a change."""
    assert template_bytes(form.id) == built


def test_same_bytes(form: Form, built: bytes) -> None:
    """Built twice, it has the same bytes, and no date of today."""
    assert build_template(form) == built
    with zipfile.ZipFile(BytesIO(built)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2021, 9, 26, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2021-09-26"}


def test_missing_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that is not where it belongs is an error in plain words; an unknown form is a KeyError."""
    monkeypatch.setitem(template.FILES, "2021", "no_such_file.xlsx")
    with pytest.raises(ProgramError, match=r"no_such_file\.xlsx"):
        template_bytes("2021")
    with pytest.raises(KeyError):
        template_bytes("1999")


def test_sheets(book: Workbook) -> None:
    """The seven sheets stand in this order, all visible."""
    assert book.sheetnames == SHEETS
    assert {sheet.sheet_state for sheet in book} == {"visible"}


def test_tables_are_the_forms_grid(form: Form, book: Workbook) -> None:
    """Every label stands at its place, merged over its extent, below the section's heading; nothing else is merged."""
    for table in form.tables:
        sheet = book[table.sheet]
        heading = next(section.heading for section in form.sections if section.table == table.id)
        assert sheet["A1"].value == heading
        extents = [(x.column, x.row, x.columns, x.rows) for x in table.labels]
        extents += [(x.column, x.row, x.columns, 1) for x in table.figures]
        merged = {
            (column, row + FIRST_LINE - 1, column + columns - 1, row + rows + FIRST_LINE - 2)
            for column, row, columns, rows in extents
            if columns > 1 or rows > 1
        }
        inside = {area.bounds for area in sheet.merged_cells.ranges}
        last = table.height + FIRST_LINE - 1
        width = len(table.widths)
        assert {b for b in inside if FIRST_LINE <= b[1] <= last and b[0] <= width} == merged
        for label in table.labels:
            assert sheet.cell(label.row + FIRST_LINE - 1, label.column).value == label.text


def test_names(form: Form, book: Workbook) -> None:
    """Every figure, fact and text has its name, pointing at a cell of its own, and there are no other names."""
    found = names(book)
    assert found.pop("xlreport_form") == f'"{form.id}"'
    assert found.pop("xlreport_version") == str(TEMPLATE_VERSION)
    assert set(found) == expected_inputs(form) | expected_locked(form)
    assert len(set(found.values())) == len(found), "two names for one cell"
    for figure in form.figures.values():
        sheet, cell = found[figure.defined_name].split("!")
        assert f"{sheet}!{cell.replace('$', '')}" == figure.address
    for id_, fact in form.facts.items():
        assert found[f"fact_{id_}"].startswith("正文!" if fact.aspect else "基本信息!")
    for key in form.text_keys:
        name = key.replace(".", "_")
        rows = {re.sub(r"\D", "", found[f"{kind}_{name}"]) for kind in ("draft", "text")}
        assert len(rows) == 1, "draft and final text stand side by side"


def test_the_place_of_what_the_button_finds(form: Form, book: Workbook) -> None:
    """Below the live checks of 校验 stand empty, locked lines as wide as them; what is marked is kept out of sight."""
    sheet = book["校验"]
    found = {name: text.split("!") for name, text in names(book).items() if name in (FOUND, MARKED)}
    assert {where for where, _ in found.values()} == {"校验"}
    left, top, right, bottom = bounds(found[FOUND][1].replace("$", ""))
    assert (left, right, bottom - top + 1) == (1, 7, FOUND_LINES)
    assert all(cell.value is None and cell.protection.locked for row in sheet[f"A{top}:G{bottom}"] for cell in row)
    assert str(sheet.cell(top - 1, 1).value).startswith("七、“校验”按钮查出的问题")
    assert max(row for row in range(1, top - 1) if sheet.cell(row, 2).value) == top - 3
    column = found[MARKED][1].split("$")[1]
    assert sheet.column_dimensions[column].hidden


def test_properties(form: Form, book: Workbook) -> None:
    """Form and version are custom document properties too."""
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # the stubs are older
    found = {prop.name: prop.value for prop in properties.props}
    assert found == {"XlreportForm": form.id, "XlreportVersion": TEMPLATE_VERSION}


def test_only_inputs_are_unlocked(form: Form, book: Workbook) -> None:
    """Every sheet is protected, without a password, so is the structure; exactly the inputs are unlocked, and empty."""
    found = names(book)
    unlocked = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and not isinstance(cell, MergedCell)
    }
    assert unlocked == {found[name].replace("$", "") for name in expected_inputs(form)}
    for address in unlocked:
        sheet, cell = address.split("!")
        assert book[sheet][cell].value is None
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    assert book.security.lockStructure
    assert not book.security.workbookPassword


def test_totals_are_formulas(form: Form, book: Workbook) -> None:
    """Every total is a formula over exactly its parts."""
    for cell, relation in form.totals.items():
        figure = form.figures[cell]
        formula = book[figure.sheet][figure.cell].value
        covered = set()
        for area in re.findall(r'SUMIF\(([A-Z0-9:]+),">=-1E\+300"\)', formula):
            left, top, right, bottom = bounds(area)
            covered |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        parts = [form.figures[part] for part in relation.left]
        assert covered == {(part.row + FIRST_LINE - 1, part.column) for part in parts}, cell


def test_formulas_are_common_to_all_programs(book: Workbook) -> None:
    """No formula has a function that an old Excel or WPS lacks, is too long, or reaches another workbook."""
    for address, formula in formulas(book).items():
        bare = re.sub('"[^"]*"', '""', formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= FUNCTIONS, address
        assert len(formula) <= 8_192
        assert "[" not in bare
        assert bare.count("(") == bare.count(")")


def test_validation_of_figures(form: Form, book: Workbook) -> None:
    """Each input takes numbers of its kind up to the same bound, and says so in Chinese; totals take none."""
    rules = {"count": ("whole", "0"), "amount": ("decimal", "0"), "change": ("whole", "-999999999999")}
    for table in form.tables:
        found = {}
        for validation in book[table.sheet].data_validations.dataValidation:
            for area in validation.sqref.ranges:
                for row, column in area.cells:
                    assert (row, column) not in found
                    found[row, column] = validation
        inputs = [figure for figure in table.figures if figure.id not in form.totals]
        assert set(found) == {(figure.row + FIRST_LINE - 1, figure.column) for figure in inputs}
        for figure in inputs:
            validation = found[figure.row + FIRST_LINE - 1, figure.column]
            assert (validation.type, validation.formula1) == rules[figure.kind]
            assert validation.formula2 == "999999999999"
            assert validation.errorStyle in (None, "stop")
            assert validation.showErrorMessage
            assert len(validation.error) <= 225, "Excel refuses more"
            assert len(validation.prompt) <= 255
            assert len(validation.promptTitle) <= 32


def test_validation_of_facts(form: Form, book: Workbook) -> None:
    """A choice offers its options, and blocks other words only when just one may be chosen; words are free."""
    found = names(book)
    for id_, fact in form.facts.items():
        sheet, cell = found[f"fact_{id_}"].replace("$", "").split("!")
        rules = [v for v in book[sheet].data_validations.dataValidation if cell in v.sqref]
        if fact.kind == "text":
            assert not rules
            continue
        (rule,) = rules
        if fact.kind == "choice":
            options = [row[0].value for row in book[sheet][rule.formula1.replace("$", "")]]
            assert options == list(fact.options)
            assert rule.showErrorMessage is not fact.many
        else:
            assert rule.type == "custom"
            assert f'"{NOT_APPLICABLE}"' in rule.formula1


def test_office_kinds(form: Form, book: Workbook) -> None:
    """The kind of office is chosen from the form's."""
    cell = names(book)["office_kind"].split("!")[1].replace("$", "")
    (rule,) = [v for v in book["基本信息"].data_validations.dataValidation if cell in v.sqref]
    assert [row[0].value for row in book["基本信息"][rule.formula1.replace("$", "")]] == [o.id for o in form.offices]


def test_the_year_is_asked_as_a_year(book: Workbook) -> None:
    """The year takes four digits that a report can be about, and its words are not those of a count."""
    cell = names(book)["year"].split("!")[1].replace("$", "")
    (rule,) = [v for v in book["基本信息"].data_validations.dataValidation if cell in v.sqref]
    assert (rule.type, rule.formula1, rule.formula2) == ("whole", "2008", "2100")
    assert "年度" in rule.error
    assert "件数" not in rule.error


def test_truth_values_are_no_numbers(form: Form, book: Workbook) -> None:
    """Excel takes TRUE for neither text nor number: the line on text counts all that is filled and is no number."""
    lines = [v for a, v in formulas(book).items() if a.startswith("校验!E") and "ISERROR" in v and "COUNTA" in v]
    assert sum(v.startswith("=COUNTA(") for v in lines) >= len(form.tables)
    assert not any("ISTEXT" in v for v in formulas(book).values())


def test_every_relation_is_checked_once(form: Form, book: Workbook) -> None:
    """校验 has one line for each relation, and for each column carried over from last year."""
    verdicts = [v for a, v in formulas(book).items() if a.startswith("校验!F")]
    assert sum("× 不符" in verdict for verdict in verdicts) == len(form.relations) + len(form.carry)


def test_links_lead_to_cells(book: Workbook) -> None:
    """Every link of the workbook leads to a cell or a name in it."""
    found = names(book)
    links: list[Any] = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 50
    for link in links:
        assert link.target is None, "nothing outside"
        sheet = link.location.split("!")[0]
        assert sheet in SHEETS or link.location in found


def test_guide(form: Form, book: Workbook) -> None:
    """填报说明 tells every deadline and definition, each colour of the button, and how LibreOffice follows a link."""
    words = "\n".join(str(cell.value) for row in book["填报说明"].iter_rows() for cell in row if cell.value)
    for office in form.offices:
        assert office.deadline in words
    for term, meaning in form.definitions:
        assert term in words
        assert meaning in words
    for must in ("12月31日", "部分公开", "共同被告", "以当地要求为准", "LibreOffice 按住 Ctrl 点"):
        assert must in words
    grounds = {cell.fill.fgColor.rgb for row in book["填报说明"].iter_rows() for cell in row}
    assert {f"FF{RED}", f"FF{TINT}"} <= grounds
    assert "LibreOffice 按住 Ctrl 点" in str(book["校验"]["A3"].value)


def test_no_freeze_cuts_through_a_title(book: Workbook) -> None:
    """Only lines stay while one scrolls: a frozen column would end in the middle of the title."""
    for sheet in book:
        assert str(sheet.freeze_panes or "A1").startswith("A"), sheet.title


def test_print(form: Form, book: Workbook) -> None:
    """A4, as wide as the paper; each table on one page, 表四 across; no marks outside the form are printed."""
    sheet: Any
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.oddHeader.right.text == "&A"
        assert "&P" in sheet.oddFooter.center.text
    for table in form.tables:
        sheet = book[table.sheet]
        assert sheet.page_setup.fitToHeight == 1, table.id
        _, _, right, bottom = bounds(sheet.print_area.split("!")[1].replace("$", ""))
        assert (right, bottom) == (len(table.widths), table.height + FIRST_LINE - 1)
    assert book["表四"].page_setup.orientation == "landscape"
