"""The outline as a PDF."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from tests.document.conftest import a_report
from tests.document.pdftexts import Line, pdf_lines, pdf_tables, pdf_words
from tests.document.texts import outline_tables, outline_words, squeezed
from xlreport.document import fonts
from xlreport.document.compose import compose
from xlreport.document.fonts import find_fonts
from xlreport.document.outline import Cell, Grid, Heading, Outline, Paragraph
from xlreport.document.pdf import render_pdf
from xlreport.document.title import title_lines
from xlreport.errors import InputError, ProgramError

PITCH, CELL = 225 / 22, 156 / 28  # millimetres
TOP, LEFT = 37, 28
FANDOL = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf")

MARKUP = (
    '#import "x" $x^2$ *粗* _斜_ <标签> & = 题 - 项 + 项 / 词: 义 \\ \\t `码` @引 ~ -- --- ... \' " // 注 /* 注 */ '
    "https://a.cn/b#c {{ x }} {% y %} [a](b) \\u{4e2d} ^ | % fi ffi ①㎡〔2021〕30号 “引”‘号’——……"
)


@pytest.fixture(autouse=True)
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same fonts on every machine, and none of the system's."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")


def paper(*blocks: Heading | Paragraph | Grid, title: str = "某局2024年政府信息公开工作年度报告") -> Outline:
    return Outline(title, "某局", 2024, blocks)


def body(pdf: bytes, size: float = 16) -> list[Line]:
    return [line for line in pdf_lines(pdf) if abs(line.size - size) < 0.1]


def test_words(outline: Outline) -> None:
    """Every word and figure of the outline is in the file, in order, whatever characters it has."""
    assert squeezed(pdf_words(render_pdf(outline))) == squeezed(outline_words(outline))


def test_tables(outline: Outline) -> None:
    """Every cell is tagged where the form has it and with the span that the form says."""
    assert pdf_tables(render_pdf(outline)) == outline_tables(outline)


def test_a_published_report(district: Outline, district_words: list[str]) -> None:
    """Every paragraph and every cell of a published report comes out, in order."""
    assert squeezed(pdf_words(render_pdf(district))) == district_words


def test_pdftotext(city: Outline, tmp_path: Path) -> None:
    """In tables no space stands inside a Chinese word when the text is taken out."""
    (tmp_path / "a.pdf").write_bytes(render_pdf(city))
    done = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], check=True, capture_output=True, text=True)
    for label in (
        "第二十条第（一）项",
        "本年收费金额（单位：万元）",
        "1.属于国家秘密",
        "申请人情况",
        "未经复议直接起诉",
    ):
        assert label in done.stdout


def test_markup_is_text() -> None:
    """What Typst, HTML or Jinja would take for an order is printed as it stands, everywhere."""
    grid = Grid("t", "", (1, 1), 2, 1, tuple(Cell(MARKUP, row, col, 1, 1, "stub") for row in (1, 2) for col in (1, 2)))
    given = paper(
        Heading(1, MARKUP), Heading(2, MARKUP), Paragraph(MARKUP), Paragraph(MARKUP, True), grid, title=MARKUP
    )
    assert squeezed(pdf_words(render_pdf(given))) == squeezed([MARKUP] * 9)


def test_tab_is_a_space() -> None:
    """A tab separates words."""
    assert "甲 乙" in pdf_words(render_pdf(paper(Paragraph("甲\t乙"))))


def test_grid() -> None:
    """A full page has 22 lines of 28 characters, each at its place within 0.3 mm."""
    lines = body(render_pdf(paper(Paragraph("政务公开年度报告" * 400))))
    second = [line for line in lines if line.page == 2]
    assert len(second) == 22
    for number, line in enumerate(second):
        assert len(line.text) == 28
        assert line.top == pytest.approx(TOP + number * PITCH, abs=0.3)
        for place, start in enumerate(line.starts):
            assert start == pytest.approx(LEFT + place * CELL, abs=0.3)


def test_everything_stays_on_the_grid(outline: Outline) -> None:
    """After title, headings, notes and tables the next line is on the grid again; none leaves the text area."""
    lines = [line for line in pdf_lines(render_pdf(outline)) if line.size in (16, 14) and "— " not in line.text]
    assert len(lines) > 50
    for line in lines:
        number = (line.top + (line.size - 16) * 25.4 / 72 - TOP) / PITCH
        assert number == pytest.approx(round(number), abs=0.3 / PITCH), line.text
        assert -0.1 < number < 21.1
        assert line.left > LEFT - 0.3 - CELL / 2  # an opening bracket at the start of a line gives up its blank half


@pytest.mark.parametrize("run", ["https://a.gov.cn/" + "a" * 150, "7" * 200, "—" * 60, "MW" * 60])
def test_a_run_without_a_break_stays_on_the_paper(run: str) -> None:
    """An address or a dash longer than a line goes on in the next, and none of it is lost."""
    pdf = render_pdf(paper(Paragraph(f"见{run}。")))
    assert squeezed(pdf_words(pdf))[1:] == squeezed([f"见{run}。"])
    assert all(line.right < 210 - 25.5 for line in pdf_lines(pdf))


@pytest.mark.parametrize("agency", ["某县水利局", "县水利局", "某县ABCD局"])
def test_title_lines_fit(agency: str) -> None:
    """A line of the title is one line on paper, also with digits and letters in it."""
    title = f"{agency}2020年政府信息公开工作年度报告"
    outline = Outline(title, agency, 2020, (Paragraph("正文。"),))
    assert [line.text for line in body(render_pdf(outline), 22)] == list(title_lines(title, agency))


def test_long_table() -> None:
    """A table longer than a page breaks between rows, repeats its heads and leaves the text on the grid."""
    rows = 90
    heads = (Cell("名称", 1, 1, 1, 1, "head"), Cell("件数", 1, 2, 1, 1, "head"))
    cells = (
        c
        for n in range(2, rows + 1)
        for c in (Cell(f"第{n}项", n, 1, 1, 1, "stub"), Cell(f"{n}0", n, 2, 1, 1, "figure"))
    )
    given = paper(Grid("t", "", (1, 1), rows, 1, (*heads, *cells)), Paragraph("表后的正文。"))
    pdf = render_pdf(given)
    assert pdf_tables(pdf) == outline_tables(given)
    lines = pdf_lines(pdf)
    assert [line.page for line in lines if line.text == "名称件数"] == [1, 2, 3]
    after = next(line for line in lines if line.text == "表后的正文。")
    number = (after.top - TOP) / PITCH
    assert number == pytest.approx(round(number), abs=0.3 / PITCH)


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_statutory_tables_do_not_break(form: str) -> None:
    """Each statutory table stands on one page, below its heading, in the text area, long figures inside their cells."""
    report = a_report(form)
    report = replace(
        report, figures={**report.figures, "t3.received.total": 12_345_678, "t4.reconsideration.upheld": 123_456}
    )
    with pdfplumber.open(io.BytesIO(render_pdf(compose(report)))) as opened:
        tables = [(page, table) for page in opened.pages for table in page.find_tables()]
        assert len(tables) == 3
        for page, table in tables:
            left, top, right, bottom = table.bbox
            assert left > (LEFT - 0.2) / 25.4 * 72
            assert right < (210 - 26 + 0.2) / 25.4 * 72
            assert bottom < (297 - 35) / 25.4 * 72
            assert page.crop((0, top - 40, page.width, top)).extract_text().strip()
            digits = [char for char in page.chars if char["text"].isdigit() and top < char["top"] < bottom]
            for char in digits:
                middle = (char["top"] + char["bottom"]) / 2
                assert any(c[0] < char["x0"] and char["x1"] < c[2] and c[1] < middle < c[3] for c in table.cells)
        words = "".join(page.extract_text() for page in opened.pages)
        assert "12345678" in words
        assert "123456" in words


@pytest.mark.parametrize("unit", ["100㎡", "2025年", "1号", "〔2021〕30号", "12.5%", "3,600件", "1.5万元"])
def test_units(unit: str) -> None:
    """A number is never parted from what it counts."""
    whole = unit.removesuffix("元")
    for before in range(16, 30):
        pdf = render_pdf(paper(Paragraph("公" * before + unit + "开" * 30)))
        assert any(whole in line.text for line in body(pdf)), before


@pytest.mark.parametrize("text", ["2024年" * 1700, "a1" * 3000, "公开2件、" * 2000])
def test_thousands_of_numbers(text: str) -> None:
    """A paragraph may hold thousands of numbers."""
    assert squeezed(pdf_words(render_pdf(paper(Paragraph(text)))))[1:] == [text]


def test_bookmark_with_numbers() -> None:
    """A heading with numbers is whole in the bookmarks."""
    pdf = render_pdf(paper(Heading(1, "一、2024年〔2021〕30号1.5万元")))
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as bookmarks:
        assert [item.title for item in bookmarks.root] == ["一、2024年〔2021〕30号1.5万元"]


def test_title_is_centred_and_broken_well() -> None:
    """The title stands in the middle, 22 pt high, and breaks after the agency."""
    given = paper(Paragraph("正文。"), title="老城区工业和信息化和商务局2024年政府信息公开工作年度报告")
    pdf = render_pdf(replace(given, agency="老城区工业和信息化和商务局"))
    lines = body(pdf, 22)
    assert [line.text for line in lines] == ["老城区工业和信息化和商务局", "2024年政府信息公开工作年度报告"]
    for line in lines:
        assert (line.left + line.right) / 2 == pytest.approx(LEFT + 156 / 2, abs=0.5)


def test_headings() -> None:
    """一、 is set in 黑体 and （一） in 楷体, both in 3号 after two blanks; a long one goes on at the margin."""
    given = paper(Heading(1, "一、总体情况"), Heading(2, "（一）主动公开" + "情况" * 14), Paragraph("正文。"))
    pdf = render_pdf(given)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        used = {char["text"]: char["fontname"].partition("+")[2] for char in opened.pages[0].chars}
    assert used["总"] == "XLReportHei-Regular"
    assert used["主"] == "XLReportKai-Regular"
    first, second, third, last = body(pdf)
    assert first.left == second.left == last.left == pytest.approx(LEFT + 2 * CELL, abs=0.3)
    assert third.left == pytest.approx(LEFT, abs=0.3)


def test_page_numbers() -> None:
    """— 1 — stands outside: right on odd pages, left on even ones, one blank character from the edge, 4号."""
    lines = pdf_lines(render_pdf(paper(Paragraph("政务公开" * 500))))
    numbers: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.size == 14:
            numbers[line.page].append(line)
    assert len(numbers) > 3
    for page, (line,) in numbers.items():
        assert line.text == f"— {page} —"
        assert line.top > 297 - 35
        blank = 14 * 25.4 / 72
        edge = 210 - 26 - line.right if page % 2 else line.left - LEFT
        assert edge == pytest.approx(blank, abs=0.3)


def test_complete_without_system_fonts(outline: Outline) -> None:
    """With the bundled fonts alone every font is embedded, and every character is there as itself."""
    with pdfplumber.open(io.BytesIO(render_pdf(outline))) as opened:
        names = {char["fontname"] for page in opened.pages for char in page.chars}
        for page in opened.pages:
            resources: Any = page.page_obj.resources["Font"]
            for part in (part for font in resources.values() for part in font.resolve()["DescendantFonts"]):
                assert {"FontFile2", "FontFile3"} & set(part.resolve()["FontDescriptor"].resolve())
    assert all(name.partition("+")[2].startswith(("XLReport", "LiberationSerif")) for name in names)


def test_with_a_real_fangsong(monkeypatch: pytest.MonkeyPatch, outline: Outline) -> None:
    """Where the machine has a 仿宋 the body is set in it, and every character that it lacks in another."""
    if not FANDOL.is_file():
        pytest.skip("needs FandolFang (`make test` as root installs it)")
    monkeypatch.delenv("XLREPORT_FONTS")
    monkeypatch.setattr("xlreport.document.fonts.system_files", lambda: {FANDOL.name.lower(): FANDOL})
    fonts._find.cache_clear()
    found = find_fonts()
    fonts._find.cache_clear()
    assert found.faces["body"].family == "FandolFang R"
    pdf = render_pdf(outline, fonts=found)
    assert squeezed(pdf_words(pdf)) == squeezed(outline_words(outline))
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        used = {char["text"]: char["fontname"].partition("+")[2] for page in opened.pages for char in page.chars}
    assert used["甲"] == "FandolFang-Regular"
    assert used["镕"] != "FandolFang-Regular"


def test_missing_glyph() -> None:
    """A character that no font has stops the document and is named, wherever it stands."""
    grid = Grid("t", "", (1,), 1, 0, (Cell("\U00030000", 1, 1, 1, 1, "stub"),))
    for given in (paper(title="\U00030000"), paper(Heading(1, "\U00030000")), paper(grid)):
        with pytest.raises(InputError, match=r"U\+30000"):
            render_pdf(given)


def test_unknown_family_is_an_error() -> None:
    """A font that Typst does not know is never passed over in silence."""
    found = find_fonts()
    lost = replace(found.faces["body"], family="No Such Font")
    with pytest.raises(ProgramError):
        render_pdf(paper(Paragraph("正文")), fonts=replace(found, faces={**found.faces, "body": lost}))


def test_standards_and_metadata(outline: Outline) -> None:
    """The file says PDF/A-3a and PDF/UA-1, its title, its agency as author, and that it is Chinese."""
    pdf = render_pdf(outline)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        catalog = opened.doc.catalog
        metadata = catalog["Metadata"].resolve().get_data().decode()
        assert catalog["Lang"] == b"zh-CN"
        assert opened.metadata["Title"] == outline.title
        assert opened.metadata["Author"] == outline.agency
    for said in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert said in metadata


def test_same_bytes() -> None:
    """The same outline gives the same bytes in another process with other hashes; SOURCE_DATE_EPOCH sets its date."""
    code = (
        "import sys; from xlreport.document.outline import *; from xlreport.document.pdf import render_pdf\n"
        "o = Outline('某局2024年报告', '某局', 2024, (Heading(1, '一、总体情况'), Paragraph('正文12件。')))\n"
        "sys.stdout.buffer.write(render_pdf(o))"
    )

    def run(**more: str) -> bytes:
        environment = {**os.environ, **more}
        return subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True).stdout

    first = run(PYTHONHASHSEED="1", TZ="Asia/Shanghai")
    assert first.startswith(b"%PDF-")
    assert run(PYTHONHASHSEED="2", TZ="America/New_York") == first
    dated = run(SOURCE_DATE_EPOCH="1700000000")
    assert dated != first
    assert b"2023-11-14" in dated


def test_no_agency_yet() -> None:
    """A report whose agency and year are not filled in yet is typeset all the same."""
    pdf = render_pdf(Outline("年政府信息公开工作年度报告", "", None, (Heading(1, "一、总体情况"),)))
    assert pdf_words(pdf) == ["年政府信息公开工作年度报告", "一、总体情况"]
