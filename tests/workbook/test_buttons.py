"""The buttons of 校验."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from tests.samples import city
from xlreport.form import FORMS
from xlreport.workbook.build.buttons import BUTTONS, DRAWING, FIRST
from xlreport.workbook.fill import fill, write_draft
from xlreport.workbook.template import template_bytes
from xlreport.workbook.verify import verify

SPREADSHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def part(data: bytes, name: str = DRAWING) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)


def buttons(data: bytes, name: str = DRAWING) -> dict[str, str]:
    """What stands on each shape, by name."""
    shapes = ET.fromstring(part(data, name)).iter(f"{SPREADSHEET}sp")
    return {attributes(shape, "cNvPr")["name"]: "".join(shape.itertext()).strip() for shape in shapes}


def attributes(element: Element, tag: str) -> dict[str, str]:
    """Those of the first such element within."""
    return next(element.iter(f"{SPREADSHEET}{tag}")).attrib


@pytest.mark.parametrize("form", FORMS)
def test_the_template_has_them(form):
    """Both templates have the four buttons, in the title row, each in a column of its own, not printed by Excel."""
    data = template_bytes(form)
    assert buttons(data) == dict(BUTTONS)
    anchors = list(ET.fromstring(part(data)))
    assert [anchor.findtext(f"{SPREADSHEET}from/{SPREADSHEET}col") for anchor in anchors] == [
        str(FIRST - 1 + n) for n in range(len(BUTTONS))
    ]
    for anchor in anchors:
        for corner in ("from", "to"):
            assert anchor.findtext(f"{SPREADSHEET}{corner}/{SPREADSHEET}row") == "0", "in the frozen rows"
        start, end = (anchor.findtext(f"{SPREADSHEET}{corner}/{SPREADSHEET}col") for corner in ("from", "to"))
        assert start == end
        assert attributes(anchor, "clientData")["fPrintsWithSheet"] == "0"
        assert anchor.get("editAs") == "oneCell"


def test_what_is_written_into_the_workbook_leaves_them():
    """Filling and drafting keep the drawing byte for byte."""
    filled = fill(city())
    assert part(filled) == part(template_bytes("2021"))
    assert part(write_draft(filled, {"problems": "甲"})) == part(filled)


def test_the_hint_says_what_they_need():
    """The hint under the title says that buttons need the add-in, and that the sheet checks without it."""
    sheet = part(template_bytes("2021"), "xl/worksheets/sheet7.xml").decode()
    assert "插件" in sheet
    assert "没有插件也照样核对" in sheet


@pytest.mark.office
def test_libreoffice_keeps_them(soffice: Callable[..., Path], tmp_path: Path):
    """Saved by LibreOffice, the workbook has its buttons still, under their names, and verifies clean."""
    source = tmp_path / "年报 模板（一）.xlsx"
    source.write_bytes(template_bytes("2021"))
    saved = soffice(source, "xlsx", tmp_path / "saved").read_bytes()
    assert buttons(saved, "xl/drawings/drawing1.xml") == dict(BUTTONS)
    assert verify(saved) == ()
