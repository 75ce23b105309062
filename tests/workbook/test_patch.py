"""Patching cells inside the zip."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.safe.made import MAIN, PARTS, RELATED, book, sheet
from xlreport.errors import InputError
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import open_zip
from xlreport.workbook.fill import fill
from xlreport.workbook.patch import Target, patch
from xlreport.workbook.read import read_workbook

FORMAT = "xlsx:Calc MS Excel 2007 XML"
PART = "xl/worksheets/sheet1.xml"


def cells(data: bytes) -> list[str]:
    """The cells of the one sheet, as XML, in their order."""
    return re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", open_zip(data).parts[PART].decode())


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (5, '<c r="A1" s="3"><v>5</v></c>'),
        (Decimal("0.1"), '<c r="A1" s="3"><v>0.1</v></c>'),
        (Decimal("1E+300"), '<c r="A1" s="3"><v>1e+300</v></c>'),
        (None, '<c r="A1" s="3"/>'),
        ("=1+1", '<c r="A1" s="3" t="inlineStr"><is><t>=1+1</t></is></c>'),
        ("a<b&", '<c r="A1" s="3" t="inlineStr"><is><t>a&lt;b&amp;</t></is></c>'),
        (" a", '<c r="A1" s="3" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>'),
        ("_x0041_", '<c r="A1" s="3" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>'),
    ],
)
def test_a_value_replaces_what_was_there_and_keeps_the_style(value, xml):
    """Number, text, text like a formula, escapes, blank: the cell holds it alone and its style index stays."""
    data = sheet('<row r="1"><c r="A1" s="3" t="str"><f>1&amp;2</f><v>12</v></c></row>')
    assert cells(patch(data, {("A", "A1"): value})) == [xml]


def test_cells_that_are_not_there_are_made_in_order():
    """New rows and cells stand where their address belongs, between those that were there."""
    data = sheet('<row r="2" spans="2:4"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"/>')
    after = patch(data, {("A", cell): 9 for cell in ("C2", "A9", "AA2", "B3", "A2", "A1")})
    assert re.findall(r'<(?:row|c) r="([A-Z]*\d+)"', open_zip(after).parts[PART].decode()) == (
        ["1", "A1", "2", "A2", "B2", "C2", "D2", "AA2", "3", "B3", "5", "9", "A9"]
    )
    assert "spans" not in open_zip(after).parts[PART].decode()
    with CalamineWorkbook.from_filelike(BytesIO(after)) as opened:
        assert opened.get_sheet_by_index(0).to_python(skip_empty_area=False)[1][26] == 9


def test_other_parts_and_the_input_keep_their_bytes():
    """Only the sheet and, once, the order to recalculate change; a second patch changes the sheet alone."""
    data = book({"xl/theme/theme1.xml": "<x  a='1' />"})
    once = patch(data, {("A", "A1"): 2})
    twice = patch(once, {("A", "A1"): 3})
    changed = [name for name, part in open_zip(data).parts.items() if open_zip(once).parts[name] != part]
    assert changed == [WORKBOOK, PART]
    assert b'fullCalcOnLoad="1"' in open_zip(once).parts[WORKBOOK]
    assert [e for e in open_zip(once).entries if e.name != PART] == [
        e for e in open_zip(twice).entries if e.name != PART
    ]
    assert patch(data, {("A", "A1"): 2}) == once


def test_no_formula_keeps_a_stale_value():
    """Formulas that the caller knows get the new value, those it keeps stay, every other loses its value."""
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c><c r="C1" t="str"><f>A1</f><v>√</v></c>'
    row += '<c r="D1"><f>3+4</f><v>7</v></c></row>'
    after = patch(sheet(row), {("A", "A1"): 2}, caches={("A", "B1"): 2}, kept=[("A", "D1")])
    assert cells(after) == [
        '<c r="A1"><v>2</v></c>',
        '<c r="B1"><f>A1</f><v>2</v></c>',
        '<c r="C1"><f>A1</f></c>',
        '<c r="D1"><f>3+4</f><v>7</v></c>',
    ]


def test_the_calculation_chain_stays_true():
    """Where a formula gives way the chain goes, with all that names it; where none does it stays as it was."""
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Rel", f'<Relationship Id="rId2" Type="{RELATED}/calcChain" Target="calcChain.xml"/></Rel'
    )
    types = PARTS["[Content_Types].xml"].replace(
        "</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    )
    formula = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f>1</f></c></row></sheetData></worksheet>'
    chain = f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>'
    parts = {"xl/_rels/workbook.xml.rels": relations, "[Content_Types].xml": types, PART: formula}
    data = book(parts | {"xl/calcChain.xml": chain})
    kept = open_zip(patch(data, {("A", "B1"): 1})).parts
    assert kept["xl/calcChain.xml"] == chain.encode()
    gone = open_zip(patch(data, {("A", "A1"): 1})).parts
    assert not any(b"calcChain" in part for part in gone.values())
    assert "xl/calcChain.xml" not in gone


def test_a_shared_formula_is_not_torn_apart():
    """Overwriting the cell that carries a formula for others is refused by its address."""
    data = sheet(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">1</f></c><c r="B1"><f t="shared" si="0"/></c></row>'
    )
    with pytest.raises(InputError) as caught:
        patch(data, {("A", "A1"): 1})
    assert "A!A1" in caught.value.tell()


@pytest.mark.parametrize("target", ["nobody", ("B", "A1"), ("A", "1A"), ("A", "A0")])
def test_a_cell_that_is_not_there_is_named(target):
    """A name, sheet or address that the workbook does not have is an error that says which."""
    with pytest.raises(InputError) as caught:
        patch(book(), {target: 1})
    assert caught.value.key == "workbook.no_cell"


def test_prefixed_and_single_quoted_xml_is_patched_too():
    """What another producer writes with prefixes and without addresses is understood."""
    part = (
        f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )
    after = patch(book({PART: part}), {("A", "B1"): "二", ("A", "C1"): 3})
    with CalamineWorkbook.from_filelike(BytesIO(after)) as opened:
        assert opened.get_sheet_by_index(0).to_python(skip_empty_area=False) == [[1, "二", 3]]


def shown(path: Path) -> list[list[str]]:
    """The sheet 校验 as LibreOffice saved it."""
    with CalamineWorkbook.from_path(path) as opened:
        return [[str(x) for x in row] for row in opened.get_sheet_by_name("校验").to_python(skip_empty_area=False)]


def marks(path: Path) -> list[str]:
    """What the sheet 校验 concludes in every line, as LibreOffice saved it."""
    with CalamineWorkbook.from_path(path) as opened:
        rows = opened.get_sheet_by_name("校验").to_python(skip_empty_area=False)
    return [str(cell)[0] for row in rows for cell in row if str(cell)[:1] in ("√", "×", "—")]


def test_libreoffice_shows_fresh_verdicts_and_the_right_strings(soffice, tmp_path: Path):
    """A workbook that was calculated and saved, then patched: no √ or total is an old one, every text is its own."""
    figures = {"t3.received.natural_person": 5, "t3.granted.natural_person": 5}
    text = {"preamble": "甲", "problems": "乙"}
    report = Report("2021", "某局", 2024, figures, text, facts={"no_business": "是"})
    (tmp_path / "a.xlsx").write_bytes(fill(report))
    first = soffice(tmp_path / "a.xlsx", FORMAT, tmp_path / "one")
    assert "xl/sharedStrings.xml" in open_zip(first.read_bytes()).parts
    values: dict[Target, Number | str | None] = {"t3_received_natural_person": 6, "text_problems": "丙\n丁"}
    (tmp_path / "b.xlsx").write_bytes(patch(first.read_bytes(), values))
    second = soffice(tmp_path / "b.xlsx", FORMAT, tmp_path / "two")
    wrong = marks(second).count("×") - marks(first).count("×")
    assert wrong >= 2, "column 自然人 and column 总计 do not balance any more"
    reading = read_workbook(second.read_bytes())
    assert reading.report.figures["t3.received.total"] == 6
    assert dict(reading.report.text) == {"preamble": "甲", "problems": "丙\n丁"}
    assert reading.findings == ()
