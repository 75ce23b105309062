"""What pdfminer unpacks and draws of one PDF, within bounds that the file cannot get round.

The preflight sees the file as it lies there; streams may be packed several times over, or drawn a thousand times.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from xlreport.errors import UnsafeError
from xlreport.safe.documents import MOST_UNPACKED

MOST_DRAWN = 4 << 20
"""Bytes of drawing instructions, pages that share a stream each counted; a second or two a megabyte. A report of a
hundred thousand characters has 2.4 million, one of a city a hundred thousand."""
MOST_SIGNS = 300_000
"""Characters, lines and boxes drawn; each takes a kilobyte and, with all that follows, some 20 microseconds."""
_LINE = 4
"""Characters that a line counts for."""
_FORM = 2_000
"""Bytes that drawing a form counts for besides its own: an empty one takes time too."""

_unread: ContextVar[int] = ContextVar("unread", default=MOST_UNPACKED)


class _Zlib:
    """What pdfminer uses of zlib, by its names."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        inflate = zlib.decompressobj()
        unpacked = inflate.decompress(data, _unread.get() + 1)
        _count(len(unpacked))
        if not inflate.eof:
            raise zlib.error
        return unpacked


def _mended(data: bytes) -> bytes:
    """As much as comes out of a damaged stream."""
    inflate = zlib.decompressobj()
    pieces: list[bytes] = []
    try:
        for start in range(0, len(data), 64):
            pieces.append(inflate.decompress(data[start : start + 64], _unread.get() + 1))
            _count(len(pieces[-1]))
    except zlib.error:
        pass
    return b"".join(pieces)


def _refused(_: bytes) -> bytes:
    raise UnsafeError("published.filter")


def _count(size: int) -> None:
    _unread.set(_unread.get() - size)
    if _unread.get() < 0:
        raise UnsafeError("published.unpacked", limit=MOST_UNPACKED >> 20)


pdftypes.zlib = _Zlib  # type: ignore[assignment,attr-defined]
pdftypes.decompress_corrupted = _mended
pdftypes.lzwdecode = pdftypes.rldecode = _refused  # type: ignore[assignment,attr-defined]  # of the last century, and slow


def begin() -> None:
    """Count anew, for another file."""
    _unread.set(MOST_UNPACKED)


class Drawing:
    """Draws the pages of one PDF. `draw` raises UnsafeError when more is to be drawn in all than any report has."""

    def __init__(self) -> None:
        self._bytes, self._signs = MOST_DRAWN, MOST_SIGNS

    def draw(self, page: Any) -> None:
        """Give a page of pdfplumber what stands on it, before it draws itself without bounds."""
        device = _Device(self, page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        _Interpreter(page.pdf.rsrcmgr, device, self).process_page(page.page_obj)
        page._layout = device.get_result()  # noqa: SLF001  where it would keep its own

    def read(self, size: int) -> None:
        """Count instructions, in bytes."""
        self._bytes -= size
        if self._bytes < 0:
            raise UnsafeError("published.unpacked", limit=MOST_DRAWN >> 20)

    def put(self, signs: int) -> None:
        """Count what is drawn."""
        self._signs -= signs
        if self._signs < 0:
            raise UnsafeError("published.objects", limit=MOST_SIGNS)


class _Device(PDFPageAggregatorWithMarkedContent):
    def __init__(self, drawing: Drawing, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._drawing = drawing

    def render_char(self, *given: Any, **named: Any) -> float:
        """Draw one that has been counted."""
        self._drawing.put(1)
        return super().render_char(*given, **named)

    def paint_path(self, *given: Any, **named: Any) -> None:
        """Likewise."""
        self._drawing.put(_LINE)
        super().paint_path(*given, **named)


class _Interpreter(PDFPageInterpreter):
    def __init__(self, resources: Any, device: Any, drawing: Drawing) -> None:
        super().__init__(resources, device)
        self._drawing = drawing

    def subinterp(self) -> _Interpreter:
        """One for a form within, which counts with this one."""
        inner = _Interpreter(self.rsrcmgr, self.device, self._drawing)
        inner.parent_stream_ids.update(self.parent_stream_ids, self.stream_ids)
        return inner

    def execute(self, streams: Sequence[object]) -> None:
        """Draw streams that have been counted."""
        self._drawing.read(sum(len(stream_value(stream).get_data()) + _FORM for stream in streams))
        super().execute(streams)
