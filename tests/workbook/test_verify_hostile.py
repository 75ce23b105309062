"""Workbooks made to be slow or large to compare: an answer in seconds."""

from __future__ import annotations

import contextlib
import re
import time

import pytest

from tests.conftest import HANGING
from tests.safe.made import MAIN
from xlreport.errors import XlreportError
from xlreport.form import column_name
from xlreport.safe.zips import open_zip, pack, stored
from xlreport.workbook.places import layout
from xlreport.workbook.template import template_bytes
from xlreport.workbook.verify import verify


def changed(cells: str = "", after: str = "", strings: str = "") -> bytes:
    """The template with these rows in 表三, this after them, and a table of strings."""
    package = open_zip(template_bytes("2021"))
    part_name = layout(package).sheets["表三"]
    part = package.parts[part_name].decode()
    if cells:
        part = re.sub("<sheetData>.*</sheetData>", lambda _: f"<sheetData>{cells}</sheetData>", part)
    part = part.replace("</sheetData>", f"</sheetData>{after}")
    entries = [
        stored(name, part.encode()) if name == part_name else stored(name, x) for name, x in package.parts.items()
    ]
    table = f'<sst xmlns="{MAIN}"><si><t>{strings}</t></si></sst>'
    return pack([*entries, stored("xl/sharedStrings.xml", table.encode())])


def _rows(inside: str, rows: int = 300, columns: int = 26) -> str:
    line = "".join(f'<c r="{column_name(c)}#"{inside}</c>' for c in range(1, columns + 1))
    return "".join(f'<row r="{n}">{line.replace("#", str(n))}</row>' for n in range(1, rows + 1))


def _validations(where: str, count: int) -> str:
    return "<dataValidations>" + f'<dataValidation type="list" sqref="{where}"/>' * count + "</dataValidations>"


HOSTILE = {
    "one label everywhere": lambda: changed(_rows(' t="inlineStr"><is><t>其他</t></is>')),
    "one formula everywhere": lambda: changed(_rows("><f>LEFT(校验!$F$25,1)</f>")),
    "one long string everywhere": lambda: changed(_rows(' t="s"><v>0</v>'), strings="一" * 100_000),
    "quotes": lambda: changed(_rows("><f>" + "'" * 900 + "</f>", 100)),
    "letters": lambda: changed(_rows("><f>" + "a" * 900 + "</f>", 100)),
    "parentheses": lambda: changed(_rows("><f>" + "TRUE( " * 150 + "</f>", 100)),
    "merges": lambda: changed(after="<mergeCells>" + '<mergeCell ref="A1:ZZ99"/>' * 250_000 + "</mergeCells>"),
    "areas": lambda: changed(after=_validations("D6 " * 2_000_000, 1)),
    "validations": lambda: changed(after=_validations("A1:ZZ999", 150_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_costs_little(name):
    """Bounded time, and an answer or our own error."""
    data = HOSTILE[name]()
    start = time.process_time()
    with contextlib.suppress(XlreportError):
        assert verify(data)
    assert time.process_time() - start < HANGING
