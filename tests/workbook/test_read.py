"""Reading filled workbooks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.safe.made import book
from xlreport.errors import FormError, InputError
from xlreport.finding import Finding
from xlreport.form import FORMS, load_form
from xlreport.messages import LANGUAGES
from xlreport.report import Report
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import open_zip, repack
from xlreport.workbook.file import File
from xlreport.workbook.fill import fill
from xlreport.workbook.patch import Target, patch
from xlreport.workbook.places import layout
from xlreport.workbook.read import read_workbook
from xlreport.workbook.template import TEMPLATE_VERSION, template_bytes

RECEIVED = "t3.received.natural_person"
NAME = "t3_received_natural_person"
TOTAL = "t3_received_total"


def put(data: bytes, name: str, inside: str, attributes: str = "") -> bytes:
    """The workbook with the XML of one named cell replaced: what programs write that `patch` never does."""
    package = open_zip(data)
    skeleton = layout(package)
    place = skeleton.names[name]
    part = package.parts[skeleton.sheets[place.sheet]].decode()
    cell = re.compile(rf'<c r="{place.cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)')
    assert cell.search(part)
    part = cell.sub(lambda found: f'<c r="{place.cell}"{found[1]}{attributes}>{inside}</c>', part, count=1)
    return repack(package, {skeleton.sheets[place.sheet]: part.encode()})


def formula(name: str) -> str:
    """The template's formula in that cell, as XML."""
    package = open_zip(template_bytes("2021"))
    place = layout(package).names[name]
    part = package.parts[layout(package).sheets[place.sheet]].decode()
    found = re.search(rf'<c r="{place.cell}"[^>]*>(<f>[^<]*</f>)', part)
    assert found
    return found[1]


def only(data: bytes) -> Finding:
    """The one finding, whose sentence stands in one line in both languages and names the address."""
    reading = read_workbook(data, "a.xlsx")
    assert len(reading.findings) == 1, [finding.message() for finding in reading.findings]
    (finding,) = reading.findings
    for language in LANGUAGES:
        assert "\n" not in finding.message(language)
        assert finding.addresses[0] in finding.message(language)
    return finding


@pytest.mark.parametrize("form", FORMS)
def test_the_untouched_template_is_an_empty_report(form):
    """The template reads as a report without figures or text, and nothing is said of its cells."""
    reading = read_workbook(template_bytes(form), "a.xlsx")
    assert reading.report == Report(form, "", None)
    assert reading.findings == ()
    assert reading.report.derived == set(load_form(form).totals)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12", "数字 12，"),
        ("12件", "数字 12，"),
        ("１２", "数字 12，"),
        ("1,234", "数字 1234，"),
        (" 7 ", "数字 7，"),
        ("/", "没有请填 0"),
        ("—", "没有请填 0"),
        ("无", "没有请填 0"),
        ("十二", "阿拉伯数字"),
        ("=1+1", "阿拉伯数字"),
    ],
)
def test_text_where_a_number_belongs_is_no_number(text, told):
    """Text is FIG-TEXT, quoted with its address and what to type; the cell is blank and no total counts it."""
    data = patch(template_bytes("2021"), {NAME: text, "t3_received_other": 2})
    finding = only(data)
    assert (finding.code, finding.severity, finding.cells) == ("FIG-TEXT", "error", (RECEIVED,))
    assert finding.addresses == (load_form("2021").figures[RECEIVED].address,)
    assert text.strip() in finding.message()
    assert told in finding.message()
    figures = read_workbook(data).report.figures
    assert dict(figures) == {"t3.received.other": 2, "t3.received.total": 2}


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#VALUE!", "#SPILL!", "#REF!"])
def test_an_error_value_is_never_zero(error):
    """An error value is FIG-ERR and the cell is blank, with errors too that the reader below does not know."""
    data = put(template_bytes("2021"), NAME, f"<f>1/0</f><v>{error}</v>", ' t="e"')
    finding = only(data)
    assert (finding.code, finding.cells) == ("FIG-ERR", (RECEIVED,))
    assert error in finding.message()
    assert not read_workbook(data).report.figures


def test_a_boolean_is_text_and_a_date_is_a_date():
    """TRUE is FIG-TEXT, a date FIG-DATE, infinity FIG-TEXT; none becomes a number."""
    template = template_bytes("2021")
    assert only(put(template, NAME, "<v>1</v>", ' t="b"')).code == "FIG-TEXT"
    assert only(put(template, NAME, "<v>2024-03-05</v>", ' t="d"')).code == "FIG-DATE"
    assert only(put(template, NAME, "<v>INF</v>")).code == "FIG-TEXT"


def test_a_formula_typed_into_an_input_counts_by_its_value():
    """A clerk may type =3+4."""
    reading = read_workbook(put(template_bytes("2021"), NAME, "<f>3+4</f><v>7</v>"))
    assert reading.report.figures[RECEIVED] == 7
    assert reading.findings == ()


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_value_is_no_blank(value):
    """=1400+8 that no program has computed yet is FIG-TEXT that says so, of last year too; a formula may give ""."""
    finding = only(put(template_bytes("2021"), NAME, f"<f>1400+8</f>{value}"))
    assert (finding.code, finding.cells) == ("FIG-TEXT", (RECEIVED,))
    assert "保存一次" in finding.message()
    assert "上一年" in only(put(template_bytes("2021"), "last_t3_received_other", f"<f>1</f>{value}")).message()
    assert read_workbook(put(template_bytes("2021"), NAME, f'<f>""</f>{value}', ' t="str"')).findings == ()


def test_saved_by_a_library_that_computes_nothing(tmp_path):
    """Of a workbook whose every formula has lost its value, only the inputs among them are named."""
    (tmp_path / "a.xlsx").write_bytes(fill(Report("2021", "某局", 2024, {RECEIVED: 5, "t3.received.other": 2})))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    place = layout(open_zip(template_bytes("2021"))).names[NAME]
    book[place.sheet][place.cell] = "=1400+8"
    book.save(tmp_path / "a.xlsx")
    reading = read_workbook((tmp_path / "a.xlsx").read_bytes())
    assert [(x.code, x.cells) for x in reading.findings if x.severity == "error"] == [("FIG-TEXT", (RECEIVED,))]
    assert dict(reading.report.figures) == {"t3.received.other": 2, "t3.received.total": 2}


def test_fractions_and_negatives_are_numbers():
    """3.5 and -1 are read as they are: whether they may stand is a rule's question."""
    reading = read_workbook(patch(template_bytes("2021"), {NAME: -1, "t2_rules_issued": 3}))
    assert dict(reading.report.figures) == {RECEIVED: -1, "t2.rules.issued": 3, "t3.received.total": -1}
    reading = read_workbook(put(template_bytes("2021"), NAME, "<v>0.1</v>"))
    assert str(reading.report.figures[RECEIVED]) == "0.1"


def test_a_stored_total_that_is_not_the_sum_is_found():
    """WB-CACHE names the cell with both numbers, and the sum is used."""
    data = put(fill(Report("2021", "某局", 2024, {RECEIVED: 5})), TOTAL, f"{formula(TOTAL)}<v>6</v>")
    finding = only(data)
    assert (finding.code, finding.severity) == ("WB-CACHE", "warning")
    assert (finding.cells, finding.expected, finding.actual) == (("t3.received.total",), 5, 6)
    assert read_workbook(data).report.figures["t3.received.total"] == 5


def test_a_total_that_nobody_computed_is_no_finding():
    """A total without a stored value is computed, and nothing is said."""
    data = put(fill(Report("2021", "某局", 2024, {RECEIVED: 5})), TOTAL, formula(TOTAL))
    assert read_workbook(data).findings == ()


def test_a_total_that_is_no_number_is_found():
    """Text or an error in a total's cell is a finding; an error that only follows from an input's is not told twice."""
    data = put(template_bytes("2021"), TOTAL, f"{formula(TOTAL)}<v>#REF!</v>", ' t="e"')
    assert only(data).cells == ("t3.received.total",)
    assert only(put(data, NAME, "<v>#REF!</v>", ' t="e"')).cells == (RECEIVED,)


def test_no_business_makes_blanks_zero():
    """With 无业务 every blank input is zero, and every total."""
    report = read_workbook(patch(template_bytes("2021"), {"fact_no_business": "是"})).report
    assert set(report.figures) == set(report.statute.figures)
    assert not any(report.figures.values())


@pytest.mark.parametrize("year", [2024, "2024", "2024年", " ２０２４ 年", "2024年度"])
def test_a_year_is_read_however_it_is_written(year):
    """An unambiguous year needs no finding."""
    reading = read_workbook(patch(template_bytes("2021"), {"year": year}))
    assert (reading.report.year, reading.findings) == (2024, ())


INFO: list[tuple[Target, object, str]] = [
    ("year", "二〇二四", "INF-YEAR"),
    ("year", 24, "INF-YEAR"),
    ("office_kind", "公司", "INF-KIND"),
    ("fact_no_business", "也许", "INF-FACT"),
    ("fact_proactive_items", "很多", "INF-FACT"),
    ("fact_proactive_items", -3, "INF-FACT"),
]


@pytest.mark.parametrize(("name", "value", "code"), INFO)
def test_wrong_information_is_found(name, value, code):
    """A year, kind of office or fact that cannot be understood is a finding with its address, and counts as blank."""
    finding = only(patch(template_bytes("2021"), {name: value}))
    assert (finding.code, finding.severity) == (code, "error")


def test_text_that_became_an_error_is_found():
    """A paragraph that begins with "=" and became #NAME? is a finding, not silence."""
    assert only(put(template_bytes("2021"), "text_problems", "<v>#NAME?</v>", ' t="e"')).code == "INF-TEXT"


def test_last_year_s_figures_are_read_and_judged():
    """They come as a report of the year before; text among them is a finding, but of no cell of this year."""
    data = patch(template_bytes("2021"), {"agency": "某局", "year": 2024, "last_t3_received_other": 4})
    assert read_workbook(data).report.last_year == Report("2021", "某局", 2023, {"t3.received.other": 4})
    finding = only(patch(data, {"last_t3_received_other": "4件"}))
    assert finding.cells == ()
    assert "上一年" in finding.message()


def forms(change: Callable[[str], str]) -> bytes:
    """The template with its workbook part changed, its properties removed."""
    package = open_zip(template_bytes("2021"))
    part = change(package.parts[WORKBOOK].decode())
    return repack(package, {WORKBOOK: part.encode()}, {"docProps/custom.xml"})


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (book(), "foreign"),
        (forms(lambda text: re.sub('<definedName name="xlreport_form".*?</definedName>', "", text)), "foreign"),
        (forms(lambda text: text.replace('"2021"', '"1999"')), "unknown_form"),
        (forms(lambda text: re.sub('(xlreport_version"[^>]*>)[^<]*', rf"\g<1>{TEMPLATE_VERSION + 1}", text)), "newer"),
        (forms(lambda text: re.sub('(xlreport_version"[^>]*>)[^<]*', r"\g<1>beta", text)), "newer"),
        (forms(lambda text: re.sub('(xlreport_version"[^>]*>)[^<]*', r"\g<1>2\r\n02\n", text)), "newer"),
    ],
)
def test_a_workbook_that_is_not_ours_is_refused(data, key):
    """Another workbook, an unknown form, a newer version, missing names: WB-FORM, told in one line."""
    with pytest.raises(FormError) as caught:
        read_workbook(data, "a.xlsx")
    assert caught.value.key == f"workbook.{key}"
    assert "\n" not in caught.value.tell()
    assert caught.value.exit_code == 2


def test_the_property_alone_tells_the_form():
    """A program that dropped the constant names left the property, which is enough."""
    package = open_zip(template_bytes("2019"))
    part = re.sub(b'<definedName name="xlreport_[a-z]+".*?</definedName>', b"", package.parts[WORKBOOK])
    assert read_workbook(repack(package, {WORKBOOK: part})).report.form == "2019"


def test_a_missing_sheet_is_named():
    """A workbook whose sheet has no part is told with the sheet's name, and all figures on it."""
    package = open_zip(template_bytes("2021"))
    gone = layout(package).sheets["表三"]
    data = repack(package, {}, {gone})
    (finding,) = read_workbook(data).findings
    assert finding.key == "workbook.sheet_missing"
    assert len(finding.cells) == 175
    with pytest.raises(InputError) as caught:
        File(data).rows(["表三"])
    assert caught.value.key == "workbook.no_sheet"
    assert "表三" in finding.message()
    assert "表三" in caught.value.tell()


def test_libreoffice_keeps_everything(soffice, tmp_path: Path):
    """A filled workbook that LibreOffice saved again reads as the same report, with nothing to say."""
    report = Report(
        "2021",
        "某局",
        2024,
        {RECEIVED: 5, "t3.granted.other": 7},
        {"problems": "=一<&>\n二 _x0041_ 😀", "preamble": " 前后 "},
        {"overview.lead": "草稿"},
        kind="部门",
        contact="电话：010",
        facts={"no_business": "否"},
        last_year=Report("2021", "某局", 2023, {"t3.received.other": 4}, {"problems": "旧"}),
    )
    source = tmp_path / "测试（一）.xlsx"
    source.write_bytes(fill(report))
    saved = soffice(source, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out").read_bytes()
    reading = read_workbook(saved, "a.xlsx")
    assert reading.report == report.totalled()
    assert reading.findings == ()
