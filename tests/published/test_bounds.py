"""Files that ask for more time or memory than a report does."""

from __future__ import annotations

import base64
import zlib

import pytest

from xlreport.errors import InputError, UnsafeError
from xlreport.form import load_form
from xlreport.published.read import open_page
from xlreport.published.shown import show

PACKED = zlib.compress(zlib.compress(bytes(300 << 20), 9), 9)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    content, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(content))
    return content + head + table + tail


def stream(data: bytes, told: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (told, len(data), data)


def page(content: bytes, *more: bytes) -> bytes:
    """A PDF of one page, whose resources know the fifth object as F."""
    resources = b"<</XObject<</F 5 0 R>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources " + resources + b">>",
        content,
        *more,
    )


def forms(depth: int, times: int) -> list[bytes]:
    """Forms each of which draws the next so many times."""
    told = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    return [stream(b"/F Do " * times if at < depth - 1 else b"", told % (6 + at)) for at in range(depth)]


def shared(content: bytes, pages: int = 300) -> bytes:
    """A PDF of many pages that all draw the same stream, with a font F."""
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        stream(zlib.compress(content, 9), b"/Filter/FlateDecode"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[one] * pages,
    )


BOMBS = {
    "drawn by every page": shared(b"q Q " * 14_000),
    "a million characters": shared(b"BT /F 9 Tf (%b) Tj ET\n" % (b"a" * 10_000), 100),
    "a hundred thousand boxes": shared(b"1 1 9 9 re f\n" * 2_000, 50),
    "packed three times": page(stream(zlib.compress(PACKED), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")),
    "packed as text": page(
        stream(base64.a85encode(PACKED) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode/FlateDecode]")
    ),
    "damaged besides": page(
        stream(zlib.compress(PACKED)[:-4] + b"0000", b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")
    ),
    "packed as nobody does": page(stream(b"\x80\x0b\x60\x50", b"/Filter/LZWDecode")),
    "drawn without end": page(stream(b"/F Do"), *forms(9, 12)),
    "streams that never begin": b"%PDF-1.4\n" + b"stream\n" * 1_000_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_pdf(bomb: str) -> None:
    """A PDF that unpacks or draws without end is refused, however it hides that."""
    with pytest.raises(UnsafeError):
        open_page(BOMBS[bomb], ".pdf")


STUBS = [label.text for label in load_form("2021").table("t3").labels if label.role == "stub"]
CELLS = "".join(f"<td>{stub}</td>" for stub in STUBS[:20])
LONG = {
    "nested heads": (".txt", "复议后起诉" + "总计" * 40 + "x" * 80),
    "heads again and again": (".txt", "复议后起诉" * 100_000),
    "a title of spaces": (".html", "<h1>的" + "\u3000" * 200_000 + "x</h1><table></table>"),
    "a cell down all lines": (
        ".html",
        f"<table><tr><td rowspan=400>{'的' * 3_000_000}</td>{CELLS}</tr>{'<tr><td>x</td></tr>' * 400}</table>",
    ),
    "one sentence": (".txt", "\n".join(["的" * 1_600] * 20_000)),
}


@pytest.mark.parametrize("name", LONG)
def test_text(name: str) -> None:
    """Text made to be looked at for hours is looked at once; the tests would not end otherwise."""
    suffix, text = LONG[name]
    with pytest.raises(InputError):
        show(open_page(text.encode(), suffix))


def test_run_together() -> None:
    """Of a thousand lines whose cells run together a few are cut; the tests would not end otherwise."""
    line = "".join(f"{stub}123456789012345" for stub in STUBS)
    assert open_page("\n".join([line] * 1_000).encode(), ".txt").blocks
