"""How runs of a Word file look, as far as it changes what they say: hidden, struck out, or apart from the others.

What the document's defaults and the usual style of characters say of every run is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlreport.safe.xml import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HIDDEN, STRUCK, APART = "hidden", "struck", "apart"
"""Apart: raised, lowered or white, so no part of the number beside it."""
_MARKS = {"vanish": HIDDEN, "strike": STRUCK, "dstrike": STRUCK, "vertAlign": APART, "position": APART, "color": APART}
_TOGGLES = {"vanish", "strike"}
"""Both in the style of the paragraph and in that of the run, they undo each other (ISO/IEC 29500-1, 17.7.3)."""
_WHITE = {"background1", "light1"}
"""Colours of the theme."""
_DEEPEST = 32
"""Styles that are based on one another."""

Said = Mapping[str, bool]
"""Of the properties in _MARKS those that are told, and whether they are on."""


class Marks:
    """The styles of a document, by what they say of runs."""

    def __init__(self, styles: Any | None) -> None:
        """styles: the root of word/styles.xml, if there is one."""
        self._own: dict[str, tuple[str, Said]] = {}
        self._whole: dict[str, Said] = {}
        self._usual = ""
        for style in styles.iter(f"{W}style") if styles is not None else ():
            id_ = style.get(f"{W}styleId") or ""
            self._own[id_] = (value(style.find(f"{W}basedOn")), _said(style.find(f"{W}rPr")))
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._usual = id_

    def of(self, run: Any, paragraph: str) -> frozenset[str]:
        """HIDDEN, STRUCK, APART: what a run is, in a paragraph of that style ("": the usual one)."""
        properties = run.find(f"{W}rPr")
        direct, below = _said(properties), self._style(paragraph or self._usual)
        if properties is None and not below:
            return frozenset()
        above = self._style(value(properties.find(f"{W}rStyle"))) if properties is not None else {}
        return frozenset(mark for name, mark in _MARKS.items() if _is_on(name, direct, above, below))

    def _style(self, id_: str) -> Said:
        """What a style says, and those that it is based on."""
        if id_ not in self._whole:
            chain: list[str] = []
            at = id_
            while at in self._own and at not in chain and len(chain) < _DEEPEST:
                chain.append(at)
                at = self._own[at][0]
            self._whole[id_] = {name: on for one in reversed(chain) for name, on in self._own[one][1].items()}
        return self._whole[id_]


def _is_on(name: str, direct: Said, above: Said, below: Said) -> bool:
    if name in direct:
        return direct[name]
    if name in _TOGGLES:
        return above.get(name, False) != below.get(name, False)
    return above.get(name, below.get(name, False))


def _said(properties: Any | None) -> Said:
    if properties is None:
        return {}
    names = ((item, str(item.tag).removeprefix(W)) for item in properties)
    return {
        name: _is_white(item) if name == "color" else is_on(item, f"{W}val") for item, name in names if name in _MARKS
    }


def _is_white(color: Any) -> bool:
    theme = color.get(f"{W}themeColor") in _WHITE and color.get(f"{W}themeShade") is None
    return theme or value(color).upper() == "FFFFFF"


def value(element: Any | None) -> str:
    """What an element of Word says, "" where it is not there or says nothing."""
    return "" if element is None else element.get(f"{W}val") or ""
