"""The faces of an official document: 仿宋, 楷体, 黑体, 小标宋 of the machine where it has them, else the bundled ones.

`XLREPORT_FONTS=bundled` keeps to the bundled fonts, so that the same report gives the same bytes on every machine.
"""

from __future__ import annotations

import atexit
import os
import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlreport.document.cmap import covered
from xlreport.document.fontfiles import BUNDLED, HOME, RESERVES, SYSTEM, system_files
from xlreport.errors import InputError, ProgramError
from xlreport.messages import say

if TYPE_CHECKING:
    import typst

_UNPRINTABLE = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
"""Unicode categories that leave no mark on paper, or a box. FandolFang maps U+0001 to a glyph."""

_BLANK = " \t\n"


@dataclass(frozen=True, slots=True)
class Font:
    """One face of a font file; `family` as Typst calls it."""

    family: str
    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class FontSet:
    """The font of each face (body, kai, hei, title, song, latin), and all fonts in the order in which they step in."""

    faces: Mapping[str, Font]
    fonts: tuple[Font, ...]

    def families(self, face: str) -> tuple[str, ...]:
        """The families of a face, first choice first; every other font may step in for a single character."""
        first = self.faces[face].family
        return first, *(font.family for font in self.fonts if font.family != first)

    def missing(self, text: str) -> str:
        """The characters of `text` that no font has, in code order."""
        codes = {ord(character) for character in text if character not in _BLANK}
        for font in self.fonts:
            if codes:
                codes -= covered(font.path, font.index, codes)
        return "".join(map(chr, sorted(codes)))

    def covering(self, text: str) -> FontSet:
        """This set, with the machine's fonts of rare characters where `text` needs one.

        Raises InputError, which names the character and the words around it, when none has it.
        """
        for character in sorted(set(text)):
            if character not in _BLANK and unicodedata.category(character) in _UNPRINTABLE:
                raise InputError("document.fonts.control", code=_code(character), near=_near(text, character))
        missing = self.missing(text)
        if not missing:
            return self
        known = {font.path for font in self.fonts}
        reserves = () if _bundled_only() else tuple(font for font in _reserves() if font.path not in known)
        wider = replace(self, fonts=self.fonts + reserves)
        missing = wider.missing(missing)
        if missing:
            named = "、".join(f"“{character}”（{_code(character)}）" for character in missing[:10])
            raise InputError("document.fonts.missing", characters=named, near=_near(text, missing[0]))
        return wider

    def report(self, uses: Mapping[str, Sequence[str]], language: str = "zh") -> tuple[str, ...]:
        """One line for each face of `uses`, which names what is printed in it: its font, and where that came from."""
        return tuple(
            say(
                "document.fonts.bundled" if font.path.parent == HOME else "document.fonts.found",
                language,
                face=_used(face, uses[face], language),
                family=font.family,
                path=font.path,
            )
            for face, font in self.faces.items()
            if face in uses
        )


def _used(face: str, parts: Sequence[str], language: str) -> str:
    """标题、一级标题（黑体）."""
    named = say("document.fonts.joint", language).join(say(f"document.fonts.part.{part}", language) for part in parts)
    name = say(f"document.fonts.face.{face}", language)
    return say("document.fonts.used", language, parts=named, face=name)


def find_fonts() -> FontSet:
    """The fonts of this machine for an official document. Raises ProgramError when the bundled ones are gone."""
    return _find(_bundled_only())


def open_fonts(paths: Iterable[Path]) -> typst.Fonts:
    """The bundled fonts and those of `paths`, for Typst; opened once a process."""
    return _open(tuple(sorted(path for path in set(paths) if path.parent != HOME)))[0]


def _bundled_only() -> bool:
    return os.environ.get("XLREPORT_FONTS") == "bundled"


@cache
def _find(bundled_only: bool) -> FontSet:
    files = {} if bundled_only else system_files()
    wanted = {
        face: next((files[n] for n in SYSTEM.get(face, ()) if n in files), HOME / BUNDLED[face]) for face in BUNDLED
    }
    usable = _fonts(wanted.values())
    try:
        faces = {face: usable.get((path, 0)) or usable[HOME / BUNDLED[face], 0] for face, path in wanted.items()}
        light = (
            *(faces[face] for face in ("body", "song", "kai")),
            *(usable[HOME / BUNDLED[f], 0] for f in ("song", "kai")),
        )
        fonts = (*light, *faces.values(), *(usable[HOME / name, 0] for name in BUNDLED.values()))
    except KeyError as error:
        raise ProgramError("document.fonts.bundle", path=error.args[0][0]) from None
    return FontSet(MappingProxyType(faces), tuple(dict.fromkeys(fonts)))


@cache
def _reserves() -> tuple[Font, ...]:
    files = system_files()
    wanted = [(files[name], index) for name, index in RESERVES if name in files]
    usable = _fonts(path for path, _ in wanted)
    return tuple(usable[place] for place in wanted if place in usable)


def _fonts(paths: Iterable[Path]) -> dict[tuple[Path, int], Font]:
    """The faces that Typst can use, by file and index, in the bundled fonts and `paths`."""
    opened, originals = _open(tuple(sorted(path for path in set(paths) if path.parent != HOME)))
    found = {}
    for info in opened.fonts():
        seen = Path(info.path or "")
        path = originals.get(seen.name, seen)
        found[path, info.index] = Font(info.family, path, info.index)
    return found


@cache
def _open(paths: tuple[Path, ...]) -> tuple[typst.Fonts, Mapping[str, Path]]:
    """Typst's fonts, and the file each link stands for: Typst reads whole folders, so one of links is made for it.

    Where there is no place for such a folder, the bundled fonts are all there is.
    """
    import typst  # 6 ms that most commands do not need

    if not paths:
        return typst.Fonts(False, False, [str(HOME)]), {}
    try:
        folder = mkdtemp(prefix="xlreport-fonts-")
    except OSError:
        return typst.Fonts(False, False, [str(HOME)]), {}
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    originals = {f"{number}{path.suffix}": path for number, path in enumerate(paths)}
    for name, path in originals.items():
        _link(path, Path(folder, name))
    return typst.Fonts(False, False, [str(HOME), folder]), originals


def _link(source: Path, target: Path) -> None:
    """A link, or a copy where the system allows none (Windows without developer mode)."""
    try:
        target.symlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _near(text: str, character: str) -> str:
    """The words around the first `character`, of its own line, without what cannot be printed."""
    before, _, after = text.partition(character)
    words = before[-8:].rpartition("\n")[2] + character + after[:8].partition("\n")[0]
    return "".join(c for c in words if unicodedata.category(c) not in _UNPRINTABLE)
