"""The characters of a font file."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from xlreport.document.cmap import covered
from xlreport.document.fontfiles import BUNDLED, HOME


@pytest.mark.parametrize("name", sorted(set(BUNDLED.values())))
def test_same_as_fonttools(name: str) -> None:
    """Every code point of a bundled font is found, and no other; fontTools is the judge."""
    with TTFont(HOME / name, lazy=True) as font:
        expected = set(font.getBestCmap())
    assert covered(HOME / name, 0, range(0x30000)) == expected


def test_unmapped_is_missing(tmp_path: Path) -> None:
    """A code point that is mapped to .notdef counts as missing."""
    with TTFont(HOME / BUNDLED["latin"]) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord("A")] = ".notdef"
        font.save(tmp_path / "font.ttf")
    assert covered(tmp_path / "font.ttf", 0, map(ord, "AB")) == {ord("B")}


def test_face_of_a_collection(tmp_path: Path) -> None:
    """Each face of a collection has characters of its own."""
    both = TTCollection()
    with TTFont(HOME / BUNDLED["latin"]) as latin, TTFont(HOME / BUNDLED["kai"]) as kai:
        both.fonts = [latin, kai]
        both.save(tmp_path / "both.ttc")
    assert covered(tmp_path / "both.ttc", 0, list(map(ord, "A国"))) == {ord("A")}
    assert covered(tmp_path / "both.ttc", 1, list(map(ord, "A国"))) == {ord("A"), ord("国")}
