"""What our documents show is read back, without what they carry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.document.conftest import a_report
from tests.published.made import KINDS, page, printed, read, shown, stripped, words
from tests.samples import bureau, city
from tests.workbook.reports import reports
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
