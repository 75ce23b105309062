"""What our documents carry comes back whole, and is believed only where the document shows the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from lxml import html

from tests.document.conftest import NASTY, a_report
from tests.published.made import KINDS, document, page, read, rezipped
from tests.samples import bureau, city
from tests.workbook.reports import reports
from xlreport.data import dump_report
from xlreport.form import FORMS
from xlreport.published.read import opened


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("report", [city, bureau])
def test_ours(report: Any, kind: str) -> None:
    """A document of ours gives back exactly the report that it was made from, and nothing is to be said of it."""
    reading = read(document(report(), kind), kind)
    assert dump_report(reading.report) == dump_report(report())
    assert not reading.findings


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_nasty(kind: str, form: str) -> None:
    """Text that a careless writer would break on is carried as it is: markup, quotes, rare characters."""
    report = a_report(form)
    reading = read(document(report, kind), kind)
    assert reading.report.text == report.text
    assert dump_report(reading.report) == dump_report(report)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["html", "docx"])
def test_any_report(kind: str, form: str) -> None:
    """Whatever a report holds is carried by a page and by a Word file and comes back the same."""

    @settings(max_examples=25)
    @given(reports(form))
    def check(report: Any) -> None:
        assume(report.last_year is None or report.year is None or report.year > 2008)  # no report was due for 2007
        found = opened(page(document(report, kind), kind))
        assert found is not None
        assert dump_report(found.report) == dump_report(report)
        assert dump_report(read(document(report, kind), kind).report) == dump_report(report)

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_same_bytes(kind: str) -> None:
    """The same report gives the same bytes, with what it carries."""
    assert document(city(), kind) == document(city(), kind)


def test_the_block_of_a_page() -> None:
    """A page carries its report in one block of JSON that no browser runs and that nothing in the text can end."""
    written = document(a_report(), "html").decode()
    assert "<script>alert" not in written.replace("&lt;script&gt;", "")
    (block,) = html.document_fromstring(written).iter("script")
    assert block.get("type") == "application/json"
    inside = json.loads(str(block.text))
    assert (inside["schema"], inside["form"]) == ("xlreport/document/1", "2021")
    assert NASTY in inside["report"]["text"]["problems"]


def test_not_believed() -> None:
    """A figure changed in Word counts as it is shown, not as it is carried, and a warning says so."""
    figures = {**city().figures, "t2.normative_documents.issued": 987654}
    report = replace(city(), figures=figures)
    edited = rezipped(document(report, "docx"), "word/document.xml", ">987654<", ">987655<")
    reading = read(edited, "docx")
    assert reading.report.figures == figures | {"t2.normative_documents.issued": 987655}
    assert [finding.code for finding in reading.findings] == ["PUB-DATA"]


def test_damaged() -> None:
    """Data that were changed inside the file are not believed either."""
    report = replace(city(), figures={**city().figures, "t2.normative_documents.issued": 987654})
    carried = '"t2.normative_documents.issued":987654'
    edited = rezipped(document(report, "docx"), "customXml/item1.xml", carried, carried.replace("54", "55"))
    reading = read(edited, "docx")
    assert reading.report.figures == report.figures
    assert [(finding.code, finding.key) for finding in reading.findings] == [("PUB-DATA", "published.data.damaged")]
