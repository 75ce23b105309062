"""How a document looks, as data: `profiles/*.toml`, or a user's own file of the same keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from xlreport.document.dress import TABLE3
from xlreport.document.titles import wordings
from xlreport.errors import DataError, reason
from xlreport.toml import read_toml

HOME = Path(__file__).with_name("profiles")
PROFILES = ("official", "plain")
FACES = ("body", "kai", "hei", "title", "song")
NUMBERS = ("outside", "centre", "none")
SIZES = ("title", "body", "note")
PARTS = ("title", "heading", "subheading", "body", "table")
SHEET = (210.0, 297.0)
"""A4, millimetres."""
POINT = 25.4 / 72


class Margins(NamedTuple):
    """Millimetres of white round the text."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Margins in millimetres, sizes in points in the order of SIZES, faces in that of PARTS.

    `title`: how it is worded (titles.py). `table3`: how its page is turned.
    """

    title: str
    margins: Margins
    lines: int
    characters: int
    number: str
    table3: str
    sizes: tuple[float, ...]
    faces: tuple[str, ...]

    @property
    def width(self) -> float:
        """Of the text, in points."""
        return (SHEET[0] - self.margins.left - self.margins.right) / POINT

    @property
    def height(self) -> float:
        """Of the text, in points."""
        return (SHEET[1] - self.margins.top - self.margins.bottom) / POINT

    @property
    def pitch(self) -> float:
        """Points from line to line."""
        return self.height / self.lines

    @property
    def picture(self) -> float:
        """Points of height for the picture of the year, between its head and its foot (official.typ)."""
        return self.height - 3.7 * self.pitch - 4

    @property
    def cell(self) -> float:
        """Points from character to character."""
        return self.width / self.characters


def load_profile(name: str | Path) -> Profile:
    """One of PROFILES, or a file, which needs to say only what it wants otherwise than its `base`, by default official.

    Raises DataError, which names the key that is unknown or out of bounds.
    """
    return _own(name) if name in PROFILES else _strangers(Path(name))


@cache
def _own(name: str) -> Profile:
    return _profile({"base": name})


def _strangers(path: Path) -> Profile:
    import tomllib

    try:
        content = path.read_bytes()[:65_536].decode("utf-8-sig")
        return _profile(tomllib.loads(content))
    except FileNotFoundError:
        raise DataError("profile.missing", path=path, names="、".join(PROFILES)) from None
    except OSError as error:
        raise DataError("files.unreadable", path=path, reason=reason(error)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError("profile.syntax", path=path, reason=error) from None
    except DataError as error:
        error.source = str(path)
        raise


_KEYS = {
    "": {"base", "title", "page", "sizes", "faces"},
    "page": {"margins", "lines", "characters", "number", "table3"},
    "sizes": set(SIZES),
    "faces": set(PARTS),
}


def _profile(data: dict[str, Any]) -> Profile:
    base = read_toml(HOME / f"{_one_of(data.get('base', 'official'), 'base', *PROFILES)}.toml")
    for table, keys in _KEYS.items():
        part = data.get(table, {}) if table else data
        if not isinstance(part, dict):
            raise DataError("profile.table", entry=table)
        for key in sorted(part.keys() - keys):
            raise DataError("profile.unknown", entry=f"{table}.{key}".lstrip("."))
    page, sizes, faces = (base[table] | data.get(table, {}) for table in ("page", "sizes", "faces"))
    margins = page["margins"]
    if not isinstance(margins, list) or len(margins) != len(Margins._fields):
        raise DataError("profile.margins")
    profile = Profile(
        title=_title(data.get("title", base["title"])),
        margins=Margins(*(_number(margin, "page.margins", 10, 80) for margin in margins)),
        lines=int(_number(page["lines"], "page.lines", 10, 60, whole=True)),
        characters=int(_number(page["characters"], "page.characters", 12, 60, whole=True)),
        number=_one_of(page["number"], "page.number", *NUMBERS),
        table3=_one_of(page["table3"], "page.table3", *TABLE3),
        sizes=tuple(_number(sizes[key], f"sizes.{key}", 9, 42) for key in SIZES),
        faces=tuple(_one_of(faces[key], f"faces.{key}", *FACES) for key in PARTS),
    )
    if profile.sizes[1] > min(profile.pitch / 1.15, profile.cell * 1.05):  # lines or characters would overlap
        raise DataError("profile.tight", lines=profile.lines, characters=profile.characters, size=profile.sizes[1])
    return profile


def _number(value: object, key: str, least: float, most: float, *, whole: bool = False) -> float:
    kinds = int if whole else int | float
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:
        raise DataError("profile.whole" if whole else "profile.number", entry=key, least=least, most=most)
    return value


def _title(value: object) -> str:
    """A word that is neither the name of a wording nor a title is a slip, and so is a place for anything else."""
    if not isinstance(value, str) or (value and value not in wordings() and "报告" not in value):
        raise DataError("profile.title", names="、".join(wordings()))
    if re.search("[{}]", re.sub(r"\{(?:agency|year)\}", "", value)):
        raise DataError("profile.braces", title=value)
    return value


def _one_of(value: object, key: str, *choices: str) -> str:
    if not isinstance(value, str) or value not in choices:
        raise DataError("profile.choice", entry=key, choices="、".join(choices))
    return value
