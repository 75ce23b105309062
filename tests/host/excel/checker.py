"""A checker of compound files, independent of our writer: what [MS-CFB] says must hold of FAT, mini FAT and tree."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

FREE, END, FAT, DIFAT, LAST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFA
NOBODY = 0xFFFFFFFF


class Entry(NamedTuple):
    name: str
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Checked(NamedTuple):
    """What the file says it holds, by path, and what is wrong with it."""

    streams: dict[str, bytes]
    defects: list[str]


def check(data: bytes) -> Checked:
    """Look at everything in `data`; what is too wrong to go on is a defect too."""
    try:
        return _check(data)
    except (IndexError, struct.error, UnicodeError) as error:
        return Checked({}, [f"broken: {error}"])


def _check(data: bytes) -> Checked:
    defects: list[str] = []

    def must(condition: object, defect: str) -> None:
        if not condition:
            defects.append(defect)

    must(data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "signature")
    must(not any(data[8:24]), "class id of the header")
    minor, major, order, shift, mini_shift = struct.unpack_from("<5H", data, 24)
    must((minor, major, order, shift, mini_shift) == (0x3E, 3, 0xFFFE, 9, 6), "versions and sector sizes")
    must(not any(data[34:40]), "reserved")
    n_dir, n_fat, first_dir, transaction, cutoff, first_mini, n_mini, first_difat, n_difat = struct.unpack_from("<9I", data, 40)
    must((n_dir, transaction, cutoff, first_difat, n_difat) == (0, 0, 4096, END, 0), "header fields")
    must(len(data) % 512 == 0, "whole sectors")
    sectors = [data[at : at + 512] for at in range(512, len(data), 512)]
    table = struct.unpack_from("<109I", data, 76)
    must(all(x < len(sectors) for x in table[:n_fat]) and set(table[n_fat:]) <= {FREE}, "list of FAT sectors")
    fat = [x for number in table[:n_fat] for x in struct.unpack("<128I", sectors[number])]
    must(len(fat) >= len(sectors), "FAT covers all sectors")
    must(all(fat[number] == FAT for number in table[:n_fat]), "FAT marks itself")
    must(set(fat[len(sectors) :]) <= {FREE}, "FAT is free beyond the file")
    used: dict[int, str] = dict.fromkeys(table[:n_fat], "FAT")

    def chain(start: int, links: list[int], owner: str, taken: dict[int, str]) -> Iterator[int]:
        while start != END:
            if start >= len(links) or start in taken:
                defects.append(f"chain of {owner} at {start}: {taken.get(start, 'outside')}")
                return
            taken[start] = owner
            yield start
            start = links[start]

    directory = b"".join(sectors[x] for x in chain(first_dir, fat, "directory", used))
    mini_table = b"".join(sectors[x] for x in chain(first_mini, fat, "mini FAT", used))
    must(len(mini_table) == 512 * n_mini, "number of mini FAT sectors")
    mini_fat = list(struct.unpack(f"<{len(mini_table) // 4}I", mini_table))
    entries = []
    for at in range(0, len(directory), 128):
        name, length, kind, colour, *links = struct.unpack_from("<64sHBBIII", directory, at)
        start, size = struct.unpack_from("<IQ", directory, at + 116)
        must(not any(directory[at + 80 : at + 116]), "class id, state and times are zero")
        must(kind in (0, 1, 2, 5), "kind of entry")
        must(kind == 0 or (length >= 4 and length % 2 == 0 and not any(name[length - 2 :])), "name ends in zeros")
        must(kind != 0 or (links == [NOBODY] * 3 and length == 0 and not any(name) and (start, size) == (0, 0)), "vacant entry")
        entries.append(Entry(name[: max(length - 2, 0)].decode("utf-16-le"), kind, colour, *links, start, size))
    root = entries[0]
    must((root.name, root.kind, root.left, root.right) == ("Root Entry", 5, NOBODY, NOBODY), "root entry")
    mini = b"".join(sectors[x] for x in chain(root.start, fat, "mini stream", used))
    must(root.size % 64 == 0 and root.size <= len(mini) < root.size + 512, "size of the mini stream")
    mini_used: dict[int, str] = {}
    streams: dict[str, bytes] = {}
    reached = {0}

    def walk(number: int, path: str) -> tuple[list[str], int]:
        """Names in order and black height below; every rule of a red-black tree on the way."""
        if number == NOBODY:
            return [], 1
        if number >= len(entries) or number in reached:
            defects.append(f"tree of {path}: entry {number}")
            return [], 1
        reached.add(number)
        entry = entries[number]
        left, left_height = walk(entry.left, path)
        right, right_height = walk(entry.right, path)
        must(left_height == right_height, f"black height at {entry.name}")
        for below in (entry.left, entry.right):
            must(entry.colour == 1 or below == NOBODY or entries[below].colour == 1, f"red below red {entry.name}")
        whole = f"{path}{entry.name}"
        if entry.kind == 2:
            must(entry.child == NOBODY, f"child of a stream {whole}")
            small = entry.size < cutoff
            space, unit = (mini, 64) if small else (b"".join(sectors), 512)
            links, taken = (mini_fat, mini_used) if small else (fat, used)
            numbers = list(chain(entry.start, links, whole, taken))
            must(len(numbers) == -(-entry.size // unit), f"length of the chain of {whole}")
            content = b"".join(space[x * unit : (x + 1) * unit] for x in numbers)
            must(not any(content[entry.size :]), f"padding of {whole}")
            streams[whole] = content[: entry.size]
        else:
            must((entry.kind, entry.start, entry.size) == (1, 0, 0), f"storage {whole}")
            descend(entry.child, f"{whole}/")
        return [*left, entry.name, *right], left_height + entry.colour

    def descend(child: int, path: str) -> None:
        must(child == NOBODY or entries[child].colour == 1, f"root of the tree of {path} is black")
        names, _ = walk(child, path)
        keys = [(len(name), name.upper()) for name in names]
        must(all(a < b for a, b in pairwise(keys)), f"order in {path}: {names}")

    descend(root.child, "")
    must(reached == {n for n, entry in enumerate(entries) if entry.kind}, "every entry is reached")
    must({n for n, x in enumerate(fat) if x != FREE} == set(used), "every used sector belongs to something")
    must({n for n, x in enumerate(mini_fat) if x != FREE} == set(mini_used), "every used mini sector belongs to something")
    must(len(mini_used) * 64 == root.size, "the mini stream is full")
    return Checked(streams, defects)
