"""Compound files."""

from __future__ import annotations

from io import BytesIO

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.host.excel.checker import check
from xlreport.host.excel.cfb import Storage, compound_file

NAMES = st.text("abcXYZ_0123456789", min_size=1, max_size=31)
SIZES = st.one_of(st.integers(0, 200), st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000]))


def unlike(names: list[str]) -> list[str]:
    """Without those that differ only in letter case."""
    return list({name.upper(): name for name in names}.values())


@st.composite
def trees(draw: st.DrawFn) -> Storage:
    def level(depth: int) -> Storage:
        tree: dict[str, bytes | Storage] = {}
        for number, name in enumerate(unlike(draw(st.lists(NAMES, max_size=12)))):
            if depth and draw(st.booleans()):
                tree[name] = level(depth - 1)
            else:
                tree[name] = bytes([number + 1]) * draw(SIZES)
        return tree

    return level(2)


def flat(tree: Storage, path: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in tree.items():
        found |= {f"{path}{name}": content} if isinstance(content, bytes) else flat(content, f"{path}{name}/")
    return found


@given(trees())
def test_no_defect(tree):
    """Whatever it holds, the checker finds no defect and reads back every stream, and so does olefile."""
    data = compound_file(tree)
    streams, defects = check(data)
    assert defects == []
    assert streams == flat(tree)
    with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_POTENTIAL) as file:
        for path, content in flat(tree).items():
            assert file.openstream(path).read() == content


@pytest.mark.parametrize("count", range(1, 40))
def test_the_tree_is_red_and_black(count):
    """For any number of streams the tree keeps its colours and order, which Windows' own reader relies on."""
    tree = {f"s{n}": b"x" for n in range(count)}
    assert check(compound_file(tree)) == (tree, [])


def test_a_larger_file_has_more_fat_sectors():
    """A megabyte needs seventeen FAT sectors, which tell of themselves too."""
    tree = {"large": bytes(range(256)) * 4096, "small": b"x"}
    assert check(compound_file(tree)) == (tree, [])


@pytest.mark.parametrize("at", [8, 24, 44, 48, 60, 76, 512, 1024])
def test_the_checker_sees_a_wrong_byte(at):
    """The checker is not blind: other header fields, tables and entries are defects, or other streams."""
    tree: Storage = {"VBA": {"dir": b"a" * 100, "Module": b"b" * 5000}, "PROJECT": b"c" * 700}
    data = bytearray(compound_file(tree))
    assert check(bytes(data)) == (flat(tree), [])
    data[at] ^= 0x41
    streams, defects = check(bytes(data))
    assert defects or streams != flat(tree)
