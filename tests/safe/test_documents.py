"""Documents from strangers, before any reader sees them."""

from __future__ import annotations

import random
import time
import zlib

import pytest

from tests.conftest import HANGING
from xlreport.errors import InputError, UnsafeError
from xlreport.messages import LANGUAGES
from xlreport.safe.documents import DOCUMENT, MOST_BYTES, MOST_CONTENT, MOST_XML, check_pdf, docx_parts, html_text
from xlreport.safe.zips import pack, packed, stored

EMPTY = b"<w/>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def word(part: bytes, name: str = DOCUMENT) -> bytes:
    """A Word file of one part."""
    return pack([packed(stored(name, b""), part)])


def pdf(*streams: bytes, about: bytes = b"/FlateDecode") -> bytes:
    """A PDF of nothing but streams."""
    body = b"".join(b"1 0 obj <</Filter %b>>\nstream\n%b\nendstream endobj\n" % (about, stream) for stream in streams)
    return b"%PDF-1.7\n" + body


def bomb(size: int, times: int = 1) -> bytes:
    data = bytes(size)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


@pytest.mark.parametrize(
    ("reader", "data", "key"),
    [
        (docx_parts, b"<html>", "published.not_docx"),
        (docx_parts, OLE, "published.old_word"),
        (docx_parts, word(EMPTY, "xl/workbook.xml"), "published.not_docx"),
        (docx_parts, word(b'<!DOCTYPE a [<!ENTITY b "c">]><w/>'), "published.doctype"),
        (docx_parts, word("<w/>".encode("utf-16")), "published.encoding"),
        (docx_parts, word(b'<?xml version="1.0" encoding="utf-7"?><w/>'), "published.encoding"),
        (docx_parts, word(random.Random(1).randbytes(MOST_XML // 2 + 1).hex().encode()), "published.large"),
        (docx_parts, word(EMPTY)[:-9], "safe.truncated"),
        (docx_parts, bytes(MOST_BYTES + 1), "published.size"),
        (check_pdf, b"PK\3\4", "published.not_pdf"),
        (check_pdf, pdf(bomb(MOST_CONTENT + 1)), "published.unpacked"),
        (check_pdf, pdf(*[bomb(1 << 20)] * 17), "published.unpacked"),
        (check_pdf, pdf(bomb(64 << 20, times=2)), "published.unpacked"),
        (check_pdf, pdf(*[bomb(64 << 20)] * 5, about=b"/FlateDecode /Subtype /Image"), "published.unpacked"),
        (check_pdf, b"%PDF-1.7" + b"endobj " * 200_001, "published.objects"),
        (html_text, b"\xff\xff\x80\x81 \xe4", "published.charset"),
        (html_text, bytes(MOST_BYTES + 1), "published.size"),
    ],
)
def test_refused(reader, data, key):
    """What could harm, or is something else, is refused soon, in one line of both languages."""
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        reader(data)
    assert time.perf_counter() - start < HANGING
    assert caught.value.key == key
    assert isinstance(caught.value, UnsafeError) == caught.value.tell().startswith("拒绝打开")
    for language in LANGUAGES:
        assert "\n" not in caught.value.tell(language)


def test_accepted():
    """Pictures may be large, pages may be in GBK, and a Word file needs no more than its document."""
    check_pdf(pdf(bomb(MOST_CONTENT + 1), about=b"/FlateDecode /Subtype /Image"))
    check_pdf(pdf(b"not packed at all", bomb(1000)))
    assert docx_parts(word(EMPTY))[DOCUMENT] == EMPTY
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"):
        assert html_text("政府信息公开年度报告".encode(encoding)) == "政府信息公开年度报告"
