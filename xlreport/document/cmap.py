"""Which characters a font file has, straight from its `cmap` table.

fontTools takes 80 ms a font for this and 50 ms to import; a document needs a thousand look-ups. Layout of the tables:
OpenType specification, `cmap`, formats 4 and 12.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path
from struct import error, unpack_from


def covered(path: Path, index: int, codes: Iterable[int]) -> set[int]:
    """The code points among `codes` that face `index` of the font file maps to a glyph; a damaged file maps none.

    Raises OSError.
    """
    try:
        return _mapped(_table(path, index), codes)
    except error:
        return set()


def _table(path: Path, index: int) -> bytes:
    """The `cmap` table. Raises struct.error when it is cut off or not there."""
    with path.open("rb") as file:
        head = file.read(12 + 4 * (index + 1))
        start = unpack_from(">I", head, 12 + 4 * index)[0] if head[:4] == b"ttcf" else 0
        file.seek(start)
        directory = file.read(12 + 16 * 64)
        for entry in range(12, 12 + 16 * unpack_from(">H", directory, 4)[0], 16):
            tag, _, offset, length = unpack_from(">4sIII", directory, entry)
            if tag == b"cmap":
                file.seek(offset)
                return file.read(length)
    return b""


def _mapped(table: bytes, codes: Iterable[int]) -> set[int]:
    subtables: dict[int, int] = {}
    for entry in range(4, 4 + 8 * unpack_from(">H", table, 2)[0], 8):
        platform, encoding, offset = unpack_from(">HHI", table, entry)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            subtables[unpack_from(">H", table, offset)[0]] = offset
    if 12 in subtables:
        return _format_12(table, subtables[12], codes)
    return _format_4(table, subtables[4], codes) if 4 in subtables else set()


def _format_12(table: bytes, base: int, codes: Iterable[int]) -> set[int]:
    """Sorted groups of first code, last code, glyph of the first."""
    values = unpack_from(f">{3 * unpack_from('>I', table, base + 12)[0]}I", table, base + 16)
    firsts, lasts, glyphs = values[::3], values[1::3], values[2::3]
    found = set()
    for code in codes:
        group = bisect_right(firsts, code) - 1
        if group >= 0 and code <= lasts[group] and glyphs[group] + code - firsts[group]:
            found.add(code)
    return found


def _format_4(table: bytes, base: int, codes: Iterable[int]) -> set[int]:
    """Sorted segments: a glyph is code plus delta, or stands in an array that the segment's offset points to."""
    count = unpack_from(">H", table, base + 6)[0] // 2
    rows = [unpack_from(f">{count}H", table, base + place) for place in (14, *(16 + 2 * count * n for n in (1, 2, 3)))]
    lasts, firsts, deltas, offsets = rows
    found = set()
    for code in codes:
        segment = bisect_left(lasts, code)
        if segment == count or code < firsts[segment]:
            continue
        glyph = code
        if offsets[segment]:
            place = base + 16 + 6 * count + 2 * segment + offsets[segment] + 2 * (code - firsts[segment])
            glyph = unpack_from(">H", table, place)[0]
        if glyph and (glyph + deltas[segment]) & 0xFFFF:
            found.add(code)
    return found
