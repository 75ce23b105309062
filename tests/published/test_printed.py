"""Reports printed to PDF by a browser and by LibreOffice: no figure is wrong, and nearly all are there."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.published.made import read, stripped, words
from tests.published.sketch import Sketch, cells, sketch
from tests.published.written import docx, page
from tests.samples import bureau, city
from xlreport.report import Report

GRID = "table{border-collapse:collapse}td{border:1px solid #000}"
NARROW = "table{table-layout:fixed;width:100%}td{font-size:14pt;padding:0}"
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""

Browse = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Browse:
    """A web page as a real Chromium prints it."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs Chromium (`make test` as root installs it)")
    folder = tmp_path_factory.mktemp("browser")

    def printed(content: bytes) -> bytes:
        source, target = folder / "页.html", folder / "页.pdf"
        source.write_bytes(content)
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()

    return printed


def styled(source: Sketch, style: str) -> bytes:
    """A plain page with its cells ruled."""
    return page(source, lambda text: text.replace("\n", "")).replace(
        b"<body>", f"<style>{style}</style><body>".encode()
    )


def large(source: Sketch) -> Sketch:
    """The same with numbers too long for a narrow cell."""
    return cells(
        lambda box: f"{box.text}12067" if len(box.text) > 1 and box.text.isdecimal() else box.text,
        lambda box: int(f"{box.text}12067"),
    )(source)


def wrong(content: bytes, source: Sketch) -> tuple[dict[str, object], float]:
    """Figures that are read as others, and the share of those that are read."""
    found = read(content, "pdf", lenient=True).report.figures
    return {cell: n for cell, n in found.items() if source.due.get(cell) != n}, len(found) / len(source.due)


@pytest.mark.parametrize("report", [city, bureau])
def test_own(chromium: Browse, report: Callable[[], Report], caplog: pytest.LogCaptureFixture) -> None:
    """Our page printed by a browser says what it said: agency, year, every figure, every word; and nobody grumbles."""
    due = report()
    with caplog.at_level(logging.DEBUG):
        found = read(chromium(stripped(due, "html")), "pdf").report
    assert (found.agency, found.year, found.form) == (due.agency, due.year, due.form)
    assert found.figures == due.figures
    assert words(found) == words(due)
    assert not [record for record in caplog.records if record.name.startswith("pdf")]


def test_plain(chromium: Browse) -> None:
    """A page whose table and labels go on over the page, without a rule where it breaks, comes back whole."""
    source = sketch(city())
    for style in (GRID, GRID + "td{font-size:14pt}", GRID + "td{line-height:2.4}"):
        assert wrong(chromium(styled(source, style)), source) == ({}, 1.0)


@pytest.mark.parametrize("more", ["", "td{overflow:hidden}", "td{text-align:right}", "td{text-align:center}"])
def test_narrow(chromium: Browse, more: str) -> None:
    """A number that crosses the rule, or is cut off there, is nobody's, and said so."""
    source = large(sketch(city()))
    content = chromium(styled(source, GRID + NARROW + more))
    assert wrong(content, source)[0] == {}
    assert "published.cell.torn" in {finding.key for finding in read(content, "pdf", lenient=True).findings}


def test_libreoffice(soffice: Callable[..., Path], tmp_path: Path) -> None:
    """Rows that LibreOffice breaks over a page are read as one, and numbers in pieces are blank."""
    for name, source, floor in (("a", sketch(city()), 0.97), ("b", large(sketch(city())), 0.5)):
        (tmp_path / f"{name}.docx").write_bytes(bordered(docx(source)))
        found, share = wrong(soffice(tmp_path / f"{name}.docx", "pdf", tmp_path / "pdf").read_bytes(), source)
        assert found == {}
        assert share >= floor


def bordered(content: bytes) -> bytes:
    """A Word file that LibreOffice opens, with rules round its cells."""
    properties = f'<w:tblPr><w:tblW w:w="8600" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        document = before.read("word/document.xml").decode().replace("<w:tbl>", f"<w:tbl>{properties}")
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as after:
        for name, text in {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
        }.items():
            after.writestr(name, text)
    return changed.getvalue()
