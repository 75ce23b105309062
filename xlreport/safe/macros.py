"""Whose macros a workbook carries: read from its macro project, and compared with those that we have published.

Nothing here or anywhere in this program runs a macro. Written from [MS-OVBA]; a program that saves a workbook writes
the project anew, with compiled code and other letter cases, so that the sources are compared and not the bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from xlreport.errors import UnsafeError

MOST_SOURCE = 4 << 20
"""Bytes of one module's source. Ours have two thousand."""

_VERSION = 0x09  # PROJECTVERSION, whose size does not count its last two bytes
_STREAM, _OFFSET, _END = 0x1A, 0x31, 0x2B  # MODULESTREAMNAME, MODULEOFFSET, the end of a module
_EMPTY = ("", "option explicit")  # a sheet's module, also where the editor is set to begin every one with a line
_LIBREOFFICE = ("rem attribute ", "option vbasupport ")  # what it writes above the source when it saves


class Source(NamedTuple):
    """A module and its source text, attributes and all."""

    name: str
    text: str


def check_macros(project: bytes) -> None:
    """Raise UnsafeError for a project that cannot be read, or that has a module which is not ours and not empty."""
    try:
        sources = tuple(read_sources(project))
    except (ArithmeticError, LookupError, OSError, RecursionError, TypeError, ValueError, struct.error):
        raise UnsafeError("safe.macros_unreadable") from None
    for name, text in sources:
        bare = bare_source(text)
        if bare not in _EMPTY and digest(bare) not in known():
            raise UnsafeError("safe.foreign_macros", module="".join(c for c in name[:40] if c.isprintable()))


def read_sources(project: bytes) -> Iterator[Source]:
    """Every module of a vbaProject.bin. Raises the error of whatever is wrong with it, OSError for what is none."""
    from olefile import OleFileIO

    with OleFileIO(BytesIO(project)) as file:
        stream, offset = "", 0
        for id_, content in _records(decompress(file.openstream("VBA/dir").read())):
            if id_ == _STREAM:
                stream = content.decode("latin-1")
            elif id_ == _OFFSET:
                (offset,) = struct.unpack("<I", content)
            elif id_ == _END:
                text = decompress(file.openstream(["VBA", stream]).read()[offset:])
                yield Source(stream, text.decode("latin-1"))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a dir stream (2.3.4.2)."""
    at = 0
    while at < len(data):
        id_, size = struct.unpack_from("<HI", data, at)
        size += 2 * (id_ == _VERSION)
        yield id_, data[at + 6 : at + 6 + size]
        at += 6 + size


def decompress(container: bytes) -> bytes:
    """The content of a compressed container (2.4.1.3). Raises ValueError for what is none or too large."""
    if container[:1] != b"\x01":
        raise ValueError("no compressed container")
    result, at = bytearray(), 1
    while at < len(container):
        (header,) = struct.unpack_from("<H", container, at)
        chunk = container[at + 2 : at + 3 + (header & 0xFFF)]
        result += _chunk(chunk) if header & 0x8000 else chunk
        at += 2 + len(chunk)
        if not chunk or len(result) > MOST_SOURCE:
            raise ValueError("no chunk, or too much")
    return bytes(result)


def _chunk(tokens: bytes) -> bytes:
    """One chunk: a byte of flags before every eight tokens says which of them are copies (2.4.1.3.5)."""
    result, at = bytearray(), 0
    while at < len(tokens):
        flags, at = tokens[at], at + 1
        for bit in range(8):
            if at >= len(tokens):
                break
            if not flags >> bit & 1:
                result.append(tokens[at])
                at += 1
                continue
            (token,) = struct.unpack_from("<H", tokens, at)
            lengths = 16 - max(4, (len(result) - 1).bit_length())
            where = len(result) - (token >> lengths) - 1
            if where < 0:
                raise ValueError("a copy of what is not there")
            for copied in range(where, where + (token & (1 << lengths) - 1) + 3):
                result.append(result[copied])
            at += 2
    return bytes(result)


def bare_source(text: str) -> str:
    """The source without what programs change: attributes, letter case, white space."""
    lines = (line.strip().casefold() for line in text.splitlines())
    return " ".join(" ".join(x for x in lines if not x.startswith(("attribute ", *_LIBREOFFICE))).split())


def digest(bare: str) -> str:
    """What `known_macros.txt` says of a source."""
    return hashlib.sha256(bare.encode()).hexdigest()


@cache
def known() -> frozenset[str]:
    """The digests of all sources that we have published, this version's among them."""
    lines = Path(__file__).with_name("known_macros.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))
