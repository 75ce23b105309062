"""The style sheets that a page brings itself, as far as they hide words, strike them out, or set them apart.

Selectors of tags, ids and classes, within one another; what else CSS has (states, attributes, counting) matches
nothing. Of media, that of a screen of any width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from xlreport.errors import UnsafeError

MOST_LOOKS = 3_000_000
"""Steps of selectors held against elements; a page of 10,000 elements under a hundred rules takes some 100,000."""

_LONGEST = 2_000
"""Characters of a list of classes that are looked at."""
_PROPERTIES = {
    *("display", "visibility", "opacity", "font", "font-size", "text-decoration", "text-decoration-line"),
    *("vertical-align", "position", "top", "bottom", "float"),
}
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"(\*|[\w-]+)?((?:[#.][\w-]+)*)")
_SCREEN = {"", "all", "screen", "only screen", "only all"}

Declared = Mapping[str, tuple[bool, str]]
"""By property: whether it is important, and its value in lower case."""


class Compound(NamedTuple):
    """What one element must be: p.note#one; `child`: the one before it in the selector is its parent."""

    tag: str
    names: frozenset[str]
    child: bool


class Rule(NamedTuple):
    """weight: ids, classes and tags of the selector, and its place among the rules."""

    selector: tuple[Compound, ...]
    weight: tuple[int, int, int, int]
    declared: Declared


class Styles:
    """The rules of a page by what the last element of their selector is."""

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        """sheets: media and text of each."""
        self.rules: dict[str, list[Rule]] = {}
        self.left = MOST_LOOKS
        number = 0
        for text in (text for media, text in sheets if _on_screen(media)):
            for selectors, declarations in _split(_COMMENT.sub(" ", text)):
                if not (found := declared(declarations)):
                    continue
                for selector in filter(None, map(_selector, selectors.split(","))):
                    number += 1
                    last = selector[-1]
                    key = min(last.names, default=last.tag)
                    self.rules.setdefault(key, []).append(Rule(selector, (*_weight(selector), number), found))

    def of(self, element: Any) -> dict[str, str]:
        """The properties that an element is given, by the rules and by its own. Raises UnsafeError for endless work."""
        own = element.get("style")
        fitting = sorted(self._fitting(element), key=lambda rule: rule.weight) if self.rules else []
        if not fitting and own is None:
            return {}
        every = [*(rule.declared for rule in fitting), declared(own or "")]
        return {
            name: value
            for urgent in (False, True)
            for found in every
            for name, (important, value) in found.items()
            if important == urgent
        }

    def _fitting(self, element: Any) -> Iterator[Rule]:
        for key in ("*", element.tag, *_names(element)):
            for rule in self.rules.get(key, ()):
                self.left -= 1
                if self._fits(rule.selector, element):
                    yield rule

    def _fits(self, selector: tuple[Compound, ...], element: Any) -> bool:
        """Of several elements around it that fit, the nearest counts."""
        *outer, last = selector
        if not _is(element, last):
            return False
        child = last.child
        for wanted in reversed(outer):
            element = element.getparent()
            while element is not None and not (fits := _is(element, wanted)) and not child:
                self.left -= 1
                element = element.getparent()
            if self.left < 0:
                raise UnsafeError("published.styles")
            if element is None or not fits:
                return False
            child = wanted.child
        return True


@lru_cache(1024)
def declared(text: str) -> Declared:
    """The properties that matter here among the declarations of a rule or a style attribute."""
    found = {}
    for piece in text.split(";"):
        name, _, value = piece.partition(":")
        if (name := name.strip().lower()) in _PROPERTIES:
            value, mark, _ = value.strip().lower().partition("!")
            found[name] = (bool(mark), value.strip())
    return found


def _split(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on every screen."""
    heads: list[str] = []
    pieces = re.split(r"([{}])", sheet)
    for before, brace in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if brace == "{":
            heads.append(before.rpartition(";")[2].strip().lower() if "@" in before else before.strip())
        elif heads:
            head = heads.pop()
            if not head.startswith("@") and all(map(_holds, heads[-8:])):
                yield head, before


def _holds(head: str) -> bool:
    """Whether what stands in a block with this head holds."""
    return head.startswith(("@supports", "@layer")) or (head.startswith("@media") and _on_screen(head[6:]))


def _on_screen(media: str) -> bool:
    return any(" ".join(one.split()).lower() in _SCREEN for one in media.split(","))


def _selector(text: str) -> tuple[Compound, ...]:
    """() for one that is not looked at."""
    found: list[Compound] = []
    child = False
    for piece in text.replace(">", " > ").split():
        if piece == ">":
            child = True
            continue
        fits = _COMPOUND.fullmatch(piece)
        if fits is None:
            return ()
        found.append(Compound((fits[1] or "*").lower(), frozenset(re.findall(r"[#.][\w-]+", fits[2])), child))
        child = False
    return tuple(found)


def _weight(selector: tuple[Compound, ...]) -> tuple[int, int, int]:
    names = [name[0] for compound in selector for name in compound.names]
    return names.count("#"), names.count("."), sum(compound.tag != "*" for compound in selector)


def _names(element: Any) -> list[str]:
    """Its classes and its id as selectors write them."""
    names = [f".{name}" for name in (element.get("class") or "")[:_LONGEST].split()]
    return [*names, f"#{element.get('id')}"] if element.get("id") else names


def _is(element: Any, wanted: Compound) -> bool:
    return wanted.tag in ("*", element.tag) and (not wanted.names or wanted.names.issubset(_names(element)))
