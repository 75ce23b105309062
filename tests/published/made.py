"""Documents of ours as strangers hand them back: without what they carried, or edited by hand."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from xlreport import job
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.html import render_html
from xlreport.document.pdf import render_pdf
from xlreport.finding import Reading
from xlreport.published.page import Page
from xlreport.published.read import open_page, read_page, read_published
from xlreport.published.sheets import page_of
from xlreport.published.shown import Shown, show
from xlreport.report import Report
from xlreport.workbook.foreign import shown_cells

KINDS = ("html", "docx", "pdf")


def document(report: Report, kind: str) -> bytes:
    """As we export it."""
    return job.render(report, kind)


def stripped(report: Report, kind: str) -> bytes:
    """The same without what it carries."""
    outline = compose(report)
    if kind == "docx":
        return render_docx(outline)
    return render_pdf(outline) if kind == "pdf" else render_html(outline).encode()


def read(content: bytes, kind: str, *, lenient: bool = False) -> Reading:
    if kind == "xlsx":
        return read_page(page_of(shown_cells(content)), job.printed, lenient=lenient)
    return read_published(content, f".{kind}", job.printed, lenient=lenient)


def shown(content: bytes, kind: str) -> Shown:
    return show(page(content, kind))


def page(content: bytes, kind: str) -> Page:
    return open_page(content, f".{kind}")


def rezipped(content: bytes, part: str, old: str, new: str) -> bytes:
    """A Word file with `old` in one of its parts changed to `new`, once."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                text = data.decode()
                assert old in text
                data = text.replace(old, new, 1).encode()
            after.writestr(name, data)
    return changed.getvalue()


def printed(report: Report) -> Report:
    """What of a report a document shows: no facts, no draft beside the text, no year before."""
    return replace(report, text=report.words, draft={}, facts={}, kind=None, contact=None, last_year=None)


def words(report: Report) -> list[str]:
    """The paragraphs that a document of the report prints, without white space."""
    return [re.sub(r"\s", "", line) for line in job.printed(report).lines]
