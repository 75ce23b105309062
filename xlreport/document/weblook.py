"""A profile as the style sheet of a web page: on screen the face of the title, on paper all as in the PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markupsafe import Markup

from xlreport.document.profile import PARTS, POINT, Profile
from xlreport.safe.jinja import environment

_HOME = Path(__file__).with_name("web")
_FACES = {
    "body": 'Digits, "仿宋_GB2312", FangSong, "仿宋", STFangsong, serif',
    "kai": 'Digits, "楷体_GB2312", KaiTi, "楷体", STKaiti, serif',
    "hei": '"黑体", SimHei, "Heiti SC", sans-serif',
    "title": '"方正小标宋简体", SimSun, serif',
    "song": 'Digits, SimSun, "宋体", "Songti SC", serif',
}
"""What offices have, and what Macs have instead; Digits is Times New Roman without its quotes and dashes."""
_SANS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
_SERIF = '"Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif'
_PLACES = {
    "outside": ((":right", "right", "bottom"), (":left", "left", "top")),
    "centre": (("", "center", "middle"),),
    "none": (),
}
"""Which pages, where their numbers stand, and where on a turned sheet."""


@cache
def style_sheet(profile: Profile) -> Markup:
    """The whole style sheet: for the screen, and for paper."""
    title, body, note = profile.sizes
    look = {
        "screen": _SANS if profile.faces[0] == "hei" else _SERIF,
        "faces": {part: _FACES[face] for part, face in zip(PARTS, profile.faces, strict=True)},
        "song": _FACES["song"].removeprefix("Digits, "),
        "margins": profile.margins,
        "places": _PLACES[profile.number],
        "number_size": min(14, body - 2),
        "title": title,
        "title_line": _points(max(profile.pitch, 1.3 * title)),
        "body": body,
        "note": note,
        "pitch": _points(profile.pitch),
        "picture": _points(min(185, profile.picture * POINT)),
        "tracking": _points(profile.cell - body),
    }
    sheets = environment(_HOME, escape=False)
    parts = [sheets.get_template(name).render(look=look) for name in ("page.css", "print.css")]
    return Markup("".join(parts))  # noqa: S704 - numbers within bounds, and words of ours


def _points(value: float) -> float:
    return round(value, 4)
