"""The compression of macro projects, written from [MS-OVBA] 2.4.1: chunks of 4,096 bytes, each on its own.

Within a chunk a byte stands for itself, or a token of two bytes for a copy of what came before: where it lies, and how
long it is. How the sixteen bits are shared between the two follows from how much came before (2.4.1.3.19.1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

CHUNK = 4096
_SHORTEST = 3  # a copy of less than three bytes would save nothing


def compress(data: bytes) -> bytes:
    """A compressed container (2.4.1.1.1)."""
    return b"\x01" + b"".join(_chunk(data[start : start + CHUNK]) for start in range(0, len(data), CHUNK))


def _chunk(data: bytes) -> bytes:
    """One compressed chunk with its header (2.4.1.1.4, 2.4.1.1.5); a raw one where compression would not help."""
    body = b"".join(_sequences(data))
    if len(body) > CHUNK:
        return struct.pack("<H", 0x3000 | CHUNK - 1) + data.ljust(CHUNK, b"\0")
    return struct.pack("<H", 0xB000 | len(body) - 1) + body


def _sequences(data: bytes) -> Iterator[bytes]:
    """Eight tokens at a time, and before them a byte whose bits tell which of them are copies (2.4.1.1.7)."""
    tokens = list(_tokens(data))
    for start in range(0, len(tokens), 8):
        eight = tokens[start : start + 8]
        flags = sum((len(token) == 2) << bit for bit, token in enumerate(eight))
        yield bytes([flags]) + b"".join(eight)


def _tokens(data: bytes) -> Iterator[bytes]:
    """Literals of one byte, and copy tokens of two."""
    at, seen = 0, dict[bytes, list[int]]()
    while at < len(data):
        where, length = _longest(data, at, seen.get(data[at : at + _SHORTEST], []))
        if length:
            yield struct.pack("<H", (at - where - 1) << (16 - offset_bits(at)) | length - _SHORTEST)
        else:
            length = 1
            yield data[at : at + 1]
        for passed in range(at, at + length):
            seen.setdefault(data[passed : passed + _SHORTEST], []).append(passed)
        at += length


def _longest(data: bytes, at: int, candidates: list[int]) -> tuple[int, int]:
    """The longest copy that begins at `at`, the nearest of equals: where it lies, and its length, or 0 for none."""
    where, longest = 0, 0
    most = min((0xFFFF >> offset_bits(at)) + _SHORTEST, len(data) - at)
    for candidate in reversed(candidates):
        length = 0
        while length < most and data[candidate + length] == data[at + length]:
            length += 1
        if length > longest and length >= _SHORTEST:
            where, longest = candidate, length
    return where, longest


def offset_bits(at: int) -> int:
    """How many bits of a copy token say where the copy lies, `at` bytes into the chunk (2.4.1.3.19.1)."""
    return max(4, (at - 1).bit_length()) if at else 4
