"""Layouts as data."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.document.pdftexts import pdf_lines, pdf_words
from tests.document.texts import docx_words, html_words, squeezed
from tests.samples import bureau
from xlreport import job
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.outline import Outline, Paragraph
from xlreport.document.pdf import render_pdf
from xlreport.document.profile import HOME, POINT, PROFILES, load_profile
from xlreport.errors import DataError
from xlreport.messages import LANGUAGES

OFFICIAL = (HOME / "official.toml").read_text(encoding="utf-8")
TEXT = Outline("某局2024年报告", "某局", 2024, (Paragraph("政务公开年度报告" * 600),))


@pytest.fixture(autouse=True)
def bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")


def test_official() -> None:
    """The default is GB/T 9704: 22 lines of 28 characters in 156 x 225 mm, 2号, 3号 and 4号."""
    profile = load_profile("official")
    assert (profile.lines, profile.characters, profile.sizes) == (22, 28, (22, 16, 14))
    assert profile.width * POINT == pytest.approx(156)
    assert profile.height * POINT == pytest.approx(225)


@pytest.mark.parametrize("name", PROFILES)
def test_lines_and_characters(name: str) -> None:
    """A full page has as many lines, and a line as many characters, as the profile says, in the PDF."""
    profile = load_profile(name)
    lines = [line for line in pdf_lines(render_pdf(TEXT, profile)) if line.page == 2]
    body = [line for line in lines if abs(line.size - profile.sizes[1]) < 0.1 and "—" not in line.text]
    assert len(body) == profile.lines
    assert {len(line.text) for line in body} == {profile.characters}
    assert body[0].left == pytest.approx(profile.margins.left, abs=0.3)


@pytest.mark.office
@pytest.mark.parametrize("name", PROFILES)
def test_in_word(name: str, word_pdf) -> None:
    """So it has in Word."""
    profile = load_profile(name)
    lines = [line for line in pdf_lines(word_pdf(TEXT, profile)) if line.page == 2]
    body = [line for line in lines if "—" not in line.text]
    assert len(body) == profile.lines
    assert {len(line.text) for line in body} == {profile.characters}


@pytest.mark.parametrize("name", PROFILES)
def test_whole_report(name: str) -> None:
    """A report says the same words in every layout."""
    outline, profile = compose(bureau()), load_profile(name)
    assert squeezed(pdf_words(render_pdf(outline, profile))) == squeezed(docx_words(render_docx(outline, profile)))


def test_own(tmp_path: Path) -> None:
    """An office's own file sets layout and title; page numbers can be left out."""
    path = tmp_path / "本局.toml"
    text = OFFICIAL.replace('title = ""', 'title = "{year}年度{agency}政府信息公开工作年度报告"')
    path.write_text(text.replace('"outside"', '"none"').replace("lines = 22", "lines = 20"), encoding="utf-8")
    pdf = job.render(bureau(), "pdf", dress=job.Dress(str(path)))
    title = "2024年度老城区工业和信息化和商务局政府信息公开工作年度报告"
    assert pdf_words(pdf)[0] == title
    assert not [line for line in pdf_lines(pdf) if "—" in line.text]
    assert docx_words(job.render(bureau(), "docx", dress=job.Dress(str(path))))[0] == title
    assert html_words(job.render(bureau(), "html", dress=job.Dress(str(path))).decode())[0] == title


def test_only_what_differs(tmp_path: Path) -> None:
    """A file says only what it wants otherwise than its base, by default the official layout."""
    path = tmp_path / "本局.toml"
    path.write_text('[page]\ntable3 = "landscape"\n', encoding="utf-8")
    assert load_profile(path) == replace(load_profile("official"), table3="landscape")
    path.write_text('base = "plain"\ntitle = "year-first"\n[sizes]\ntitle = 20\n', encoding="utf-8-sig")
    plain = load_profile("plain")
    assert load_profile(path) == replace(plain, title="year-first", sizes=(20, *plain.sizes[1:]))
    path.write_text("", encoding="utf-8")
    assert load_profile(path) == load_profile("official")


@pytest.mark.parametrize(
    "pattern", ["{agency.__class__}", "{0}", "{", "}", "{office}", "{{7*7}}", "{{year}}", "{ year }"]
)
def test_no_other_place(tmp_path: Path, pattern: str) -> None:
    """A title has places for agency and year; anything else in braces is told, never printed."""
    path = tmp_path / "a.toml"
    path.write_text(f'title = "{{agency}}{pattern}报告"', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_profile(path)
    for language in LANGUAGES:
        assert f"{{agency}}{pattern}报告" in caught.value.tell(language)
        assert "{year}" in caught.value.tell(language)


def test_title_is_no_program(tmp_path: Path) -> None:
    """Signs of other template languages are printed as they stand; a title needs no place at all."""
    path = tmp_path / "a.toml"
    path.write_text('title = "%s$(agency)报告"', encoding="utf-8")
    assert compose(bureau(), title=load_profile(path).title).title == "%s$(agency)报告"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[page]", 'base = "offical"\n[page]', "base"),
        ('title = ""', 'title = "goverment"', "government"),
        ('"portrait"', '"sideways"', "page.table3"),
        ("lines = 22", "lines = 22\nrows = 1", "page.rows"),
        ("lines = 22", "lines = 2", "page.lines"),
        ("lines = 22", "lines = 22.5", "page.lines"),
        ("lines = 22", "lines = true", "page.lines"),
        ("lines = 22", "lines = 59", "59"),
        ("characters = 28", "characters = 40", "40"),
        ("[37, 26, 35, 28]", "[37, 26, 35]", "page.margins"),
        ("[37, 26, 35, 28]", "[37, 26, 35, 900]", "page.margins"),
        ('"outside"', '"left"', "page.number"),
        ("body = 16", "body = nan", "sizes.body"),
        ('body = "body"', 'body = "Comic Sans"', "faces.body"),
        ('title = ""', "title = 3", "title"),
        ("[page]", "[page", "TOML"),
        ("[page]", "[pages]", "page"),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, named: str) -> None:
    """What is wrong in a file is said by its name, in both languages."""
    path = tmp_path / "我的.toml"
    path.write_text(OFFICIAL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_profile(path)
    for language in LANGUAGES:
        assert named in caught.value.tell(language)
        assert "我的.toml" in caught.value.tell(language)


def test_whole_number(tmp_path: Path) -> None:
    """Half a line within the bounds is told to be no whole number."""
    path = tmp_path / "a.toml"
    path.write_text("[page]\nlines = 22.5", encoding="utf-8")
    with pytest.raises(DataError, match=r"“page\.lines”要是 10 到 60 之间的整数"):
        load_profile(path)


def test_no_table(tmp_path: Path) -> None:
    """A table of the file that is a value is told by its name."""
    path = tmp_path / "a.toml"
    path.write_text("page = 3", encoding="utf-8")
    with pytest.raises(DataError, match=r"\[page\]"):
        load_profile(path)


def test_no_such_file(tmp_path: Path) -> None:
    """A name that is neither a layout nor a file, and a file that is no text, are told."""
    with pytest.raises(DataError, match="official"):
        load_profile("offical")
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError):
        load_profile(tmp_path / "a.toml")


def test_every_key_is_explained() -> None:
    """The default, which users copy, explains its numbers and choices."""
    assert len(re.findall("#", OFFICIAL)) >= 8
