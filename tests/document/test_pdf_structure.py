"""PDF/A-3a and PDF/UA-1 by structure: what a machine, an archive and a screen reader find in the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.document.conftest import a_report
from tests.samples import bureau, city
from xlreport.document.cells import heads
from xlreport.document.compose import compose
from xlreport.document.outline import Grid, Heading, Outline
from xlreport.document.pdf import render_pdf
from xlreport.document.pdftags import retagged
from xlreport.errors import ProgramError


@pytest.fixture(autouse=True)
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")


@pytest.fixture
def pdf(outline: Outline) -> Iterator[Any]:
    with pikepdf.open(io.BytesIO(render_pdf(outline))) as opened:
        yield opened


def elements(element: Any) -> Iterator[Any]:
    """The structure elements below one, in the order of reading."""
    for kid in [] if "/K" not in element else element.K if isinstance(element.K, Array) else [element.K]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def attribute(element: Any, key: str) -> Any:
    return next((part[key] for part in element.get("/A", []) if key in part), None)


def test_well_formed(pdf: Any) -> None:
    """Another library finds nothing wrong with the syntax of the file."""
    assert pdf.check_pdf_syntax() == []
    assert pdf.pdf_version == "1.7"
    assert not pdf.is_encrypted


def test_archive(pdf: Any) -> None:
    """The file tells its colours, has an identity, runs nothing, and embeds every font with its characters' names."""
    assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
    assert len(pdf.trailer.ID) == 2
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert len(font.ToUnicode.read_bytes()) > 100
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_everything_is_tagged(pdf: Any) -> None:
    """Every sign on paper belongs to an element of the structure or is an artifact, such as page numbers and lines."""
    for page in pdf.pages:
        open_ = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            open_ += (operator in ("BDC", "BMC")) - (operator == "EMC")
            if operator in ("Tj", "TJ", "S", "f", "Do"):
                assert open_ > 0
        assert open_ == 0


def test_title_and_language(pdf: Any, outline: Outline) -> None:
    """A window shows the title instead of the file's name; the language is told, and that it is tagged."""
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.MarkInfo.Marked is True
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == outline.title
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfuaid:part"] == "1"


def test_bookmarks(pdf: Any, outline: Outline) -> None:
    """The bookmarks are the headings, those of the second level below those of the first."""
    with pdf.open_outline() as bookmarks:
        found = [
            (level, item.title) for top in bookmarks.root for level, item in ((1, top), *((2, x) for x in top.children))
        ]
    assert found == [(block.level, block.text) for block in outline.blocks if isinstance(block, Heading)]


def test_heads_of_tables(pdf: Any, outline: Outline) -> None:
    """Each label of a table is a head of rows or columns, and each figure names the heads above and beside it."""
    tables = [element for element in elements(pdf.Root.StructTreeRoot) if str(element.S) == "/Table"]
    grids = [block for block in outline.blocks if isinstance(block, Grid)]
    names = pdf.Root.StructTreeRoot.IDTree.Names
    keys = [str(key) for key in list(names)[::2]]
    ids = dict(zip(keys, list(names)[1::2], strict=True))
    assert keys == sorted(set(keys))
    for table, grid in zip(tables, grids, strict=True):
        assert str(attribute(table, "/Summary")) == grid.caption
        cells = [element for element in elements(table) if element.S in (Name.TH, Name.TD)]
        place = {cell.ID: at for at, cell in enumerate(cells) if "/ID" in cell}
        for element, cell in zip(cells, grid.cells, strict=True):
            if cell.role == "figure":
                assert element.S == Name.TD
                named = [str(id_) for id_ in attribute(element, "/Headers")]
                assert [grid.cells[place[id_]] for id_ in named] == list(heads(grid)[cell.id])
                assert all(ids[id_].S == Name.TH for id_ in named)
            else:
                assert element.S == Name.TH
                assert attribute(element, "/Scope") == (Name.Row if cell.role == "stub" else Name.Column)


@pytest.mark.parametrize("report", [bureau, city])
def test_size(report: Any) -> None:
    """A report is well under 300 KB."""
    assert len(render_pdf(compose(report()))) < 200_000


def test_long_report() -> None:
    """So is one of a hundred thousand characters, as long as it uses no more characters than reports do."""
    report = a_report()
    common = "".join(bytes((0xB0, trail)).decode("gb2312") for trail in range(0xA1, 0xFF)) * 1000
    assert len(render_pdf(compose(replace(report, text={**report.text, "problems": common})))) < 300_000


def test_another_kind_of_pdf() -> None:
    """A file that Typst did not write so is an error, never a silent loss of tags."""
    for wrong in (b"", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer\n<<>>\nstartxref\n0\n%%EOF"):
        with pytest.raises(ProgramError):
            retagged(wrong, [])
