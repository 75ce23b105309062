"""What our documents show is read back, without what they carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.document.conftest import a_report
from tests.published.made import KINDS, document, page, printed, read, rezipped, shown, stripped, words
from tests.samples import bureau, city, write_workbook
from tests.workbook.reports import reports
from xlreport import job
from xlreport.data import dump_report
from xlreport.form import FORMS
from xlreport.report import Report


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("report", [city, bureau])
def test_ours(report: Callable[[], Report], kind: str) -> None:
    """Form, agency, year, every figure and all text come from what is visible."""
    content = stripped(report(), kind)
    assert page(content, kind).carried is None
    reading = read(content, kind)
    assert reading.report == printed(report())
    assert not reading.findings


@pytest.mark.parametrize("kind", KINDS)
def test_turned(kind: str, tmp_path: Path) -> None:
    """So they do where table 3 is turned, and the page number beside it is no text."""
    (tmp_path / f"a.{kind}").write_bytes(job.render(city(), kind, dress=job.Dress(table3="landscape"), data=False))
    assert read((tmp_path / f"a.{kind}").read_bytes(), kind).report == printed(city())
    assert not job.verify(tmp_path / f"a.{kind}", write_workbook(city(), tmp_path / "b.xlsx")).findings


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wording", ["year-first", "annual", "{agency}{year}年度的政府信息公开工作情况年度报告"])
def test_wordings(kind: str, wording: str, tmp_path: Path) -> None:
    """Agency and year are read from a title however it is worded."""
    (tmp_path / "a.toml").write_text(f'title = "{wording}"', encoding="utf-8")
    content = job.render(city(), kind, dress=job.Dress(str(tmp_path / "a.toml")), data=False)
    found = shown(content, kind).report
    assert (found.agency, found.year, words(found)) == ("宿迁市", 2024, words(printed(city())))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_nasty(kind: str, form: str) -> None:
    """So do a different number in every cell, and text that is hard to write."""
    report = a_report(form)
    found = shown(stripped(report, kind), kind).report
    assert found.figures == report.figures
    assert (found.form, found.agency, found.year) == (form, report.agency, 2024)
    assert words(found) == words(report)
    assert set(found.text) == set(report.text) - {"overview.more"}  # without a heading it ends what is before it


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["html", "docx"])
def test_any_report(kind: str, form: str) -> None:
    """Whatever a report holds, blanks and empty sections too, is read from what is visible; none of it is wrong."""

    @settings(max_examples=30)
    @given(reports(form))
    def check(report: Any) -> None:
        found = shown(stripped(report, kind), kind).report
        assert found.figures == report.figures
        assert words(found) == words(report)

    check()


@pytest.mark.parametrize("form", FORMS)
def test_any_paper(form: str) -> None:
    """So it is on paper, for whatever text our fonts can print: figures and words come from where they stand."""

    @settings(max_examples=20)
    @given(reports(form).map(printable))
    def check(report: Report) -> None:
        found = shown(stripped(report, "pdf"), "pdf").report
        assert found.figures == report.figures
        assert "".join(words(found)) == "".join(words(report))

    check()


def printable(report: Report) -> Report:
    """With characters in place of those that a font might lack."""
    text = {key: tame(words) for key, words in report.text.items()}
    return replace(report, agency=tame(report.agency), text=text, draft={})


def tame(text: str) -> str:
    return "".join(
        c if " " <= c <= "~" or c == "\n" or (c > "\u3000" and c.encode("gb2312", "ignore")) else "国" for c in text
    )


@pytest.mark.office
@pytest.mark.parametrize("report", [city, bureau])
@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("pdf",), ("html",)])
def test_through_libreoffice(soffice: Any, tmp_path: Path, report: Callable[[], Report], way: tuple[str, ...]) -> None:
    """A Word file of ours that LibreOffice has saved anew, or as something else, shows the same report."""
    source = tmp_path / "a.docx"
    source.write_bytes(stripped(report(), "docx"))
    for step, format_ in enumerate(way):
        source = soffice(source, format_, tmp_path / str(step))
    found = shown(source.read_bytes(), way[-1]).report
    assert found.figures == report().figures
    told = words(found)
    assert told[: len(words(report()))] == words(report())
    rest = told[len(words(report())) :]
    assert all(line == "—" or line.isdecimal() for line in rest)  # a page number at the end of a web page


def test_hidden_words() -> None:
    """What nobody sees is not read: hidden runs and deleted text of Word, hidden elements and scripts of a page."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
    before = '</w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">75</w:t>'
    content = rezipped(
        stripped(city(), "docx"), "word/document.xml", before, before.replace("</w:pPr>", "</w:pPr>" + hidden)
    )
    assert shown(content, "docx").report.figures == city().figures
    noise = '<p hidden>一、总体情况</p><p style="display: none">二</p><script>三</script><!-- 四 -->'
    noisy = stripped(city(), "html").decode().replace("<h2>", noise + "<h2>")
    assert shown(noisy.encode(), "html").report == shown(stripped(city(), "html"), "html").report


def test_other_blocks_of_json() -> None:
    """A page's own JSON, which sites have, is not taken for ours."""
    noise = '<script type="application/json">{"menu": []}</script><main>'
    content = document(city(), "html").decode().replace("<main>", noise).encode()
    reading = read(content, "html")
    assert reading.findings == ()
    assert dump_report(reading.report) == dump_report(city())
