"""The objects of a PDF that Typst wrote, and a smaller PDF of them: object streams and a cross-reference stream.

Layout: ISO 32000-1, 7.5. Typst writes every object plainly and once, with one classic table at the end. The structure
tree of our tables is a quarter of such a file; packed, it is a fiftieth.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

from xlreport.errors import ProgramError

PER_STREAM = 200
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


def read_objects(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    """Number → body of every object, and the entries of the trailer. Raises ProgramError for another kind of file."""
    found = _TRAILER.search(pdf, max(0, len(pdf) - 4096))
    if not found:
        raise ProgramError("document.pdf.refused", reason="trailer")
    start = int(found[2])
    first, count = (int(word) for word in pdf[start : start + 40].split()[1:3])
    table = pdf.index(b"\n", pdf.index(b"\n", start) + 1) + 1
    entries = [pdf[table + 20 * n : table + 20 * n + 18].split() for n in range(count)]
    offsets = {first + n: int(entry[0]) for n, entry in enumerate(entries) if entry[2] == b"n"}
    ends = dict(zip(places := sorted(offsets.values()), [*places[1:], start], strict=True))
    objects = {}
    for number, offset in offsets.items():
        head, _, body = pdf[offset : ends[offset]].partition(b"obj\n")
        if head.split() != [b"%d" % number, b"0"]:
            raise ProgramError("document.pdf.refused", reason=f"object {number}")
        objects[number] = body[: body.rindex(b"\nendobj")]
    return objects, re.sub(rb"/Size \d+", b"", found[1])


def write_objects(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    """A PDF 1.7 of these objects: those without a stream of their own packed together."""
    out = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n")
    rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 0xFFFF)}
    free = max(objects) + 1
    for number, body in sorted(objects.items()):
        if _is_stream(body):
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    for numbers in _batches(sorted(number for number, body in objects.items() if not _is_stream(body))):
        rows |= {number: (2, free, place) for place, number in enumerate(numbers)}
        rows[free] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (free, _packed({number: objects[number] for number in numbers}))
        free += 1
    start = len(out)
    rows[free] = (1, start, 0)
    lines = b"".join(
        kind.to_bytes(1) + place.to_bytes(4) + more.to_bytes(2)
        for kind, place, more in (rows[number] for number in sorted(rows))
    )
    sections = b" ".join(b"%d %d" % run for run in _runs(sorted(rows)))
    entries = b"/Type/XRef/Size %d/Index[%b]/W[1 4 2]%b" % (free + 1, sections, trailer)
    out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (free, _stream(entries, lines), start)
    return bytes(out)


def _is_stream(body: bytes) -> bool:
    return body.endswith(b"endstream")


def _packed(objects: Mapping[int, bytes]) -> bytes:
    """An object stream."""
    heads, place = [], 0
    for number, body in objects.items():
        heads.append(b"%d %d" % (number, place))
        place += len(body) + 1
    head = b" ".join(heads) + b"\n"
    content = head + b"\n".join(objects.values())
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), content)


def _stream(entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (entries, len(packed), packed)


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[at : at + PER_STREAM] for at in range(0, len(numbers), PER_STREAM))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """(first, how many) of each run of numbers without a gap."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], at - start
            start = at
