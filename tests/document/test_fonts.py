"""The fonts of the final document."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from xlreport.document import fontfiles, fonts
from xlreport.document.cmap import covered
from xlreport.document.fontfiles import BUNDLED, HOME
from xlreport.document.fonts import find_fonts
from xlreport.document.pdf import faces_used
from xlreport.document.profile import load_profile
from xlreport.errors import InputError
from xlreport.messages import LANGUAGES

CHINESE = [name for face, name in BUNDLED.items() if face != "latin"]
linux = pytest.mark.skipif(sys.platform != "linux", reason="puts a font where Linux looks for a user's own")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No test sees the fonts that another found."""
    for cached in (fonts._find, fonts._reserves):
        cached.cache_clear()
    yield
    for cached in (fonts._find, fonts._reserves):
        cached.cache_clear()


@pytest.fixture
def own_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's own fonts, on a machine that has no others."""
    monkeypatch.delenv("XLREPORT_FONTS", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    folders = list(fontfiles._folders())
    monkeypatch.setattr(fontfiles, "_folders", lambda: iter(folders[:1]))
    folders[0][0].mkdir(parents=True)
    return folders[0][0]


def make_font(path: Path, family: str, characters: str) -> None:
    """A font that draws each of `characters` as A."""
    with TTFont(HOME / BUNDLED["latin"]) as font:
        for id_ in (1, 4, 6):
            font["name"].setName(family, id_, 3, 1, 0x409)
            font["name"].setName(family, id_, 1, 0, 0)
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = dict.fromkeys(map(ord, characters), "A")
        font["cmap"].tables = [table]
        font.save(path)


@pytest.mark.parametrize("name", CHINESE)
def test_characters(name: str) -> None:
    """Every Chinese font that we ship has all of GB 2312, characters of names, and the signs that reports use."""
    codes = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    ideographs = "".join(code.decode("gb2312", "ignore") for code in codes)
    assert len(ideographs) == 6763
    wanted = set(
        map(ord, ideographs + "镕喆堃祎珺垚淼淏" + "㎡①⑩℃‰×÷≥√×—…“”‘’《》〈〉【】〔〕、。，；：？！（）％　·〇№Ⅻ")
    )
    assert covered(HOME / name, 0, wanted) == wanted


def test_rare_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our fonts together have all ideographs of GBK, and 𠮷."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    assert find_fonts().missing("".join(map(chr, range(0x4E00, 0x9FA6))) + "𠮷昇峯") == ""


@linux
def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home has the fonts of the machine."""
    monkeypatch.setenv("HOME", "~")  # what a container's nameless user is left with
    assert isinstance(fontfiles.system_files(), dict)


@linux
def test_nowhere_to_write(own_fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary folder can be made, the bundled fonts serve."""
    make_font(own_fonts / "仿宋.ttf", "FangSong", "局")

    def refuse(**_: str) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(fonts, "mkdtemp", refuse)
    assert all(font.path.parent == HOME for font in find_fonts().faces.values())


def test_licences() -> None:
    """Beside the fonts stands their licence with every copyright; a changed font bears no reserved name."""
    text = (HOME / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert all(reserved in text for reserved in ("霞鹜", "LXGW", "Arimo", "Tinos", "Cousine", "Liberation (Red Hat)"))
    for name in set(BUNDLED.values()):
        with TTFont(HOME / name, lazy=True) as font:
            names = {record.nameID: str(record) for record in font["name"].names}
        assert all(line.strip() in text for line in names[0].splitlines())
        assert names[1] in text
        assert "OFL" in names[14]
        if name != BUNDLED["latin"]:
            assert not any(word in names[id_] for id_ in (1, 4, 6) for word in ("LXGW", "霞鹜", "Noto", "Liberation"))


def test_size() -> None:
    """The fonts are the largest part of the package, and stay below 18.5 MB."""
    assert sum(path.stat().st_size for path in HOME.iterdir()) < 18_500_000


def test_bundled_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """XLREPORT_FONTS=bundled keeps the machine's fonts out."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    monkeypatch.setattr(fonts, "system_files", lambda: pytest.fail("looked at the machine's fonts"))
    found = find_fonts()
    assert {font.path.parent for font in found.fonts} == {HOME}
    assert set(found.faces) == set(BUNDLED)


@linux
def test_own_font_first(own_fonts: Path) -> None:
    """A 仿宋 of the machine is the body's, whatever the case of its file's name; ours steps in for what it lacks."""
    make_font(own_fonts / "SimFang.TTF", "FangSong", "公文")
    found = find_fonts()
    assert found.families("body")[:2] == ("FangSong", "XLReport Song")
    assert found.faces["kai"].path.parent == HOME
    assert found.missing("公文及其他") == ""
    assert "FangSong" in found.report({"body": ["body"]})[0]


@linux
def test_best_of_several(own_fonts: Path) -> None:
    """仿宋_GB2312 goes before 华文仿宋."""
    make_font(own_fonts / "STFANGSO.TTF", "STFangsong", "公")
    make_font(own_fonts / "仿宋_GB2312.ttf", "FangSong_GB2312", "公")
    assert find_fonts().faces["body"].family == "FangSong_GB2312"


@linux
def test_broken_font(own_fonts: Path) -> None:
    """A font file that is none is passed over."""
    (own_fonts / "simfang.ttf").write_bytes(b"not a font")
    assert find_fonts().faces["body"].family == "XLReport Song"


@linux
def test_reserve(own_fonts: Path) -> None:
    """A character that no usual font has is taken from the machine's font of rare ones, opened only then."""
    make_font(own_fonts / "simsunb.ttf", "SimSun-ExtB", "\U00030000")
    found = find_fonts()
    assert found.covering("公文") is found
    assert found.covering("公\U00030000文").families("body")[-1] == "SimSun-ExtB"


def test_missing_character(monkeypatch: pytest.MonkeyPatch) -> None:
    """A character that no font has is an error that names it and its place, never a box."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    with pytest.raises(InputError) as raised:
        find_fonts().covering("上一段\n负责人为\U00030000某某🙂\n下一段")
    assert raised.value.key == "document.fonts.missing"
    for language in LANGUAGES:
        assert "U+30000" in raised.value.tell(language)
        assert "U+1F642" in raised.value.tell(language)
        assert "“负责人为\U00030000某某🙂”" in raised.value.tell(language)


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\x85", "\u200b", "\u2028", "\ufeff", "\U000e0041"])
def test_control_character(character: str) -> None:
    """What leaves no mark on paper is refused by its number, also where a font has a glyph for it."""
    with pytest.raises(InputError) as raised:
        find_fonts().covering(f"公文{character}处理")
    assert raised.value.key == "document.fonts.control"
    assert f"U+{ord(character):04X}" in str(raised.value)
    assert "公文处理" in str(raised.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_report(language: str) -> None:
    """Each face has a line that names its font."""
    found = find_fonts()
    lines = found.report(faces_used(load_profile("official")), language)
    assert len(lines) == len(BUNDLED)
    assert all(font.family in line for font, line in zip(found.faces.values(), lines, strict=True))
    assert len(set(lines)) == len(lines)


def test_report_of_a_profile() -> None:
    """Only faces that the profile prints something in have a line, which says what."""
    plain = load_profile("plain")
    lines = [line.partition("：")[0] for line in find_fonts().report(faces_used(plain))]
    assert sorted(lines) == ["二级标题、正文、表格、页码（宋体）", "数字和字母（西文）", "标题、一级标题（黑体）"]
    bare = replace(plain, faces=("kai",) * 5, number="none")
    assert set(faces_used(bare)) == {"kai", "latin"}
    assert set(faces_used(bare, summary=True)) == {"kai", "hei", "song", "latin"}


@linux
def test_links_leave_nothing(own_fonts: Path, tmp_path: Path) -> None:
    """The folder of links to the machine's fonts ends with the process; the fonts stay."""
    make_font(own_fonts / "simfang.ttf", "FangSong", "公")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    code = "from xlreport.document.fonts import find_fonts; print(find_fonts().faces['body'].family)"
    environment = {**os.environ, "TMPDIR": str(temporary), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "FangSong\n"
    assert list(temporary.iterdir()) == []
    assert [path.name for path in own_fonts.iterdir()] == ["simfang.ttf"]
