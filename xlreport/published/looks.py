"""What styles do to the words of a page, said in its markup, so that who reads on need not know of styles.

White words beside others are APART from them; white words alone are read: on a dark ground they are common.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from xlreport.finding import struck
from xlreport.published.css import Styles

GONE, APART = "template", "apart"
"""What an element becomes that takes no place; one whose words are no part of the number beside them."""
PERHAPS = "perhaps-hidden"
"""The attribute of an element in a table of which nobody knows whether its words are seen."""
_WHOLE = {"html", "body"}
"""Never hidden: pages that fade in begin so."""
_ZERO = re.compile(r"[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?")
_RELATIVE = re.compile(r".*(?:(?<!r)em|%)|smaller|larger|inherit|unset", re.DOTALL)
_RAISED = re.compile(r"super|sub|text-top|text-bottom|[+-]?[\d.]+(?:[a-z]+|%)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What a page may hold and no tree takes."""
_UNSEEN = re.compile(r"#?f{3,8}|#[\da-f]{3}0|#[\da-f]{6}00|white|transparent")
_PARTS = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)%?")
_ODD = {
    "clip": re.compile(r"(?!auto).+"),
    "clip-path": re.compile(r"(?!none).+"),
    "transform": re.compile(r"(?!none).+"),
    "zoom": _ZERO,
    "content-visibility": re.compile("hidden"),
    "mso-hide": re.compile("all"),
    "mso-text-raise": re.compile(r".*[1-9].*"),
}
"""White, cut off, moved: nobody can say here whether it is seen."""
_CLASSES = {"sr-only", "visually-hidden", "hidden", "hide"}
"""That hide, by the names that common style sheets give them."""
_INLINE = {"inline", "contents", "ruby", "inherit", "initial", "unset", "revert", ""}


class Look(NamedTuple):
    """What an element hands down: hidden, without size, without colour, struck out."""

    hidden: bool = False
    tiny: bool = False
    clear: bool = False
    struck: bool = False

    def words(self, text: str | None) -> str | None:
        """Words as they show; a space where they do not."""
        if text is None or self.hidden or self.tiny or self.clear:
            return text and " "
        return struck(_FORBIDDEN.sub("", text))


def show_looks(root: Any, inline: Collection[str]) -> None:
    """Change a page to what it shows: what is hidden is GONE or blank, digits struck out are marked as such.

    inline: the elements that stand within a line, of which some become APART, others blocks. Raises UnsafeError.
    """
    from lxml import etree

    styles = Styles((e.get("media") or "", e.text or "") for e in root.iter("style"))
    looks = [Look()]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            looks.pop()
            if any(looks[-1]):
                element.tail = looks[-1].words(element.tail)
            continue
        style, perhaps = styles.of(element)
        if element.tag == "font" and element.get("color"):
            style = {"color": element.get("color").strip().lower(), **style}
        if element.tag not in _WHOLE and _is_gone(element, style):
            element.tag = GONE
        if element.tag in ("script", "style", GONE):
            looks.append(looks[-1])
            walk.skip_subtree()
            continue
        looks.append(_look(element.tag, style, looks[-1]) if style or element.tag in ("s", "strike") else looks[-1])
        if any(looks[-1]):
            element.text = looks[-1].words(element.text)
        marked = _is_marked(element)
        if marked or any(_hides(element.tag, one) for one in perhaps):
            element.set(PERHAPS, "")
        if element.tag in inline:
            odd = marked or any(_is_odd(element.tag, one) for one in perhaps)
            element.tag = APART if odd else _tag(element.tag, style) if style else element.tag


def _is_gone(element: Any, style: Mapping[str, str]) -> bool:
    return style.get("display", "none" if element.get("hidden") is not None else "") == "none"


def _is_marked(element: Any) -> bool:
    """Whether its own words say that it may be hidden."""
    classes = element.get("class")
    return element.get("aria-hidden") == "true" or bool(classes and not _CLASSES.isdisjoint(classes.split()))


def _is_odd(tag: str, style: Mapping[str, str]) -> bool:
    """Whether a style hides or moves."""
    return _hides(tag, style) or _tag(tag, style) != tag


def _hides(tag: str, style: Mapping[str, str]) -> bool:
    """Whether a style hides or strikes out."""
    return style.get("display") == "none" or any(_look(tag, style, Look()))


def _look(tag: str, style: Mapping[str, str], above: Look) -> Look:
    hidden, tiny, clear, line = above
    if tag not in _WHOLE:
        seen = style.get("visibility", "inherit")
        hidden = hidden if seen in ("inherit", "unset") else seen in ("hidden", "collapse")
        clear = clear or bool(_ZERO.fullmatch(style.get("opacity", "1")))
        if size := style.get("font-size"):
            tiny = bool(_ZERO.fullmatch(size)) or (tiny and bool(_RELATIVE.fullmatch(size)))
    usual = "line-through" if tag in ("s", "strike") else ""
    return Look(hidden, tiny, clear, line or "line-through" in style.get("text-decoration-line", usual))


def _tag(tag: str, style: Mapping[str, str]) -> str:
    """How an element within a line is to be called: a block where it is one, APART where it stands out of the line."""
    display = style.get("display", "inline")
    if display not in _INLINE and not display.startswith(("inline-", "ruby")):
        return "div"
    moved = [style.get(side, "0") for side in ("top", "bottom")]
    out = (
        display.startswith("inline-")
        or bool(_RAISED.fullmatch(align := style.get("vertical-align", "baseline")) and not _ZERO.fullmatch(align))
        or (style.get("position") == "relative" and not all(x == "auto" or _ZERO.fullmatch(x) for x in moved))
        or style.get("position") in ("absolute", "fixed")
        or style.get("float") in ("left", "right")
        or _is_unseen(style.get("color", ""))
        or any(name in _ODD and _ODD[name].fullmatch(value) for name, value in style.items())
    )
    return APART if out else tag


def _is_unseen(color: str) -> bool:
    """White, or clear as glass; rgb(255 255 255), hsl(0 0% 100%) and rgb(0 0 0 / 0) too."""
    if not color.startswith(("rgb", "hsl")):
        return bool(_UNSEEN.fullmatch(color))
    *parts, alpha = [*_PARTS.findall(color)[:4], "1", "1", "1", "1"][:4] if "(" in color else ["0"] * 4
    full = [float(part.rstrip("%")) >= (100 if part.endswith("%") else 255) for part in parts]
    return float(alpha.rstrip("%")) == 0 or (all(full) if color.startswith("rgb") else full[2])
