"""Zips from strangers: every part is unpacked here, once, within bounds, before any reader sees a byte.

Readers are then given the parts, never the file: two readers of one zip can disagree about what is in it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from types import MappingProxyType

from xlreport.errors import InputError, UnsafeError

MOST_ENTRIES = 2_000
MOST_BYTES = 64 << 20
"""All parts together, unpacked: clerks paste pictures. Our own workbook has half a megabyte."""
RATIO = 250
"""A part over a megabyte may not have shrunk by more than this; deflate itself ends at 1,032."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8 = 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, OverflowError, OSError)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it lies in the zip: `raw` is still packed by `method` (0 or 8), `size` and `crc` are of the part."""

    name: str
    raw: bytes
    method: int
    crc: int
    size: int
    date: tuple[int, int, int, int, int, int]
    system: int
    attributes: int


@dataclass(frozen=True, slots=True)
class Package:
    """A zip that passed: its entries as they lie, and its parts unpacked, both in the order of the file."""

    entries: tuple[Entry, ...]
    parts: Mapping[str, bytes]


def open_zip(data: bytes) -> Package:
    """Unpack a zip within bounds.

    Raises InputError for what is no zip or is damaged, UnsafeError for one that could harm.
    """
    infos = _directory(data)
    if len(infos) > MOST_ENTRIES:
        raise UnsafeError("safe.entries", count=len(infos), limit=MOST_ENTRIES)
    _check_names([info.filename for info in infos])
    _check_overlap(infos)
    entries, parts, left = [], {}, MOST_BYTES
    for info in infos:
        entry = _entry(data, info)
        part = _unpack(entry, left)
        left -= len(part)
        entries.append(entry)
        if not info.filename.endswith("/"):
            parts[info.filename] = part
    return Package(tuple(entries), MappingProxyType(parts))


def pack(entries: Iterable[Entry]) -> bytes:
    """A zip of these entries, in their order. The same entries give the same bytes."""
    body, directory, count = bytearray(), bytearray(), 0
    for entry in entries:
        name = entry.name.encode()
        flags = 0 if name.isascii() else _UTF8
        year, month, day, hour, minute, second = entry.date
        stamp = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
        sizes = (entry.crc, len(entry.raw), entry.size, len(name), 0)
        made = 20 | entry.system << 8
        where = len(body)
        body += _LOCAL.pack(b"PK\3\4", 20, flags, entry.method, *stamp, *sizes) + name + entry.raw
        tail = (0, 0, 0, entry.attributes, where)
        directory += _CENTRAL.pack(b"PK\1\2", made, 20, flags, entry.method, *stamp, *sizes, *tail) + name
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def repack(package: Package, changed: Mapping[str, bytes], dropped: Iterable[str] = ()) -> bytes:
    """The same zip with `changed` in place of these parts and without `dropped`; all else as it was."""
    without = set(dropped)
    return pack(
        packed(entry, changed[entry.name]) if entry.name in changed else entry
        for entry in package.entries
        if entry.name not in without
    )


def packed(entry: Entry, part: bytes) -> Entry:
    """`entry` with other content: its name, date and attributes stay."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    raw = deflate.compress(part) + deflate.flush()
    return Entry(entry.name, raw, 8, zlib.crc32(part), len(part), entry.date, entry.system, entry.attributes)


def stored(name: str, part: bytes) -> Entry:
    """A new entry, not compressed, dated 1980: for a zip that only lives in memory."""
    return Entry(name, part, 0, zlib.crc32(part), len(part), (1980, 1, 1, 0, 0, 0), 0, 0)


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    if not data.strip(b"\0 \r\n\t"):
        raise InputError("safe.empty")
    if data.startswith(_OLE):
        raise InputError(_ole(data))
    if not data.startswith(b"PK"):
        raise InputError("safe.not_zip")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    except _BROKEN:
        raise InputError("safe.truncated") from None


def _ole(data: bytes) -> str:
    """Which of the files that begin as OLE does: told by the names of their streams, which are UTF-16."""
    for stream, key in (("EncryptedPackage", "safe.password"), ("Workbook", "safe.xls"), ("WordDocument", "safe.doc")):
        if stream.encode("utf-16-le") in data:
            return key
    return "safe.ole"


def _check_names(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        folded = name.casefold()
        if folded in seen:
            raise UnsafeError("safe.twice", part=_shown(name))
        seen.add(folded)
        steps = name.removesuffix("/").split("/")
        odd = "\\" in name or ":" in name or not name.isprintable()
        if odd or any(step in ("", ".", "..") for step in steps):
            raise UnsafeError("safe.name", part=_shown(name))


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """No two entries share bytes: one packed megabyte could count a thousand times."""
    spans = sorted((info.header_offset, info.header_offset + _LOCAL.size + info.compress_size) for info in infos)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise UnsafeError("safe.overlap")


def _entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    shown = _shown(info.filename)
    if info.flag_bits & 0x41:
        raise UnsafeError("safe.encrypted", part=shown)
    if info.compress_type not in (0, 8):
        raise UnsafeError("safe.method", part=shown)
    try:
        head = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error:
        raise InputError("safe.damaged", part=shown) from None
    start = info.header_offset + _LOCAL.size + head[9] + head[10]
    raw = data[start : start + info.compress_size]
    if head[0] != b"PK\3\4" or len(raw) != info.compress_size:
        raise InputError("safe.damaged", part=shown)
    return Entry(
        info.filename,
        raw,
        info.compress_type,
        info.CRC,
        info.file_size,
        info.date_time,
        info.create_system,
        info.external_attr,
    )


def _unpack(entry: Entry, left: int) -> bytes:
    """The part, of which not more than `left` bytes are ever made, whatever the headers claim."""
    if entry.method == 0:
        part = entry.raw
    else:
        inflate = zlib.decompressobj(-15)
        try:
            part = inflate.decompress(entry.raw, left + 1)
        except zlib.error:
            raise InputError("safe.damaged", part=_shown(entry.name)) from None
    if len(part) > left:
        raise UnsafeError("safe.size", limit=MOST_BYTES >> 20)
    if len(part) > 1 << 20 and len(part) > RATIO * len(entry.raw):
        raise UnsafeError("safe.ratio", part=_shown(entry.name))
    if len(part) != entry.size or zlib.crc32(part) != entry.crc:
        raise InputError("safe.damaged", part=_shown(entry.name))
    return part


def _shown(name: str) -> str:
    """A part's name as it may stand in a message: one line, not long."""
    return "".join(character if character.isprintable() else "?" for character in name[:80])
