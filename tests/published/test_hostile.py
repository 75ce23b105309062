"""Published files that are broken or made to harm: refused in one line, or read, but never a crash or a hang."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from tests.conftest import HANGING
from tests.published.made import KINDS, document, read, rezipped, stripped
from tests.samples import city
from xlreport.errors import InputError

CELL = "<w:tc><w:tcPr><w:gridSpan w:val='900'/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
ROW = "<tr><td rowspan=9999 colspan=999>1</td></tr>"
NESTED = "<div>" * 50_000 + "政府信息公开" + "</div>" * 50_000


def soon(content: bytes, kind: str) -> None:
    """Read or refused, before anybody would have ended it."""
    start = time.perf_counter()
    with contextlib.suppress(InputError):
        read(content, kind)
    assert time.perf_counter() - start < HANGING


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("docx", "<w:tbl>", "<w:tbl>" + f"<w:tr>{CELL * 300}</w:tr>" * 300),
        ("docx", "<w:tbl>", "<w:sdt><w:sdtContent>" * 120 + "</w:sdtContent></w:sdt>" * 120 + "<w:tbl>"),
        ("docx", "<w:tbl>", "<w:ins>" * 9999 + "</w:ins>" * 9999 + "<w:tbl>"),
        ("docx", "<w:tbl>", "<w:p/>" * 99 + "<w:p><w:r><w:t>一、二</w:t></w:r></w:p>" * 50_000 + "<w:tbl>"),
        ("html", "<table", f"<table>{ROW * 5000}</table><table"),
        ("html", "<table", "<table><tr><td>" * 2000 + "</table><table"),
        ("html", "<table", NESTED + "<table"),
        ("html", "<p>", "<p>" + "年政府信息公开工作" * 100_000 + "</p><p>"),
        ("html", "<p>", "<p>一、总体情况</p>" * 15_000 + "<p>"),
        ("html", "<table", "<table><tr><td>规章<td>信息内容<td>行政许可</table>" * 3000 + "<table"),
        (
            "html",
            "<table",
            "<table><tr><td>规章<td>1<td>2<td>3<tr><td>信息内容<td>本年制发件数</table>" * 3000 + "<table",
        ),
        ("html", "<table", "<table>" + "<tr>" + "<td>1" * 400_000 + "</table><table"),
    ],
    ids=range(12),
)
def test_made_to_harm(kind: str, old: str, new: str) -> None:
    """Endless spans, nesting, tables and paragraphs end soon."""
    content = stripped(city(), kind)
    if kind == "docx":
        soon(rezipped(content, "word/document.xml", old, new), kind)
    else:
        soon(content.decode().replace(old, new, 1).encode(), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_broken(kind: str) -> None:
    """A file cut off anywhere, or with bytes changed, is read or refused."""
    content = document(city(), kind)
    chance = random.Random(5)
    for _ in range(12):
        soon(content[: chance.randrange(len(content))], kind)
        broken = bytearray(content)
        for _ in range(chance.randrange(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        soon(bytes(broken), kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b" ", b"\0" * 99, b"%PDF-1.7", b"PK\3\4", b"<html></html>", b"\xef\xbb\xbf"])
def test_nothing(kind: str, content: bytes) -> None:
    """What holds no report is refused."""
    with pytest.raises(InputError):
        read(content, kind)


@pytest.mark.parametrize(
    "carried",
    [
        "null",
        "[]",
        "{",
        "[" * 100_000,
        '{"schema":"xlreport/document/1"}',
        '{"schema":"xlreport/document/1","report":{}}',
        '{"schema":"xlreport/document/1","schema":1}',
        '{"a":1e999}',
    ],
)
def test_carried_nonsense(carried: str) -> None:
    """Nonsense in the place of the data is told, and the page is read as it shows."""
    block = f'<script type="application/json" id="xlreport">{carried}</script></main>'
    page = stripped(city(), "html").decode().replace("</main>", block)
    reading = read(page.encode(), "html")
    assert reading.report.figures == city().figures
    assert [finding.key for finding in reading.findings] == ["published.data.damaged"]
