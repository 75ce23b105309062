"""A compound file: storages and streams in one file, as the macro project of a workbook is kept.

Written from [MS-CFB], version 3: sectors of 512 bytes, and for streams below 4,096 bytes mini sectors of 64 within one
long stream, the root's. Small files only: the list of FAT sectors fits the header (2.5), which is good for 7 MiB.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Storage: TypeAlias = "Mapping[str, bytes | Storage]"
"""What a storage holds: name → content of a stream, or a storage within."""

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD  # 2.1 sector numbers
NOBODY = 0xFFFFFFFF  # 2.6.1 no such directory entry
STORAGE, STREAM, ROOT = 1, 2, 5  # 2.6.1 object types
RED, BLACK = 0, 1
_IN_HEADER = 109
_ENTRY = struct.Struct("<64sHBBIII36xIQ")
_HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIII")


@dataclass(slots=True)
class _Entry:
    """A directory entry (2.6.1); its content lies from sector `start` on."""

    name: str
    kind: int
    content: bytes = b""
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    colour: int = BLACK
    start: int = 0
    size: int = 0

    def pack(self) -> bytes:
        name = f"{self.name}\0".encode("utf-16-le")
        links = (self.left, self.right, self.child)
        return _ENTRY.pack(name, len(name), self.kind, self.colour, *links, self.start, self.size)


def compound_file(tree: Storage) -> bytes:
    """`tree` as a compound file. The same tree gives the same bytes."""
    root = _Entry("Root Entry", ROOT)
    entries = [root]
    root.child = _add(entries, tree)
    body, fat = bytearray(), list[int]()
    mini, mini_fat = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == STREAM:
            small = len(entry.content) < CUTOFF
            space = (mini, mini_fat, MINI_SECTOR) if small else (body, fat, SECTOR)
            entry.start, entry.size = _store(*space, entry.content), len(entry.content)
    root.start, root.size = _store(body, fat, SECTOR, bytes(mini)), len(mini)
    vacant = _ENTRY.pack(b"", 0, 0, 0, NOBODY, NOBODY, NOBODY, 0, 0)
    directory = b"".join(entry.pack() for entry in entries) + vacant * (-len(entries) % (SECTOR // _ENTRY.size))
    first_directory = _store(body, fat, SECTOR, directory)
    mini_table = _table(mini_fat)
    first_mini_fat = _store(body, fat, SECTOR, mini_table)
    sectors = _fat_sectors(len(fat))
    own = range(len(fat), len(fat) + sectors)
    body += _table([*fat, *[FAT] * sectors])
    header = _HEADER.pack(
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),  # versions; sectors of 2^9 and 2^6 bytes
        *(0, sectors, first_directory, 0, CUTOFF, first_mini_fat, len(mini_table) // SECTOR, END, 0),
    )
    return header + struct.pack(f"<{_IN_HEADER}I", *own, *[FREE] * (_IN_HEADER - sectors)) + bytes(body)


def _add(entries: list[_Entry], storage: Storage) -> int:
    """Append what `storage` holds, and return the entry at the root of its tree (2.6.4)."""
    numbers = []
    for name in sorted(storage, key=order):
        content = storage[name]
        numbers.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, STREAM, content))
        else:
            entries.append(_Entry(name, STORAGE))
            entries[numbers[-1]].child = _add(entries, content)
    return _balance(entries, numbers)


def order(name: str) -> tuple[int, str]:
    """Shorter names come first, then by upper case (2.6.4)."""
    return len(name.encode("utf-16-le")), name.upper()


def _balance(entries: list[_Entry], numbers: Sequence[int], level: int = 1, full: int = 0) -> int:
    """Link these entries, in order, as a balanced tree, of which `full` levels have no gap; returns its root.

    What stands below the full levels is red: no red has a red child, and all ways down pass as many blacks.
    """
    if not numbers:
        return NOBODY
    full = full or (len(numbers) + 1).bit_length() - 1
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.colour = BLACK if level <= full else RED
    entry.left = _balance(entries, numbers[:middle], level + 1, full)
    entry.right = _balance(entries, numbers[middle + 1 :], level + 1, full)
    return numbers[middle]


def _store(space: bytearray, table: list[int], size: int, content: bytes) -> int:
    """Put `content` at the end of `space` in sectors of `size`, chained in `table`; returns the first sector."""
    if not content:
        return END
    first = len(table)
    count = -(-len(content) // size)
    space += content.ljust(count * size, b"\0")
    table += [*range(first + 1, first + count), END]
    return first


def _table(chains: Sequence[int]) -> bytes:
    """A FAT or mini FAT (2.3, 2.4), filled up to whole sectors."""
    free = [FREE] * (-len(chains) % (SECTOR // 4))
    return struct.pack(f"<{len(chains) + len(free)}I", *chains, *free)


def _fat_sectors(others: int) -> int:
    """How many sectors the FAT takes that tells of `others` and of itself."""
    count = 1
    while (others + count) * 4 > count * SECTOR:
        count += 1
    assert count <= _IN_HEADER, "too large for a compound file without DIFAT sectors"
    return count
