"""发文字号, 附件说明, 署名 and 成文日期."""

from __future__ import annotations

import pytest

from tests.document.pdftexts import pdf_lines, pdf_words
from tests.document.texts import docx_words, html_words, squeezed
from tests.samples import bureau, write_workbook
from xlreport.cli import main
from xlreport.document.asides import Extras, below, official_date
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.html import render_html
from xlreport.document.outline import Aside, Outline, Paragraph
from xlreport.document.pdf import render_pdf
from xlreport.errors import InputError

CELL = 156 / 28
EXTRAS = Extras("某政办〔2025〕3号", "2025年1月15日", ("主动公开目录", "依申请公开统计表"))


@pytest.fixture(params=["pdf", pytest.param("docx", marks=pytest.mark.office)])
def lines(request, monkeypatch):
    """The lines on paper of an outline, by their text."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")

    def printed(outline: Outline):
        pdf = render_pdf(outline) if request.param == "pdf" else request.getfixturevalue("word_pdf")(outline)
        return {line.text.replace(" ", ""): line for line in pdf_lines(pdf)}

    return printed


DATE = "二〇二五年一月"  # without digits, round which LibreOffice leaves gaps


def signed(agency: str, date: str = DATE, *attachments: str) -> Outline:
    return Outline("题", agency, 2024, (Paragraph("正文。"), *below(Extras("", date, attachments), agency)))


def test_in_all_three():
    """The number stands below the title, attachments, signature and date at the end, in every format."""
    outline = compose(bureau(), extras=EXTRAS)
    for words in (
        docx_words(render_docx(outline)),
        pdf_words(render_pdf(outline)),
        html_words(render_html(outline)),
    ):
        plain = squeezed(words)
        assert plain[1] == "某政办〔2025〕3号"
        assert plain[-4:] == ["附件：1.主动公开目录", "2.依申请公开统计表", outline.agency, "2025年1月15日"]


def test_nothing_unless_asked():
    """Without options the report has neither number nor signature."""
    assert not [block for block in compose(bureau()).blocks if isinstance(block, Aside)]


def test_date_begins_two_characters_right(lines):
    """The signature is two characters from the edge, the date begins two characters right of it, a blank line above."""
    found = lines(signed("老城区工业和信息化和商务局"))
    name, date = found["老城区工业和信息化和商务局"], found[DATE]
    assert name.right == pytest.approx(184 - 2 * CELL, abs=1)
    assert date.left - name.left == pytest.approx(2 * CELL, abs=1.2)
    assert date.top - name.top == pytest.approx(225 / 22, abs=0.5)
    assert name.top - found["正文。"].top == pytest.approx(2 * 225 / 22, abs=0.5)


def test_short_signature(lines):
    """A date longer than the signature ends two characters from the edge, and the signature moves."""
    found = lines(signed("某局"))
    assert found[DATE].right == pytest.approx(184 - 2 * CELL, abs=1)
    assert found[DATE].left - found["某局"].left == pytest.approx(2 * CELL, abs=1.2)


def test_attachments(lines):
    """附件：begins two characters in, a blank line below the text; further names stand below the first."""
    found = lines(signed("某局", "", "甲目录", "乙统计表"))
    first, second = found["附件：1.甲目录"], found["2.乙统计表"]
    assert first.left == pytest.approx(28 + 2 * CELL, abs=0.5)
    assert second.left == pytest.approx(28 + 5 * CELL, abs=0.5)
    assert first.top - found["正文。"].top == pytest.approx(2 * 225 / 22, abs=0.5)
    assert lines(signed("某局", "", "唯一的附件"))["附件：唯一的附件"]


def test_no_page_with_a_signature_alone(lines):
    """Wherever the text ends, a part of it stands on the page of the signature."""
    for count in (20, 21, 22):
        text = Paragraph("公" * (28 * count - 4 * 28 - 2))
        found = lines(Outline("题", "某局", 2024, (text, Paragraph("结束语。"), *below(Extras("", DATE), "某局"))))
        assert found["结束语。"].page == found["某局"].page == found[DATE].page


@pytest.mark.parametrize(
    "text",
    ["2026年1月15日", "2026年01月15日", "2026-01-15", "2026-1-15", "2026 年 1 月 15 日", "２０２６年１月１５日"],
)
def test_official_date(text: str):
    """A date is printed with Arabic digits, the year in full, without leading zeros (GB/T 9704, 7.3.5.4)."""
    assert official_date(text) == "2026年1月15日"


@pytest.mark.parametrize("text", ["昨天", "2024年2月30日", "26年1月15日", "2026年1月", "2026-13-1", "2026年1-15", ""])
def test_no_date(text: str):
    """What is no day of the calendar is refused, with its own words."""
    with pytest.raises(InputError, match=f"“{text}”"):
        official_date(text)


def test_date_of_the_command(tmp_path, capsys):
    """`--date` refuses what is no date in one line, and prints a date in the official form."""
    source, target = write_workbook(bureau(), tmp_path / "a.xlsx"), tmp_path / "a.docx"
    export = ["export", str(source), "--to", "docx", "--output", str(target), "--allow-errors", "--date"]
    assert main([*export, "2024年2月30日"]) == 2
    assert not target.exists()
    assert capsys.readouterr().err.count("\n") == 1
    assert main([*export, "2026-01-15"]) == 0
    assert "2026年1月15日" in docx_words(target.read_bytes())
