"""The objects of a PDF, packed."""

from __future__ import annotations

import io

import pikepdf
import pytest

from xlreport.document.pdfobjects import PER_STREAM, read_objects, write_objects
from xlreport.errors import ProgramError


def plain(count: int) -> bytes:
    """A PDF as Typst writes it, with `count` objects more than it needs."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]
    bodies += [b"<</N %d>>" % n for n in range(count)]
    bodies.append(b"<</Length 19>>\nstream\nendobj 1 0 obj\nxref\nendstream")
    out, offsets = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start))


@pytest.mark.parametrize("count", [0, 1, PER_STREAM, 3 * PER_STREAM + 7])
def test_round_trip(count: int) -> None:
    """Every object is found again by another reader, also a stream that looks like a file of its own."""
    objects, trailer = read_objects(plain(count))
    assert len(objects) == count + 3
    with pikepdf.open(io.BytesIO(write_objects(objects, trailer))) as packed:
        assert packed.check_pdf_syntax() == []
        assert [int(packed.get_object(number, 0).N) for number in range(3, count + 3)] == list(range(count))
        assert packed.get_object(count + 3, 0).read_raw_bytes() == b"endobj 1 0 obj\nxref"


def test_smaller() -> None:
    """Packed, many small objects take a fraction of their room."""
    file = plain(1000)
    assert len(write_objects(*read_objects(file))) < len(file) / 5


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\n", plain(2)[:-8], plain(2).replace(b"3 0 obj", b"9 0 obj")])
def test_another_kind_of_file(file: bytes) -> None:
    """A file of another make, or a damaged one, is refused."""
    with pytest.raises(ProgramError):
        read_objects(file)
