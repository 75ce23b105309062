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
from xlreport.safe.documents import MOST_CONTENT, MOST_UNPACKED

_DRAWN = 2_000
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
    """Draws the pages of one PDF. `layout` raises UnsafeError when more than MOST_CONTENT is to be drawn in all."""

    def __init__(self) -> None:
        self.left = MOST_CONTENT

    def draw(self, page: Any) -> None:
        """Give a page of pdfplumber what stands on it, before it draws itself without bounds."""
        device = PDFPageAggregatorWithMarkedContent(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        _Interpreter(page.pdf.rsrcmgr, device, self).process_page(page.page_obj)
        page._layout = device.get_result()  # noqa: SLF001  where it would keep its own


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
        self._drawing.left -= sum(len(stream_value(stream).get_data()) + _DRAWN for stream in streams)
        if self._drawing.left < 0:
            raise UnsafeError("published.unpacked", limit=MOST_CONTENT >> 20)
        super().execute(streams)
