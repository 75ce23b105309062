"""The preflight of workbooks."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.conftest import HANGING
from tests.safe.made import MAIN, PACKAGE, PARTS, RELATED, book, sheet
from xlreport.errors import InputError, UnsafeError
from xlreport.host.excel.project import Kind, Module, vba_project
from xlreport.host.excel.sources import module
from xlreport.messages import LANGUAGES
from xlreport.safe.workbooks import MOST_CELLS, MOST_SKELETON, MOST_XML, preflight
from xlreport.safe.zips import pack, stored

TYPES = PARTS["[Content_Types].xml"]
MACRO_TYPES = TYPES.replace(
    "</Types>",
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
)


def related(kind: str, target: str, mode: str = ' TargetMode="External"') -> dict[str, str | bytes]:
    """The relations of the sheet, with one to a target elsewhere."""
    relation = f'<Relationship Id="r1" Type="{RELATED}/{kind}" Target="{target}"{mode}/>'
    part = f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
    return {"xl/worksheets/_rels/sheet1.xml.rels": part}


def refused(data: bytes, suffix: str = ".xlsx") -> InputError:
    """The error, told in one line in both languages, soon."""
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        preflight(data, suffix)
    assert time.perf_counter() - start < HANGING
    for language in LANGUAGES:
        assert "\n" not in caught.value.tell(language)
    return caught.value


def test_an_ordinary_workbook_passes():
    """The smallest workbook passes, and its parts are handed on unpacked."""
    assert set(preflight(book()).parts) == set(PARTS)
    assert preflight(book(related("hyperlink", "https://www.gov.cn/"))), "a person may follow a link"


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "safe.ods"),
        ({"xl/workbook.bin": b""}, "safe.xlsb"),
        ({"word/document.xml": ""}, "safe.docx"),
        ({"a.txt": ""}, "safe.not_workbook"),
    ],
)
def test_another_kind_of_zip_is_told_for_what_it_is(parts, key):
    """An .ods, .xlsb or .docx under another name, or any zip, is named."""
    assert refused(pack(stored(name, part) for name, part in _bytes(parts).items())).key == key


def _bytes(parts: dict[str, str | bytes]) -> dict[str, bytes]:
    return {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"xl/styles.xml": DOCTYPE}, "safe.doctype"),
        ({"xl/styles.xml": DOCTYPE.encode("utf-16")}, "safe.doctype"),
        ({"xl/styles.xml": DOCTYPE.encode("utf-16-be")}, "safe.doctype"),
        ({"xl/styles.xml": DOCTYPE.encode("utf-32")}, "safe.doctype"),
        ({"xl/media/image1.png": DOCTYPE}, "safe.doctype"),
        ({"xl/styles.xml": "<x/>".encode("utf-16")}, "safe.encoding"),
        ({"xl/styles.xml": b'<?xml version="1.0" encoding="UTF-7"?><x/>'}, "safe.encoding"),
        ({"xl/styles.xml": '<?xml version="1.0" encoding="GBK"?><x>表</x>'.encode("gbk")}, "safe.encoding"),
        ({"xl/externalLinks/externalLink1.xml": "<x/>"}, "safe.external"),
        ({"xl/connections.xml": "<x/>"}, "safe.external"),
        (related("image", "https://example.org/a.png"), "safe.external"),
        (related("externalLinkPath", "file:///a.xlsx", ' TargetMode="&#69;xternal"'), "safe.external"),
        (related("oleObject", "../a.bin", ""), "safe.ole_object"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "safe.ole_object"),
        ({"xl/activeX/activeX1.xml": "<x/>"}, "safe.ole_object"),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "safe.macro_sheet"),
        ({"xl/vbaProject.bin": b"x"}, "safe.macros"),
        ({"xl/worksheets/_rels/sheet1.xml.rels": " " * (MOST_SKELETON + 1)}, "safe.large"),
        ({"xl/styles.xml": " " * (MOST_XML + 1)}, "safe.large"),
        ({"xl/workbook.xml": " " * (MOST_SKELETON + 1)}, "safe.large"),
        (related("vbaProject", "code.bin", ""), "safe.macros"),
        ({"xl/VBAPROJECT.BIN": b"x", "[Content_Types].xml": MACRO_TYPES}, "safe.macros"),
    ],
)
def test_what_could_harm_is_refused_by_name(parts, key):
    """DOCTYPE in any encoding, other encodings, external links, embedded objects, macros in an .xlsx: each is named."""
    error = refused(book(parts))
    assert isinstance(error, UnsafeError)
    assert error.key == key


def with_macros(project: bytes, relation: str = "") -> bytes:
    """A workbook that says it has macros, with this macro project."""
    parts: dict[str, str | bytes] = {"xl/vbaProject.bin": project, "[Content_Types].xml": MACRO_TYPES}
    return book(parts | ({"xl/_rels/workbook.xml.rels": relation} if relation else {}))


def test_only_our_macros_may_come_in_an_xlsm():
    """A workbook that says it has macros may have ours, unless its name says it has none; others are refused."""
    ours = vba_project("Any", [module("XlReport")])
    assert preflight(with_macros(ours), ".xlsm")
    assert preflight(with_macros(ours))
    assert refused(with_macros(ours), ".XLSX").key == "safe.macros"
    theirs = vba_project("Any", [module("XlReport"), Module("Auto", Kind.STANDARD, "Sub Auto_Open()\nEnd Sub\n")])
    error = refused(with_macros(theirs), ".xlsm")
    assert (error.key, error.values) == ("safe.foreign_macros", {"module": "Auto"})


def test_macros_are_where_the_relation_says():
    """Ours under the usual name do not cover up for others that the workbook points to."""
    ours = vba_project("Any", [module("XlReport")])
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    relation = f'<Relationship Id="r" Type="{kind}" Target="a.bin"/>'
    elsewhere = f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
    assert refused(with_macros(ours, elsewhere), ".xlsm").key == "safe.macros_unreadable"
    assert preflight(with_macros(ours, elsewhere.replace("a.bin", "/xl/vbaProject.bin")), ".xlsm")


FAR = [
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c a=">" r="XFD1048576"><v>1</v></c></row>',
    "<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
    '<row r="1"><c\nr = "XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c s="1" r="XFD1048576"><v>1</v></c></row>',
    '<x:row xmlns:x="u" r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    '<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>',
    '<row r="1"><c r="A99999999999"><v>1</v></c></row>',
    '<row r="4294967295"><c><v>1</v></c></row>',
    '<row r="1048575"/><row>' + "<c><v>1</v></c>" * 100 + "</row>",
    '<row r="999">' + "<c/>" * 9000 + "</row>",
    '<row r="-1"><c><v>1</v></c></row>',
]


@pytest.mark.parametrize("rows", FAR)
def test_cells_that_span_too_much_are_refused(rows):
    """However a far cell is written, and also without any address, it is seen before calamine lays it out."""
    assert refused(sheet(rows)).key == "safe.cells"


def test_a_second_address_is_refused():
    """Of two addresses calamine takes the last: such a cell is not XML, and is refused."""
    assert refused(sheet('<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>')).key == "safe.damaged"


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(1, 3000)), st.lists(st.one_of(st.none(), st.integers(1, 900)), max_size=3)
        ),
        max_size=4,
    )
)
def test_the_span_is_bounded_as_calamine_counts_it(rows):
    """What passes, calamine reads; its rectangle is never larger than the bound."""
    text, at = "", 0
    for row, columns in rows:
        at = row or at + 1
        cells = "".join("<c><v>1</v></c>" if c is None else f'<c r="{_letters(c)}{at}"><v>1</v></c>' for c in columns)
        text += f"<row>{cells}</row>" if row is None else f'<row r="{row}">{cells}</row>'
    data = sheet(text)
    try:
        preflight(data)
    except UnsafeError:
        return
    grid = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert len(grid) * max(map(len, grid), default=0) <= MOST_CELLS


def _letters(number: int) -> str:
    return (
        (chr(64 + (number - 1) // 26) if number > 26 else "") + chr(65 + (number - 1) % 26) if number <= 702 else "AAA"
    )


def test_an_ordinary_large_sheet_passes():
    """A thousand rows of twenty cells, and a dimension that claims the whole sheet, are no danger."""
    rows = "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 20 + "</row>" for n in range(1, 1500))
    part = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    assert preflight(book({"xl/worksheets/sheet1.xml": part}))


def test_an_empty_row_far_below_passes():
    """LibreOffice leaves row 1048576 behind, without a cell, when a row has been deleted; nobody lays it out."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="1048576" ht="12.8"></row>'
    assert preflight(sheet(rows))
    with CalamineWorkbook.from_filelike(io.BytesIO(sheet(rows))) as read:
        assert read.get_sheet_by_index(0).to_python(skip_empty_area=False) == [[1, 2]]


def test_the_look_ends():
    """A sheet of very many cells without addresses is judged without hanging."""
    start = time.perf_counter()
    data = sheet("<row>" + "<c/>" * 300_000 + "</row>")
    with contextlib.suppress(InputError):
        preflight(data)
    assert time.perf_counter() - start < HANGING


def test_the_reader_stays_alive():
    """The five-kilobyte workbook that ends a process through calamine is refused in a process that goes on."""
    code = (
        "from tests.safe.made import sheet\n"
        "from tests.safe.test_workbooks import FAR\n"
        "from xlreport.errors import InputError\n"
        "from xlreport.workbook.read import read_workbook\n"
        "for rows in FAR:\n"
        "    try: read_workbook(sheet(rows), 'a.xlsx')\n"
        "    except InputError as error: print(error.key)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # tests are in no package
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, env=environment
    )
    assert done.stdout.split() == ["safe.cells"] * len(FAR), done.stderr
