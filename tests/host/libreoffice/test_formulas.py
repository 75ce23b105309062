"""Formulas between Excel's grammar and LibreOffice's."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xlreport.host.libreoffice.formulas import shifted, to_api, to_excel

PAIRS = [
    ("=SUM(A1,B1)", "=SUM(A1;B1)"),
    ("=SUM((A1,B2))", "=SUM((A1~B2))"),
    ("=SUM(A1:B2 B1:C3)", "=SUM(A1:B2!B1:C3)"),
    ("={1,2;3,4}", "={1;2|3;4}"),
    ("=Sheet1!A1+'My sheet'!$A$1:B2", "=$'Sheet1'.A1+$'My sheet'.$A$1:B2"),
    ("=表三!D5+'表 二（一）'!A1", "=$'表三'.D5+$'表 二（一）'.A1"),
    ("=SUM(Sheet1:Sheet3!A1:B2)", "=SUM($'Sheet1'.A1:$'Sheet3'.B2)"),
    ("=SUM('a b:c d'!A1)", "=SUM($'a b'.A1:$'c d'.A1)"),
    ('=IF(A1="x,y;z",TRUE,FALSE)', '=IF(A1="x,y;z";TRUE();FALSE())'),
    ('="say ""A1,B1"""', '="say ""A1,B1"""'),
    ("=A:A+1:1+$A:$C", "=A:A+1:1+$A:$C"),
    ("=SUM( A1 , B2 )", "=SUM( A1 ; B2 )"),
    ("=LOG10(A1)*1.5E+3-foo.bar", "=LOG10(A1)*1.5E+3-foo.bar"),
    ("=#REF!+Sheet1!#REF!", "=#REF!+$'Sheet1'.#REF!"),
    ("=IF(A1<>B1,-A1%,A1&B1)", "=IF(A1<>B1;-A1%;A1&B1)"),
]


@pytest.mark.parametrize(("excel", "api"), PAIRS)
def test_both_ways(excel, api):
    """A formula is the same one in both grammars."""
    assert to_api(excel) == api
    assert to_excel(api) == excel


def test_other_names():
    """A function that bears another name is renamed, whatever prefix Excel's files give it."""
    assert to_api("=_xlfn.RRI(1,2,3)", {"RRI": "ZGZ"}) == "=ZGZ(1;2;3)"
    assert to_excel("=ZGZ(1;2;3)", {"ZGZ": "RRI"}) == "=RRI(1,2,3)"


@pytest.mark.parametrize(
    ("api", "excel"),
    [
        ("=$1表.D6+1.5", "='1表'!D6+1.5"),
        ("=SUM($2024年.A1:$2025年.B2)", "=SUM('2024年:2025年'!A1:B2)"),
        ("=1.E5", "=1.E5"),
    ],
)
def test_names_that_begin_with_a_digit(api, excel):
    """LibreOffice quotes no sheet for a digit at its beginning, Excel does; a number is none."""
    assert to_excel(api) == excel


def test_array_braces():
    """The braces around an array formula are LibreOffice's display, not the formula's."""
    assert to_excel("{=A1:B2*{1;2}}") == "=A1:B2*{1,2}"


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=A1+$A$1+A$1+$A1", "=C2+$A$1+C$1+$A2"),
        ("=Sheet1!B2:C3+A:A+1:1", "=Sheet1!D3:E4+C:C+2:2"),
        ('=LOG10(A1)&"A1"', '=LOG10(C2)&"A1"'),
        ("=XFD1048576", "=B1"),
    ],
)
def test_shifted(formula, moved):
    """Relative references move with the cell, absolute ones and texts stay."""
    assert shifted(formula, 1, 2) == moved
    assert shifted(formula, 0, 0) == formula


def test_our_template(app):
    """Every formula of the template reads as it stands in the file."""
    path = Path(__file__).parents[3] / "templates" / "report_template.xlsx"
    book = app.books.open(path)
    try:
        count = 0
        for page in openpyxl.load_workbook(path):
            sheet = book.sheets[page.title]
            read = sheet.range((1, 1), (page.max_row, page.max_column)).formula
            for row in page.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        count += 1
                        plain = str(cell.value).replace("_xlfn.", "")
                        assert read[int(cell.row or 0) - 1][int(cell.column or 0) - 1] == plain, (
                            page.title,
                            cell.coordinate,
                        )
        assert count > 200
    finally:
        book.close()


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1,A2)", 5),
        ("=SUM((A1,A2:A3))", 9),
        ("=SUM(A1:A2 A2:A3)", 3),
        ("=SUM({1,2;3,4})", 10),
        ("=IF(TRUE,Sheet1!A1,Sheet1!A2)", 2),
        ("=RRI(1,100,110)", pytest.approx(0.1)),
        ("=EDATE(0,1)>0", True),
        ('=IFERROR(1/0,"，")', "，"),
        ("=PDURATION(0.1,100,110)", pytest.approx(1)),
        ("=EOMONTH(A1,0)>0", True),
        ("=CEILING(2.5,1)", 3),
        ("=FORMULATEXT(B1)", None),
    ],
)
def test_calculated(sheet, formula, value):
    """LibreOffice calculates what Excel means, and gives the formula back unchanged."""
    sheet["A1:A3"].options(transpose=True).value = [2, 3, 4]
    cell = sheet["C1"]
    cell.formula = formula
    assert cell.formula == formula
    assert cell.value == value
