"""The three writers say the same words and figures, read back from each file."""

from __future__ import annotations

import pytest

from tests.document.pdftexts import pdf_tables, pdf_words
from tests.document.texts import docx_tables, docx_words, html_tables, html_words, squeezed
from tests.samples import bureau, city
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.html import render_html
from xlreport.document.outline import Outline
from xlreport.document.pdf import render_pdf
from xlreport.report import Report


def same_three(outline: Outline) -> list[str]:
    """The words of all three, found equal."""
    docx, pdf, page = render_docx(outline), render_pdf(outline), render_html(outline)
    words = squeezed(docx_words(docx))
    assert squeezed(pdf_words(pdf)) == words
    assert squeezed(html_words(page)) == words
    assert pdf_tables(pdf) == docx_tables(docx) == html_tables(page)
    return words


@pytest.mark.parametrize("report", [bureau, city])
def test_what_we_drafted(report):
    """The demo's reports read the same in DOCX, PDF and HTML, and every sentence of the draft is there."""
    made: Report = report()
    words = "".join(same_three(compose(made)))
    for text in made.draft.values():
        for paragraph in text.split("\n"):
            assert "".join(squeezed([paragraph])) in words


def test_what_was_published(district, district_words):
    """A published report as final text: each paragraph and cell comes out, in order, in all three."""
    assert same_three(district) == district_words
