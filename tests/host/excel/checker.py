"""A checker of compound files, independent of our writer: what [MS-CFB] says must hold of FAT, mini FAT and tree."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

FREE, END, FAT, NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
VACANT, STORAGE, STREAM, ROOT = 0, 1, 2, 5
RED, BLACK = 0, 1
CUTOFF = 4096


class Checked(NamedTuple):
    """What the file says it holds, by path, and what is wrong with it."""

    streams: dict[str, bytes]
    defects: list[str]


class Entry(NamedTuple):
    """A directory entry."""

    name: str
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int


def check(data: bytes) -> Checked:
    """Look at everything in `data`; what is too wrong to go on is a defect too."""
    checker = Checker(data)
    try:
        checker.run()
    except (IndexError, struct.error, UnicodeError) as error:
        checker._must(False, f"broken: {error}")
    return Checked(checker.streams, checker.defects)


class Checker:
    """One look at one file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.sectors = [data[at : at + 512] for at in range(512, len(data), 512)]
        self.streams: dict[str, bytes] = {}
        self.defects: list[str] = []
        self.used: dict[int, str] = {}  # sector → whose it is
        self.mini_used: dict[int, str] = {}
        self.reached = {0}

    def _must(self, condition: object, defect: str) -> None:
        if not condition:
            self.defects.append(defect)

    def run(self) -> None:
        """Look at everything."""
        self._header()
        self.fat = self._read_fat()
        directory = self._content(self.first_directory, "directory")
        table = self._content(self.first_mini, "mini FAT")
        self._must(len(table) == 512 * self.mini_sectors, "number of mini FAT sectors")
        self.mini_fat = list(struct.unpack(f"<{len(table) // 4}I", table))
        self.entries = [self._entry(directory[at : at + 128]) for at in range(0, len(directory), 128)]
        root = self.entries[0]
        self._must((root.name, root.kind, root.left, root.right) == ("Root Entry", ROOT, NOBODY, NOBODY), "root entry")
        self.mini = self._content(root.start, "mini stream")
        self._must(root.size % 64 == 0 and root.size <= len(self.mini) < root.size + 512, "size of the mini stream")
        self._storage(root.child, "")
        self._leftovers(root)

    def _header(self) -> None:
        data = self.data
        self._must(data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "signature")
        self._must(not any(data[8:24]), "class id of the header")
        versions = struct.unpack_from("<5H", data, 24)
        self._must(versions == (0x3E, 3, 0xFFFE, 9, 6), "versions and sector sizes")
        self._must(not any(data[34:40]), "reserved")
        self._must(len(data) % 512 == 0, "whole sectors")
        fields = struct.unpack_from("<9I", data, 40)
        n_directory, self.fat_sectors, self.first_directory, transaction, cutoff = fields[:5]
        self.first_mini, self.mini_sectors, first_difat, n_difat = fields[5:]
        self._must((n_directory, transaction, cutoff, first_difat, n_difat) == (0, 0, CUTOFF, END, 0), "header fields")

    def _read_fat(self) -> list[int]:
        numbers = struct.unpack_from("<109I", self.data, 76)
        own, rest = numbers[: self.fat_sectors], numbers[self.fat_sectors :]
        self._must(set(rest) <= {FREE}, "list of FAT sectors")
        self.used = dict.fromkeys(own, "FAT")
        fat = [x for number in own for x in struct.unpack("<128I", self.sectors[number])]
        self._must(len(fat) >= len(self.sectors), "FAT covers all sectors")
        self._must(all(fat[number] == FAT for number in own), "FAT marks itself")
        self._must(set(fat[len(self.sectors) :]) <= {FREE}, "FAT is free beyond the file")
        return fat

    def _content(self, start: int, owner: str) -> bytes:
        return b"".join(self.sectors[number] for number in self._chain(start, self.fat, owner, self.used))

    def _chain(self, start: int, links: list[int], owner: str, used: dict[int, str]) -> Iterator[int]:
        """Every sector of a chain; none may be another's, or lie outside."""
        while start != END:
            if start >= len(links) or start in used:
                self._must(False, f"chain of {owner} at {start}: {used.get(start, 'outside')}")
                return
            used[start] = owner
            yield start
            start = links[start]

    def _entry(self, raw: bytes) -> Entry:
        name, length, kind, colour, left, right, child = struct.unpack_from("<64sHBBIII", raw)
        start, size = struct.unpack_from("<IQ", raw, 116)
        self._must(not any(raw[80:116]), "class id, state and times are zero")
        self._must(kind in (VACANT, STORAGE, STREAM, ROOT), "kind of entry")
        if kind == VACANT:
            self._must((left, right, child) == (NOBODY,) * 3 and not any((length, start, size, *name)), "vacant entry")
        else:
            self._must(length >= 4 and length % 2 == 0 and not any(name[length - 2 :]), "name ends in zeros")
        return Entry(name[: max(length - 2, 0)].decode("utf-16-le"), kind, colour, left, right, child, start, size)

    def _storage(self, child: int, path: str) -> None:
        """What a storage holds is a tree, in order, its root black."""
        self._must(child == NOBODY or self.entries[child].colour == BLACK, f"root of the tree of {path}")
        names, _ = self._walk(child, path)
        keys = [(len(name), name.upper()) for name in names]
        self._must(all(a < b for a, b in pairwise(keys)), f"order in {path}: {names}")

    def _walk(self, number: int, path: str) -> tuple[list[str], int]:
        """Names in order, and how many blacks are below."""
        if number == NOBODY:
            return [], 1
        if number >= len(self.entries) or number in self.reached:
            self._must(False, f"tree of {path}: entry {number}")
            return [], 1
        self.reached.add(number)
        entry = self.entries[number]
        left, left_height = self._walk(entry.left, path)
        right, right_height = self._walk(entry.right, path)
        self._must(left_height == right_height, f"as many blacks on either side of {entry.name}")
        if entry.colour == RED:
            below = [self.entries[x].colour for x in (entry.left, entry.right) if x != NOBODY]
            self._must(RED not in below, f"red below red {entry.name}")
        if entry.kind == STREAM:
            self._stream(entry, f"{path}{entry.name}")
        else:
            self._must((entry.kind, entry.start, entry.size) == (STORAGE, 0, 0), f"storage {entry.name}")
            self._storage(entry.child, f"{path}{entry.name}/")
        return [*left, entry.name, *right], left_height + entry.colour

    def _stream(self, entry: Entry, path: str) -> None:
        self._must(entry.child == NOBODY, f"child of a stream {path}")
        small = entry.size < CUTOFF
        space, unit = (self.mini, 64) if small else (b"".join(self.sectors), 512)
        links, used = (self.mini_fat, self.mini_used) if small else (self.fat, self.used)
        numbers = list(self._chain(entry.start, links, path, used))
        self._must(len(numbers) == -(-entry.size // unit), f"length of the chain of {path}")
        content = b"".join(space[number * unit : (number + 1) * unit] for number in numbers)
        self._must(not any(content[entry.size :]), f"padding of {path}")
        self.streams[path] = content[: entry.size]

    def _leftovers(self, root: Entry) -> None:
        """Nothing is lost and nothing lies about."""
        self._must(self.reached == {n for n, x in enumerate(self.entries) if x.kind}, "every entry is reached")
        self._must({n for n, x in enumerate(self.fat) if x != FREE} == set(self.used), "every sector has an owner")
        mini = {n for n, x in enumerate(self.mini_fat) if x != FREE}
        self._must(mini == set(self.mini_used), "every mini sector has an owner")
        self._must(len(self.mini_used) * 64 == root.size, "the mini stream is full")
