"""The three writers say the same words and figures, read back from each file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.document.pdftexts import pdf_tables, pdf_words
from tests.document.test_letterhead import letterhead
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


EVERYWHERE = """
import hashlib, sys
from pathlib import Path
from tests.samples import city
from xlreport import job

dress = job.Dress(number="宿政发〔2025〕1号", date="2025年1月20日", attachments=("甲", "乙"))
files = [job.render(city(), kind) for kind in job.KINDS]
files += [job.render(city(), kind, dress=dress, summary=kind != "docx") for kind in ("docx", "pdf", "html")]
files += [job.render(city(), "html", embed=True)]
files += [job.render(city(), "docx", dress=dress._replace(letterhead=Path(sys.argv[1])))]
print(*(hashlib.sha256(file).hexdigest() for file in files))
"""


def test_same_bytes_everywhere(tmp_path: Path):
    """The same report gives the same files under another time zone, locale, hash seed and folder.

    So it does with number, attachments and signature, with the picture of the year, and in a letterhead.
    """
    letter = tmp_path / "信头.docx"
    lines = ("{{ number }}", "{{ title }}", "{{ report }}", "{{ attachments }}", "{{ date }}")
    letter.write_bytes(letterhead(*lines, header="{{ agency }}"))

    def digests(folder: str, **more: str) -> list[str]:
        (tmp_path / folder).mkdir()
        environment = {**os.environ, "XLREPORT_FONTS": "bundled", "PYTHONPATH": os.pathsep.join(sys.path), **more}
        command = [sys.executable, "-S", "-c", EVERYWHERE, str(letter)]  # -S: a checkout may have any name
        done = subprocess.run(command, env=environment, check=True, capture_output=True, cwd=tmp_path / folder)
        return done.stdout.decode("ascii").split()

    first = digests("a", TZ="Asia/Shanghai", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    assert len(set(first)) == 9
    assert digests("乙", TZ="America/New_York", LC_ALL="tr_TR.UTF-8", LANG="zh_CN.GBK", PYTHONHASHSEED="2") == first
