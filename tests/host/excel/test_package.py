"""The .xlsm and the .xlam."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from tests.host.excel.checker import check
from tests.host.excel.vba import sources
from tests.samples import city
from xlreport import __version__, job
from xlreport.data import dump_report
from xlreport.form import FORMS, load_form
from xlreport.host.excel.package import addin, macro_workbook
from xlreport.host.excel.sources import ADDIN, COMMON, macros_path, module
from xlreport.safe.workbooks import preflight
from xlreport.workbook.build import build_template
from xlreport.workbook.build.buttons import BUTTONS, DRAWING
from xlreport.workbook.fill import fill
from xlreport.workbook.template import template_path


@pytest.fixture(scope="module", params=FORMS)
def template(request: pytest.FixtureRequest) -> bytes:
    return build_template(load_form(request.param))


@pytest.fixture(scope="module")
def workbook(template: bytes) -> bytes:
    return macro_workbook(template)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2021, 9, 26, 0, 0, 0)}
        return {name: package.read(name) for name in package.namelist()}


def test_committed():
    """The committed files are what the sources give: run `python -m tools.macros` after a change."""
    built = macro_workbook(job.build_template("2021"))
    assert template_path("2021").with_suffix(".xlsm").read_bytes() == built
    assert (macros_path() / "xlreport.xlam").read_bytes() == addin()


def test_same_bytes(template, workbook):
    """Built twice, they have the same bytes."""
    assert macro_workbook(template) == workbook
    assert addin() == addin()


def test_our_sources_exactly(workbook):
    """Olevba extracts exactly our sources, and empty modules of the workbook and its sheets."""
    found = sources(workbook)
    documents = {"ThisWorkbook", *(f"Sheet{n}" for n in range(1, 8))}
    assert {name: code for name, code in found.items() if name not in documents} == {
        name: module(name).source.decode() for name in COMMON
    }
    assert set(found) == documents | set(COMMON)
    for name in documents:
        assert all(line.startswith("Attribute ") for line in found[name].splitlines())
    extracted = sources(addin())
    assert extracted.pop("Sheet1").count("\n") == 8
    assert extracted == {name: module(name).source.decode() for name in ADDIN}


@pytest.mark.parametrize("main", ["sheet", "addin"])
def test_no_defect(main, workbook):
    """The macro project has no defect, and every relation of the package leads to a part with a content type."""
    found = parts(addin() if main == "addin" else workbook)
    assert check(found["xl/vbaProject.bin"]).defects == []
    types = ET.fromstring(found["[Content_Types].xml"])
    overrides = {x.attrib["PartName"]: x.attrib["ContentType"] for x in types.findall(".//{*}Override")}
    defaults = {x.attrib["Extension"] for x in types.findall(".//{*}Default")}
    assert all(name.lstrip("/") in found for name in overrides)
    for name in found.keys() - {"[Content_Types].xml"}:
        assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, name
    assert overrides["/xl/workbook.xml"] == f"application/vnd.ms-excel.{main}.macroEnabled.main+xml"
    assert overrides["/xl/vbaProject.bin"] == "application/vnd.ms-office.vbaProject"
    for name, part in found.items():
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rpartition("/")[0]
            for relation in ET.fromstring(part):
                target = relation.attrib["Target"]
                assert (target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")) in found


def test_code_names(workbook):
    """Every sheet has the code name of one module, in their order, and so has the workbook."""
    found = parts(workbook)
    for n in range(1, 8):
        assert re.findall(rb'<sheetPr codeName="(\w+)"', found[f"xl/worksheets/sheet{n}.xml"]) == [b"Sheet%d" % n]
    assert b'codeName="ThisWorkbook"' in found["xl/workbook.xml"]
    assert load_workbook(BytesIO(workbook), keep_vba=True).code_name == "ThisWorkbook"


def test_buttons_call_macros(template, workbook):
    """In the .xlsm each button calls its own macro; in the .xlsx none calls anything."""
    with_macros, without = (ET.fromstring(parts(data)[DRAWING]) for data in (workbook, template))
    called = {x.findall(".//{*}cNvPr")[0].attrib["name"]: x.attrib["macro"] for x in with_macros.findall(".//{*}sp")}
    assert called == {
        "xlr_validate": "[0]!XLR_Validate",
        "xlr_draft": "[0]!XLR_Draft",
        "xlr_export": "[0]!XLR_Export",
        "xlr_clear": "[0]!XLR_Clear",
    }
    assert set(called) == set(BUTTONS)
    assert not any(shape.get("macro") for shape in without.findall(".//{*}sp"))


def test_only_macros_are_added(template, workbook):
    """All other parts are those of the .xlsx."""
    before, after = parts(template), parts(workbook)
    added = {"xl/vbaProject.bin", "customUI/customUI14.xml"}
    assert after.keys() - before.keys() == added
    touched = {name for name, part in before.items() if after[name] != part}
    sheets = {f"xl/worksheets/sheet{n}.xml" for n in range(1, 8)}
    assert touched == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        DRAWING,
        *sheets,
    }


def test_the_add_in_tells_its_version():
    """The add-in says in its properties whose it is and of which version, so that `addin status` can tell."""
    core = parts(addin())["docProps/core.xml"].decode()
    assert "<dc:creator>xlreport</dc:creator>" in core
    assert f"<cp:version>{__version__}</cp:version>" in core


def test_our_own_reader_takes_it(workbook, tmp_path: Path):
    """The .xlsm passes the preflight, verifies clean, and is filled, checked and drafted like the .xlsx."""
    path = tmp_path / "年报 模板（一）.xlsm"
    path.write_bytes(workbook)
    assert preflight(workbook, ".xlsm")
    assert job.verify_template(path) == ()
    assert {finding.code for finding in job.read(path).findings} == set()


def test_a_filled_one(tmp_path: Path):
    """A clerk's .xlsm: its verdict is that of the same figures in the .xlsx, and the draft leaves its macros alone."""
    data = macro_workbook(fill(city()))
    path = tmp_path / "年报.xlsm"
    path.write_bytes(data)
    twin = tmp_path / "年报.xlsx"
    twin.write_bytes(fill(city()))
    assert job.check(path).findings == job.check(twin).findings
    drafted = job.draft_workbook(path).content
    assert parts_of(drafted)["xl/vbaProject.bin"] == parts(data)["xl/vbaProject.bin"]
    assert parts_of(drafted)[DRAWING] == parts(data)[DRAWING]
    assert dump_report(job.read(path).report) == dump_report(job.read(twin).report)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
