"""Workbooks against their template: what is said of any single change, and of none."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.workbook.reports import reports
from tests.workbook.test_read import NAME, RECEIVED, TOTAL, forms, formula, put
from xlreport.errors import FormError
from xlreport.finding import Finding
from xlreport.form import FORMS, column_name, load_form
from xlreport.messages import LANGUAGES
from xlreport.report import Report
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import open_zip, repack
from xlreport.workbook.fill import fill, write_draft
from xlreport.workbook.patch import patch
from xlreport.workbook.places import layout, names_of
from xlreport.workbook.read import read_workbook
from xlreport.workbook.template import template_bytes
from xlreport.workbook.untouched import template, untouched
from xlreport.workbook.verify import original, verify


def saved(data: bytes, change: Callable[[Workbook], object] | None = None) -> bytes:
    """The workbook as openpyxl saves it, after a change."""
    book = load_workbook(BytesIO(data))
    if change:
        change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def only(data: bytes) -> Finding:
    """The one finding; its sentence is one line in both languages."""
    findings = verify(data, "a.xlsx")
    assert len(findings) == 1, [finding.message() for finding in findings]
    for language in LANGUAGES:
        assert "\n" not in findings[0].message(language)
    return findings[0]


@pytest.mark.parametrize("form", FORMS)
def test_the_template_is_as_the_template(form):
    """The committed template verifies clean, also as openpyxl saves it."""
    assert verify(template_bytes(form)) == ()
    assert verify(saved(template_bytes(form))) == ()


@given(st.sampled_from(FORMS).flatmap(reports))
@settings(max_examples=25, deadline=None)
def test_filling_in_changes_nothing(report: Report):
    """Any filled workbook, and any draft, verifies clean, by the quick look alone."""
    for data in (fill(report), write_draft(fill(report), {"overview.lead": "草稿"})):
        package = open_zip(data)
        assert untouched(package, layout(package), template(report.form))
        assert verify(data) == ()


@pytest.mark.parametrize("form", FORMS)
def test_the_quick_look_and_the_long_one_agree(form, monkeypatch):
    """A filled workbook verifies clean without the quick look too."""
    monkeypatch.setattr("xlreport.workbook.file.untouched", lambda *_: False)
    data = fill(Report(form, "某局", 2024, dict.fromkeys(load_form(form).inputs, 3), {"problems": "=一<&>\n_x0041_"}))
    assert verify(data) == ()
    assert verify(saved(data)) == ()


@st.composite
def changed(draw: st.DrawFn) -> tuple[bytes, str, str]:
    """A filled workbook with one label, formula or name changed; the code and the address of what was changed."""
    form = draw(st.sampled_from(FORMS))
    template_ = original(form)
    data = fill(Report(form, "某局", 2024, dict.fromkeys(load_form(form).inputs, 2)))
    kind = draw(st.sampled_from(["WB-LABEL", "WB-CALC", "WB-SHAPE"]))
    if kind == "WB-SHAPE":
        name = draw(st.sampled_from(names_of(form)))
        where = template_.names[name]
        moved = where._replace(column=where.column + draw(st.integers(1, 3)), row=where.row + draw(st.integers(0, 3)))
        package = open_zip(data)
        old = f'(<definedName name="{name}"[^>]*>[^<]*!)[^<]*'
        new = rf"\g<1>${column_name(moved.column)}${moved.row}"
        part = re.sub(old, new, package.parts[WORKBOOK].decode())
        return repack(package, {WORKBOOK: part.encode()}), kind, where.address
    sheet = draw(st.sampled_from([s for s in template_.sheets if kind == "WB-LABEL" or template_.sheets[s].formulas]))
    cells = template_.labels[sheet] if kind == "WB-LABEL" else template_.sheets[sheet].formulas
    row, column = draw(st.sampled_from(sorted(cells)))
    values: st.SearchStrategy[str | int | None] = st.one_of(st.none(), st.integers(100, 999), st.just("改过的文字"))
    address = f"{column_name(column)}{row}"
    return patch(data, {(sheet, address): draw(values)}), kind, f"{sheet}!{address}"


@given(changed())
@settings(max_examples=40, deadline=None)
def test_any_single_change_is_one_finding(case: tuple[bytes, str, str]):
    """One label, formula or name changed anywhere: exactly one finding, an error that names it; the figures stay."""
    data, code, address = case
    finding = only(data)
    assert (finding.code, finding.severity, finding.addresses) == (code, "error", (address,))
    assert address in finding.message()
    reading = read_workbook(data)
    assert reading.findings == (finding,)
    assert (
        dict(reading.report.figures)
        == Report(reading.report.form, "", None, dict.fromkeys(load_form(reading.report.form).inputs, 2))
        .totalled()
        .figures
    )


def test_two_changes_are_two_findings():
    """Findings do not hide each other."""
    data = patch(template_bytes("2021"), {("表三", "B8"): "公开", ("表三", "J9"): 5, ("表二", "A5"): None})
    assert [(x.code, x.addresses) for x in verify(data)] == [
        ("WB-LABEL", ("表二!A5",)),
        ("WB-LABEL", ("表三!B8",)),
        ("WB-CALC", ("表三!J9",)),
    ]


def test_an_overwritten_total_is_told_once_and_not_used():
    """A number typed over a total is WB-CALC, not WB-CACHE too, and the sum of the parts is read."""
    data = put(fill(Report("2021", "某局", 2024, {RECEIVED: 5})), TOTAL, "<v>6</v>")
    finding = only(data)
    assert finding.cells == ("t3.received.total",)
    reading = read_workbook(data)
    assert reading.findings == (finding,)
    assert reading.report.figures["t3.received.total"] == 5


@pytest.mark.parametrize("form", FORMS)
def test_the_formula_of_a_total_is_told_whole(form: str):
    """What WB-CALC quotes can be typed back."""
    before, totals = original(form), load_form(form).totals
    places = {before.names[load_form(form).figures[cell].defined_name]: cell for cell in totals}
    formulas = {place: before.sheets[place.sheet].formulas[place.row, place.column] for place in places}
    longest = max(formulas, key=lambda place: len(formulas[place]))
    name = load_form(form).figures[places[longest]].defined_name
    assert f"={formulas[longest]} 计算" in only(put(fill(Report(form, "某局", 2024)), name, "<v>6</v>")).message()


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: text.replace("D6:I6", "表三!$D$6:$I$6").replace("COUNT(", "COUNT( "),
        lambda text: text.replace("D6:I6", "'表三'!D6:I6").replace("<f>IF(", "<f>_xlfn.IF("),
        lambda text: text.replace("SUMIF", "sumif").replace("<f>", "<f>=").replace(",", " ,\n"),
    ],
)
def test_another_spelling_is_the_same_formula(spell):
    """Spaces, dollar signs, quotes, case and the own sheet's name make no other formula."""
    assert spell(formula(TOTAL)) != formula(TOTAL)
    assert verify(put(template_bytes("2021"), TOTAL, spell(formula(TOTAL)))) == ()


def test_another_range_is_another_formula():
    """A sum that leaves out a cell is found."""
    shorter = formula(TOTAL).replace("D6:I6", "D6:H6")
    assert only(put(template_bytes("2021"), TOTAL, shorter)).code == "WB-CALC"


def test_a_shared_formula_counts_as_spelled_out():
    """Formulas that Excel stores once for many cells are compared cell by cell."""
    first = formula(TOTAL).replace("<f>", '<f t="shared" ref="J6:J7" si="0">')
    data = put(put(template_bytes("2021"), TOTAL, first), "t3_carried_in_total", '<f t="shared" si="0"/>')
    assert verify(data) == ()
    assert only(put(data, "t3_granted_total", '<f t="shared" si="7"/>')).addresses == ("表三!J8",)


def test_a_pasted_validation_is_a_note():
    """A cell pasted over loses its validation: worth a word, no error."""

    def paste(book: Workbook) -> None:
        book["表三"].data_validations.dataValidation[0].sqref = "D7:I28 D30:I30"

    finding = only(saved(template_bytes("2021"), paste))
    assert (finding.code, finding.severity) == ("WB-VALID", "note")
    assert finding.addresses == tuple(f"表三!{column}6" for column in "DEFGHI")


def test_many_labels_are_one_finding():
    """More than a few changes on one sheet are counted."""
    data = patch(template_bytes("2021"), {("表三", f"C{row}"): "x" for row in range(10, 25)})
    finding = only(data)
    assert finding.code == "WB-LABEL"
    assert "有 15 处" in finding.message()


def test_rows_that_moved_under_their_names_are_read_by_labels():
    """A program that inserts a row and leaves the names behind: what stands beside the labels is read."""
    figures = {cell: number for number, cell in enumerate(load_form("2021").inputs)}
    report = Report("2021", "某局", 2024, figures)
    data = saved(fill(report), lambda book: book["表三"].insert_rows(10))
    finding = only(data)
    assert (finding.code, finding.addresses) == ("WB-SHAPE", ("表三!A10",))
    reading = read_workbook(data)
    assert reading.report.figures == report.totalled().figures


def test_a_name_that_is_gone_is_read_by_its_label():
    """One name removed, or broken: WB-SHAPE, and the figure is there; its label gone too: the file is refused."""
    for data in (
        forms(lambda text: re.sub(f'<definedName name="{NAME}".*?</definedName>', "", text)),
        forms(lambda text: re.sub(f'(name="{NAME}"[^>]*>)[^<]*', r"\g<1>#REF!", text)),
    ):
        filled = patch(data, {("表三", "D6"): 7})
        assert only(filled).code == "WB-SHAPE"
        assert read_workbook(filled).report.figures[RECEIVED] == 7
        unlabelled = patch(filled, {("表三", "A6"): "改过", ("表三", "J6"): 7, ("表三", "K6"): "x"})
        with pytest.raises(FormError) as caught:
            read_workbook(unlabelled)
        assert caught.value.key == "workbook.names"
