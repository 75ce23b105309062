"""GB/T 9704-2012, measured on paper: our PDF, and our DOCX as LibreOffice lays it out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from tests.document.conftest import a_report
from tests.document.pagenumbers import page_numbers
from tests.document.pdftexts import POINT, Line, pdf_lines
from xlreport.document.compose import compose
from xlreport.document.outline import Block, Grid, Heading, Outline, Paragraph
from xlreport.document.pdf import render_pdf
from xlreport.document.profile import load_profile

PITCH, CELL = 225 / 22, 156 / 28  # millimetres
TOP, BOTTOM, LEFT, RIGHT = 37, 297 - 35, 28, 210 - 26
HAN = 16 * POINT
LANDSCAPE = replace(load_profile("official"), table3="landscape")

Paper = Callable[..., bytes]


@pytest.fixture(params=["pdf", pytest.param("docx", marks=pytest.mark.office)])
def paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """What comes out of the printer: of our PDF, and of our DOCX."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    return render_pdf if request.param == "pdf" else request.getfixturevalue("word_pdf")


def document(*blocks: Block, agency: str = "某局") -> Outline:
    return Outline(f"{agency}2024年政府信息公开工作年度报告", agency, 2024, blocks)


def body(pdf: bytes) -> list[Line]:
    """The lines in 3号."""
    return [line for line in pdf_lines(pdf) if abs(line.size - 16) < 0.2]


def test_grid(paper: Paper) -> None:
    """A full page has 22 lines of 28 characters, each line in its 22nd of the height, at its place within 0.3 mm."""
    lines = [line for line in body(paper(document(Paragraph("政务公开年度报告" * 400)))) if line.page == 2]
    assert len(lines) == 22
    offset = lines[0].top - TOP
    assert -0.1 < offset < PITCH - HAN
    for number, line in enumerate(lines):
        assert line.top == pytest.approx(TOP + offset + number * PITCH, abs=0.3)
        assert len(line.starts) == 28
        for place, start in enumerate(line.starts):
            assert start == pytest.approx(LEFT + place * CELL, abs=0.3)


def test_title(paper: Paper) -> None:
    """The title is in 2号小标宋, centred, broken after the agency, and one line of body text stays free below it."""
    pdf = paper(document(Paragraph("正文。"), agency="老城区工业和信息化和商务局"))
    lines = [line for line in pdf_lines(pdf) if abs(line.size - 22) < 0.2]
    assert [line.text.replace(" ", "") for line in lines] == [
        "老城区工业和信息化和商务局",
        "2024年政府信息公开工作年度报告",
    ]
    for line in lines:
        assert (line.left + line.right) / 2 == pytest.approx(LEFT + 156 / 2, abs=0.5)
    (text,) = body(pdf)
    assert (text.top + HAN / 2) - (lines[1].top + 11 * POINT) == pytest.approx(2 * PITCH, abs=2)
    assert "TITLE" in fonts(pdf)["老"].upper() or "SerifCJK".upper() in fonts(pdf)["老"].upper()


def fonts(pdf: bytes) -> dict[str, str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return {char["text"]: char["fontname"].partition("+")[2] for page in opened.pages for char in page.chars}


def test_heading_faces(paper: Paper) -> None:
    """一、 is in 黑体, （一） in 楷体, 1. and （1） in the face of the body, all in 3号 and two characters in."""
    blocks = (Heading(1, "一、总体"), Heading(2, "（一）主动"), Paragraph("1.平台。"), Paragraph("（1）网站。"))
    pdf = paper(document(*blocks))
    used = fonts(pdf)
    title, first, second, plain, deep = used["局"], used["总"], used["主"], used["平"], used["网"]
    assert plain == deep
    assert len({title, first, second, plain}) == 4
    assert "Kai" in second
    assert "Hei" in first or "Sans" in first
    lines = body(pdf)
    assert len(lines) == 4
    for line in lines:
        blank = CELL / 2 if line.text[0] == "（" else 0  # its bracket may give up its blank half
        assert LEFT + 2 * CELL - blank - 0.3 < line.left < LEFT + 2 * CELL + CELL / 2 + 0.3


def test_line_breaking(paper: Paper) -> None:
    """No line begins with a closing mark or ends with an opening one.

    In our PDF nothing hangs out of the text, and —— and …… stay whole; LibreOffice 7.4 cares for neither.
    """
    said = ["，", "。", "、", "；", "：", "？", "！", "）。", "》，", "”。", "’，", "《条例》", "（草案）", "“好”"]
    said += ["……", "——"] if paper is render_pdf else []
    pdf = paper(document(*(Paragraph("公" * n + mark + "开" * 30) for n in range(23, 28) for mark in said)))
    lines = body(pdf)
    assert len(lines) > 150
    for above, below in pairwise(lines):
        assert not re.match("[，。、；：？！）》”’…]", below.text.strip()), (above.text, below.text)
        assert not re.search("[（《“‘]$", above.text.strip()), (above.text, below.text)
        assert not (above.text.endswith("—") and below.text.startswith("—"))
    if paper is render_pdf:
        assert all(line.starts[-1] + CELL / 2 < RIGHT + 0.3 for line in lines)  # a mark needs half of its square


def test_no_heading_at_the_foot(paper: Paper) -> None:
    """A heading is never the last line of a page, wherever it falls."""
    blocks: list[Block] = []
    for number in range(40):
        blocks += [
            Heading(1, f"一、标题{number}"),
            Heading(2, "（一）标题"),
            Paragraph("公" * (28 * (number % 5) + 30)),
        ]
    last = {line.page: line.text for line in body(paper(document(*blocks)))}
    assert len(last) > 5
    assert not [text for text in last.values() if "标题" in text]


def test_page_numbers(paper: Paper, tmp_path: Path) -> None:
    """— 1 — in 4号, its dashes 7 mm below the text, one character from the edge: right on odd pages, left on even."""
    pdf = paper(document(Paragraph("政务公开" * 500)))
    for page, (below, edge) in enumerate(page_numbers(pdf, tmp_path), 1):
        assert below == pytest.approx(7, abs=0.3)
        assert edge[page % 2] == pytest.approx(14 * POINT, abs=0.4)  # a dash does not fill its own square
    numbers = [line for line in pdf_lines(pdf) if abs(line.size - 14) < 0.2]
    assert [line.text for line in numbers] == [f"— {page + 1} —" for page in range(len(numbers))]


@pytest.mark.parametrize("before", [0, 1])
def test_turned_table_3(paper: Paper, tmp_path: Path, before: int) -> None:
    """A turned table 3 fills one landscape page within the text area, its page number where upright pages have it."""
    first = compose(a_report(text={"note.t3": "注：以上均为本级数据。"}))
    text = Paragraph("政务公开" * 154 * before)
    blocks = (text, *(block for block in first.blocks if not isinstance(block, Grid) or block.id == "t3"))
    pdf = paper(document(*blocks), LANDSCAPE)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        (at,) = [at for at, page in enumerate(opened.pages) if page.width > page.height]
        page = opened.pages[at]
        words = page.extract_text()
        assert words.index("收到和处理") < words.index("本年新收") < words.index("结转下年度") < words.index("以上均为")
        left, top, right, bottom = (edge * POINT for edge in next(table.bbox for table in page.find_tables()))
        assert left == pytest.approx(35, abs=0.5)
        assert right == pytest.approx(297 - 37, abs=0.5)
        assert LEFT + PITCH - 0.3 < top < bottom < 210 - 26 + 0.3
        assert max(char["bottom"] for char in page.chars if abs(char["matrix"][0]) > 0.1) * POINT < 210 - 26 + 0.3
        assert opened.pages[at + 1].height > opened.pages[at + 1].width
    for number, (below, edge) in enumerate(page_numbers(pdf, tmp_path), 1):
        assert below == pytest.approx(7, abs=0.3)
        assert edge[number % 2] == pytest.approx(14 * POINT, abs=0.4)


def test_table_3_on_one_page(paper: Paper) -> None:
    """Table 3 stands whole on one page, below its heading and with its note, within the text area."""
    with pdfplumber.open(io.BytesIO(paper(compose(a_report(text={"note.t3": "注：以上均为本级数据。"}))))) as opened:
        (page,) = [page for page in opened.pages if "本年新收政府信息公开申请数量" in page.extract_text()]
        words = page.extract_text()
        assert words.index("收到和处理") < words.index("本年新收") < words.index("结转下年度") < words.index("以上均为")
        left, top, right, bottom = next(table.bbox for table in page.find_tables())
        assert LEFT - 0.5 < left * POINT < right * POINT < RIGHT + 0.5
        assert TOP < top * POINT < bottom * POINT < BOTTOM


def test_digits_align(paper: Paper) -> None:
    """The figures of a column end one below the other, the longest in the middle."""
    figures = dict.fromkeys(a_report().statute.figures, 7) | {"t3.received.natural_person": 3440}
    with pdfplumber.open(io.BytesIO(paper(compose(a_report(figures=figures))))) as opened:
        (page,) = [page for page in opened.pages if "本年新收政府信息公开申请数量" in page.extract_text()]
        table = next(iter(page.find_tables()))
        long = page.search("3440")[0]
        cell = next(c for c in table.cells if c[0] < long["x0"] < c[2] and c[1] < long["top"] < c[3])
        column = [char for char in page.chars if char["text"] == "7" and cell[0] < char["x0"] < cell[2]]
    assert (long["x0"] + long["x1"]) / 2 == pytest.approx((cell[0] + cell[2]) / 2, abs=0.6)
    assert len(column) > 20
    assert all(char["x1"] == pytest.approx(long["x1"], abs=0.3) for char in column if char["top"] > cell[3])


def test_no_half_empty_page(paper: Paper) -> None:
    """Wherever on a page table 2 falls, less than half of the page stays empty."""
    (grid,) = [block for block in compose(a_report()).blocks if isinstance(block, Grid) and block.id == "t2"]
    texts = (Paragraph("公" * (28 * lines)) for lines in range(3, 23, 2))
    blocks = [block for text in texts for block in (text, Heading(1, "二、主动公开政府信息情况"), grid)]
    with pdfplumber.open(io.BytesIO(paper(document(*blocks)))) as opened:
        ends = [max(c["bottom"] for c in page.chars if c["bottom"] * POINT < BOTTOM + 2) for page in opened.pages]
    assert len(ends) > 5
    assert all(end * POINT > (TOP + BOTTOM) / 2 for end in ends[:-1])


@pytest.mark.office
def test_groups_break_between_words(word_pdf: Paper) -> None:
    """In Word too, the label beside several rows breaks after its number and between words."""
    with pdfplumber.open(io.BytesIO(word_pdf(compose(a_report())))) as opened:
        (page,) = [page for page in opened.pages if "本年新收政府信息公开申请数量" in page.extract_text()]
        cells = [
            cell.replace("(", "（").replace(")", "）") for row in page.extract_table() or () for cell in row if cell
        ]
    for label in ("（三）\n不予\n公开", "（四）\n无法\n提供", "（六）\n其他\n处理", "三、\n本年度\n办理\n结果"):
        assert label in cells
