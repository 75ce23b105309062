"""The preflight of published documents: what could harm whoever reads it is refused before a reader sees it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from xlreport.errors import InputError, UnsafeError
from xlreport.safe.zips import open_zip

MOST_BYTES = 32 << 20
"""Of a document as it lies on the disk; ours have a third of a megabyte, scanned ones some ten."""
MOST_XML = 16 << 20
"""Of any XML part of a Word file: what a reader does with it must end in seconds."""
MOST_UNPACKED = 256 << 20
"""Of all streams of a PDF together, unpacked: fonts and pictures may be large, and are not read."""
MOST_CONTENT = 16 << 20
"""Of those among them that are neither font nor picture: a reader takes seconds for a megabyte."""
MOST_OBJECTS = 200_000

DOCUMENT = "word/document.xml"
_MOST_BROKEN, _FOREIGN = 20, 40
"""Broken characters of a text that is UTF-8 all the same, and bytes beyond ASCII that there must be for each."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE)
_PASSIVE = re.compile(rb"/Image\b|/Length1\b|/CIDFontType0C\b|/Type1C\b|/OpenType\b")
_STREAM = re.compile(rb"(?<!end)stream[^\r\n]{0,80}\r?\n")
_DICTIONARY = 4_096
"""Bytes before a stream in which it is told what it holds; searching more would take the square of the file."""


def docx_parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of a Word file (.docx). Raises UnsafeError for what could harm, InputError for what is none."""
    _check_size(data)
    if data.startswith(_OLE):
        raise InputError("published.old_word")
    if not data.startswith(b"PK"):
        raise InputError("published.not_docx")
    parts = open_zip(data).parts
    if DOCUMENT not in parts:
        raise InputError("published.not_docx")
    for name, part in parts.items():
        if not name.casefold().endswith((".xml", ".rels")):
            continue
        if len(part) > MOST_XML:
            raise UnsafeError("published.large", part=name[:80], limit=MOST_XML >> 20)
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise UnsafeError("published.doctype", part=name[:80])
        if b"\0" in part or _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")):
            raise UnsafeError("published.encoding", part=name[:80])
    return parts


def html_text(data: bytes) -> str:
    """The text of a web page in UTF-8, GB 18030 (so also GBK) or UTF-16 with its mark. Raises InputError."""
    _check_size(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", "replace")
        broken = text.count("\ufffd")
        if broken <= _MOST_BROKEN and len(data) - len(text) > _FOREIGN * broken:
            return text  # cut off in the middle of a character, or joined from pieces
        return _decoded(data, "gb18030")


def check_pdf(data: bytes) -> None:
    """Refuse a PDF that unpacks to more than MOST_UNPACKED or counts too many objects, and what is no PDF."""
    _check_size(data)
    if b"%PDF-" not in data[:1024]:
        raise InputError("published.not_pdf")
    if data.count(b"endobj") > MOST_OBJECTS:
        raise UnsafeError("published.objects", limit=MOST_OBJECTS)
    unread, content = MOST_UNPACKED, MOST_CONTENT
    for number, found in enumerate(_STREAM.finditer(data)):
        if number > MOST_OBJECTS:
            raise UnsafeError("published.objects", limit=MOST_OBJECTS)
        start = max(0, found.start() - _DICTIONARY)
        passive = _PASSIVE.search(data, max(start, data.rfind(b"obj", start, found.start())), found.start()) is not None
        size = _unpacked(memoryview(data)[found.end() :], min(unread, MOST_UNPACKED if passive else content))
        unread -= size
        content -= 0 if passive else size
        if min(unread, content) < 0:
            raise UnsafeError("published.unpacked", limit=(MOST_UNPACKED if passive else MOST_CONTENT) >> 20)


def _unpacked(rest: memoryview, limit: int) -> int:
    """Bytes that the stream at the head of `rest` unpacks to, as far as `limit` goes, packed once or twice over."""
    size = 0
    inflate, again = zlib.decompressobj(), zlib.decompressobj()
    inner = True
    try:
        while size <= limit and not inflate.eof:
            piece = inflate.decompress(inflate.unconsumed_tail or rest[:65_536], 1 << 20)
            if not inflate.unconsumed_tail:
                rest = rest[65_536:]
            if not piece and not rest:
                break
            size += len(piece)
            while inner and piece:
                try:
                    size += len(again.decompress(piece, 1 << 20))
                    piece = again.unconsumed_tail if size <= limit else b""
                except zlib.error:
                    inner = False
    except zlib.error:  # not packed so, or cut off: then no more comes out of it
        pass
    return size


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError("published.charset") from None


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise UnsafeError("published.size", limit=MOST_BYTES >> 20)
