"""Rebuild the fonts in xlreport/document/fonts from Debian's packages: python tools/fonts.py FOLDER.

FOLDER holds the unpacked packages (apt-get download, dpkg -x): fonts-noto-cjk, fonts-noto-cjk-extra, fonts-lxgw-wenkai,
fonts-liberation2 and unicode-data. The same packages and the same fontTools give the same bytes.
"""

from __future__ import annotations

import bz2
import shutil
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "xlreport" / "document" / "fonts"
SHARE = Path("usr/share")
NOTO = SHARE / "fonts/opentype/noto"
SC = 2  # the face of simplified Chinese in Noto's collections

# Every subset gets a name of our own: "LXGW" is a Reserved Font Name, and a subset must not pass for the whole font.
SUBSETS = {
    "XLReport Song": (NOTO / "NotoSerifCJK-Regular.ttc", SC),
    "XLReport Title": (NOTO / "NotoSerifCJK-Bold.ttc", SC),
    "XLReport Hei": (NOTO / "NotoSansCJK-Medium.ttc", SC),
    "XLReport Kai": (SHARE / "fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", -1),
}
WHOLE = SHARE / "fonts/truetype/liberation2/LiberationSerif-Regular.ttf"  # unmodified, so it keeps its name
RESERVED = {
    "XLReport Kai": 'with Reserved Font Names "霞鹜" and "LXGW"; changed, so it bears neither',
    "Liberation Serif": "with Reserved Font Names Arimo, Tinos, Cousine (Google), Liberation (Red Hat); not changed",
}

BLOCKS = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin-1, Latin Extended-A (pinyin)
    (0x1CD, 0x1DC),  # the rest of pinyin
    (0x2010, 0x2027),  # general punctuation
    (0x2030, 0x205E),
    (0x20A0, 0x218F),  # currency, letter-like, number forms
    (0x2190, 0x22FF),  # arrows, mathematical operators
    (0x2460, 0x24FF),  # enclosed numbers
    (0x25A0, 0x2612),  # shapes, boxes to tick
    (0x3000, 0x303F),  # CJK punctuation
    (0x3200, 0x33FF),  # enclosed CJK, units
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),  # full width
)

RARE = ((0x4E00, 0x9FFF), (0x20000, 0x2FFFF))
"""Ideographs that only the Song font carries, for all faces: GBK, and rarer ones that Noto draws. Names need them."""


def characters(unicode_data: Path) -> set[int]:
    """The blocks above, all of GB 2312, and the 8,105 characters of the 通用规范汉字表 (Unihan's kTGH)."""
    wanted = {code for first, last in BLOCKS for code in range(first, last + 1)}
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            wanted.update(map(ord, bytes((lead, trail)).decode("gb2312", "ignore")))
    with bz2.open(unicode_data / "Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines if line.startswith("U+"))
        wanted.update(int(row[0].removeprefix("U+"), base=16) for row in rows if row[1] == "kTGH")
    return wanted


def subset(source: Path, number: int, family: str, wanted: set[int]) -> TTFont:
    """One face cut down to `wanted`: no hints, no layout features (Typst spaces Chinese punctuation by itself)."""
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = [0, 5, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "gasp"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    postscript = family.replace(" ", "") + "-Regular"
    for id_, text in {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}.items():
        font["name"].setName(text, id_, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400  # the only weight of its family
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x21 | 0x40
    font["head"].macStyle = 0
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [postscript]
        top.topDictIndex[0].FullName = family
        top.topDictIndex[0].FamilyName = family
    return font


def licences(fonts: list[tuple[Path, str, TTFont]], copyright_file: Path) -> Iterator[str]:
    """The lines of OFL.txt: each font's origin and copyright, then the licence as a Debian package quotes it."""
    yield "The fonts in this folder are under the SIL Open Font License, Version 1.1, which follows.\n"
    for source, family, font in fonts:
        yield f"\n{family}: {'a subset of ' if family in SUBSETS else ''}{source.name}\n"
        yield from (f"  {line.strip()}\n" for line in str(font["name"].getDebugName(0)).splitlines())
        yield f"  {RESERVED.get(family, 'no Reserved Font Name')}\n"
    lines = copyright_file.read_text(encoding="utf-8").splitlines()
    start = len(lines) - lines[::-1].index("License: OFL-1.1")  # the last is the text, others refer to it
    yield "\n"
    for line in takewhile(lambda line: line.startswith(" "), lines[start:]):
        yield ("" if line == " ." else line[1:]) + "\n"


def main(folder: Path) -> None:
    wanted = characters(folder / SHARE / "unicode")
    TARGET.mkdir(parents=True, exist_ok=True)
    fonts = [(folder / WHOLE, "Liberation Serif", TTFont(folder / WHOLE))]
    shutil.copyfile(folder / WHOLE, TARGET / WHOLE.name)
    for family, (source, number) in SUBSETS.items():
        rare = {code for first, last in RARE for code in range(first, last + 1)} if family == "XLReport Song" else set()
        font = subset(folder / source, number, family, wanted | rare)
        target = TARGET / (family.replace(" ", "") + (".otf" if "CFF " in font else ".ttf"))
        font.save(target)
        fonts.append((folder / source, family, font))
        missing = "".join(map(chr, sorted(wanted - set(font.getBestCmap()))))
        print(f"{target.name}: {target.stat().st_size:,} bytes, lacks {len(missing)}: {missing[:80]}")
    text = "".join(licences(fonts, folder / SHARE / "doc/fonts-lxgw-wenkai/copyright"))
    (TARGET / "OFL.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
