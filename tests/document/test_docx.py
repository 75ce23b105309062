"""The outline as a Word file."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from typing import Any

import docx as python_docx
import pdfplumber
import pytest

from tests.document.conftest import a_report
from tests.document.judges import ooxml_errors
from tests.document.texts import docx_tables, docx_words, outline_tables, outline_words, part, squeezed
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.outline import Cell, Grid, Outline, Paragraph
from xlreport.document.profile import load_profile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANDSCAPE = replace(load_profile("official"), table3="landscape")


def test_words(outline):
    """Every word and figure of the outline is in the file, in order, whatever characters it has."""
    assert docx_words(render_docx(outline)) == outline_words(outline)


def test_tables(outline):
    """Every cell stands where the form has it and spans what the form says."""
    assert docx_tables(render_docx(outline)) == outline_tables(outline)


def test_python_docx(outline):
    """Another reader finds the same tables: each merged cell's text in every place that it covers."""
    document: Any = python_docx.Document(io.BytesIO(render_docx(outline)))
    for table, cells in zip(document.tables, outline_tables(outline), strict=True):
        lines = [row.cells for row in table.rows]
        for cell in cells:
            covered = [
                line[cell.column - 1 : cell.column - 1 + cell.columns] for line in lines[cell.row - 1 :][: cell.rows]
            ]
            texts = {c.text.replace("\n", "") for line in covered for c in line}  # a label may have lines of ours
            assert texts == {cell.text}
    assert document.core_properties.title == outline.title
    assert document.core_properties.author == outline.agency
    assert next(p.text for p in document.paragraphs if p.style.name == "Heading 1") == "一、总体情况"


def test_a_published_report(district, district_words):
    """Every paragraph and every cell of a published report comes out, in order."""
    assert squeezed(docx_words(render_docx(district))) == district_words


def test_city(city):
    """A city's figures come out as they were published."""
    words = docx_words(render_docx(city))
    assert words == outline_words(city)
    assert {"72701.2578", "2676474", "宿迁市2024年政府信息公开工作年度报告"} <= set(words)


def test_rows(outline):
    """No row splits over pages, and the lines that head a table repeat."""
    grids = [b for b in outline.blocks if isinstance(b, Grid)]
    for table, grid in zip(part(render_docx(outline)).iter(f"{W}tbl"), grids, strict=True):
        rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            at < grid.head_lines for at in range(grid.height)
        ]


def test_widths(outline):
    """Columns are fixed and fill the text area to the last twentieth of a point; cells are as wide as their columns."""
    for table in part(render_docx(outline)).iter(f"{W}tbl"):
        widths = [int(c.get(f"{W}w")) for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert sum(widths) == 11906 - 1588 - 1474 == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        for row in table.iterfind(f"{W}tr"):
            assert sum(int(c.get(f"{W}w")) for c in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")) == sum(widths)


def test_styles(outline):
    """Every style in use is defined, and every East Asian font is named in the font table with an alternative."""
    made = render_docx(outline)
    styles = part(made, "word/styles.xml")
    defined = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    parts = [part(made), styles, part(made, "word/footer_odd.xml"), part(made, "word/footer_even.xml")]
    used = {e.get(f"{W}val") for p in parts for e in p.iter(f"{W}pStyle", f"{W}tblStyle", f"{W}basedOn", f"{W}next")}
    assert used <= set(defined)
    assert {"Title", "Heading1", "Heading2", "BodyText", "TableNote", "StatutoryTable"} <= used
    fonts = {e.get(f"{W}name"): e.find(f"{W}altName") for e in part(made, "word/fontTable.xml")}
    named = {e.get(f"{W}eastAsia") for e in styles.iter(f"{W}rFonts")}
    assert named == {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}
    assert all(fonts[name] is not None for name in named)
    table = {
        e.get(f"{W}eastAsia")
        for id_, s in defined.items()
        if id_ != "TableNote"
        for e in s.iter(f"{W}rFonts")
        if id_.startswith("Table")
    }
    assert table == {"宋体"}  # as the official form and the PDF


def test_long_figure():
    """A figure too long for its cell is set smaller, never on two lines."""
    cell = Cell("123456789", 1, 1, 1, 1, "figure", "t3.a.b")
    grid = Grid("t3", "表", (1,) * 15, 1, 0, (cell, *(replace(cell, column=n, text="7") for n in range(2, 16))))
    sizes = [e.get(f"{W}val") for e in part(render_docx(Outline("题", "", None, (grid,)))).iter(f"{W}sz")]
    assert sizes == ["11"]  # 9 digits of 2.75 pt in 29.5 pt


def test_forbidden_characters():
    """A character that XML cannot hold never reaches the file."""
    made = render_docx(Outline("题", "", None, (Paragraph("甲\x00\x0b\ufffe乙"),)))
    assert docx_words(made) == ["题", "甲乙"]


def test_same_bytes(monkeypatch):
    """The same outline gives the same bytes in another process; its only date is SOURCE_DATE_EPOCH."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = render_docx(compose(a_report()))
    program = (
        "import sys; from tests.document.conftest import a_report; from xlreport.document.compose import compose;"
        "from xlreport.document.docx import render_docx; sys.stdout.buffer.write(render_docx(compose(a_report())))"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert made == other
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert b"dcterms:created" not in archive.read("docProps/core.xml")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738281600")
    assert b"2025-01-31T00:00:00Z" in zipfile.ZipFile(io.BytesIO(render_docx(compose(a_report())))).read(
        "docProps/core.xml"
    )


def test_schema(outline, tmp_path):
    """The Open XML SDK finds nothing against the file; it would: a stray element is named."""
    good, bad = tmp_path / "good.docx", tmp_path / "bad.docx"
    good.write_bytes(render_docx(outline))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<w:cantSplit/>", b"<w:cantJoin/>", 1))
    assert ooxml_errors(good) == []
    assert "cantJoin" in ooxml_errors(bad)[0]


def test_direct_formatting(outline):
    """Change a style and everything follows: a paragraph has but its style and what depends on its place or figures."""
    made = render_docx(outline)
    paragraphs, runs = set(), set()
    for name in ("word/document.xml", "word/footer_odd.xml", "word/footer_even.xml"):
        paragraphs |= {e.tag.removeprefix(W) for p in part(made, name).iter(f"{W}pPr") for e in p}
        runs |= {
            tuple(sorted({e.tag.removeprefix(W), *map(str, e.values())}))
            for p in part(made, name).iter(f"{W}rPr")
            for e in p
        }
    assert paragraphs <= {"pStyle", "keepNext", "pageBreakBefore", "spacing", "ind"}
    assert {run for run in runs if "sz" not in run} == {("eastAsia", "rFonts")}


def test_heads_of_tables(outline):
    """A table says which of its lines and columns are heads, and what it is of."""
    grids = [b for b in outline.blocks if isinstance(b, Grid)]
    for table, grid in zip(part(render_docx(outline)).iter(f"{W}tbl"), grids, strict=True):
        look = int(table.find(f"{W}tblPr/{W}tblLook").get(f"{W}val"), 16)
        assert bool(look & 0x20) == bool(grid.head_lines)
        assert bool(look & 0x80) == any(cell.role == "stub" for cell in grid.cells)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == grid.caption


def test_languages(outline):
    """Chinese words are Chinese and the rest English, for every style and in the properties."""
    made = render_docx(outline)
    (language,) = part(made, "word/styles.xml").iter(f"{W}lang")
    assert (language.get(f"{W}val"), language.get(f"{W}eastAsia")) == ("en-US", "zh-CN")
    assert part(made, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}language") == "zh-CN"


@pytest.mark.office
def test_libreoffice(outline, soffice, tmp_path):
    """LibreOffice opens the file and saves it again without losing a word, a figure or a span."""
    source = tmp_path / "年报.docx"
    source.write_bytes(render_docx(outline))
    saved = soffice(source, "docx", tmp_path / "saved").read_bytes()
    assert [word for word in docx_words(saved) if word] == [word for word in docx_words(render_docx(outline)) if word]
    assert docx_tables(saved) == outline_tables(outline)


@pytest.mark.office
def test_turned(outline, soffice, tmp_path):
    """With table 3 on a turned sheet the file is valid too, and LibreOffice keeps its words, tables and sections."""
    source = tmp_path / "年报.docx"
    source.write_bytes(render_docx(outline, LANDSCAPE))
    assert ooxml_errors(source) == []
    saved = soffice(source, "docx", tmp_path / "saved").read_bytes()
    for made in (source.read_bytes(), saved):
        assert [word for word in docx_words(made) if word] == [word for word in outline_words(outline) if word]
        assert docx_tables(made) == outline_tables(outline)
        turned = [size.get(f"{W}orient") == "landscape" for size in part(made).iter(f"{W}pgSz")]
        assert turned == [False, True, False]
        starts = [e.get(f"{W}start") for e in part(made).iter(f"{W}pgNumType")]
        assert [start for start in starts if start] == ["1"]  # numbers go on


@pytest.mark.office
def test_pages(soffice, tmp_path):
    """A page holds 22 lines of 28 characters, table 3 stands on one page, and each page has its number."""
    outline = compose(a_report(text={"overview.lead": "公" * (28 * 50 - 2), "note.t3": "表" * 30 + "注" * 30}))
    source = tmp_path / "年报.docx"
    source.write_bytes(render_docx(outline))
    with pdfplumber.open(soffice(source, "pdf", tmp_path)) as pdf:
        pages = [page.extract_text_lines() for page in pdf.pages]
        texts = [page.extract_text() for page in pdf.pages]
    assert [line["text"].replace(" ", "") for line in pages[1][:22]] == ["公" * 28] * 22
    assert pages[1][22]["text"].replace(" ", "") == "—2—"
    assert [page[-1]["text"].replace(" ", "") for page in pages] == [f"—{n}—" for n in range(1, len(pages) + 1)]
    assert pages[0][-1]["x0"] > 300 > pages[1][-1]["x0"]  # odd pages outside right, even ones left
    (page,) = [text for text in texts if "一、本年新收" in text]
    assert "四、结转下年度" in page
    assert "注注注" in page
