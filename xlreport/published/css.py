"""The style sheets that a page brings itself, as far as they hide words, strike them out, or set them apart.

Selectors of tags, ids and classes, within one another, for a screen of any width. Of rules that need more (states,
attributes, counting, other media) nobody knows here whether they hold: they are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from xlreport.errors import UnsafeError

MOST_LOOKS = 3_000_000
"""Steps of selectors held against elements; a page of 10,000 elements under a hundred rules takes some 100,000."""

_LONGEST = 2_000
"""Characters of a list of classes that are looked at."""
_PROPERTIES = {
    *("display", "visibility", "opacity", "font-size", "text-decoration-line"),
    *("vertical-align", "position", "top", "bottom", "float", "color", "clip", "clip-path", "transform", "zoom"),
    *("content-visibility", "mso-hide", "mso-text-raise"),
}
_SHORT = {"font": "font-size", "text-decoration": "text-decoration-line"}
"""Properties that set another, among more."""
_FONT = re.compile(r"(?:^|\s)([+-]?[\d.]+(?:[a-z]+|%))(?:/|\s)|(?:^|\s)(0)(?:/|\s)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"(\*|[\w-]+)?((?:[#.][\w-]+)*)")
_MORE = re.compile(r":[\w-]+(?:\([^()]*\))?|\[[^\]]*\]|[+~]")
"""What a selector says besides tags, ids and classes."""
_PIECE = re.compile(r"::|:(?:before|after|first-line|first-letter)\b")
"""Of no element, but of what is made for one."""
_OUTER = re.compile("@media|@supports|@layer|@container")
_SCREEN = {"", "all", "screen", "only screen", "only all"}

Declared = Mapping[str, tuple[bool, str]]
"""By property: whether it is important, and its value in lower case."""


class Compound(NamedTuple):
    """What one element must be: p.note#one; `child`: the one before it in the selector is its parent."""

    tag: str
    names: frozenset[str]
    child: bool


class Rule(NamedTuple):
    """weight: ids, classes and tags of the selector, and its place among the rules. sure: where it fits, it holds."""

    selector: tuple[Compound, ...]
    weight: tuple[int, int, int, int]
    declared: Declared
    sure: bool


class Styles:
    """The rules of a page by what the last element of their selector is."""

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        """sheets: media and text of each."""
        self.rules: dict[str, list[Rule]] = {}
        self.left = MOST_LOOKS
        number = 0
        for text in (text for media, text in sheets if _on_screen(media)):
            for selectors, declarations, always in _split(_COMMENT.sub(" ", text)):
                if not (found := declared(declarations)):
                    continue
                for one in selectors.split(","):
                    selector, simple = _selector(one)
                    if not selector:
                        continue
                    number += 1
                    key = min(selector[-1].names, default=selector[-1].tag)
                    rule = Rule(selector, (*_weight(selector), number), found, sure=always and simple)
                    self.rules.setdefault(key, []).append(rule)

    def of(self, element: Any) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
        """The properties that an element is given, by the rules and by its own; and those that it may be given besides.

        Raises UnsafeError for endless work.
        """
        own = element.get("style")
        fitting = sorted(self._fitting(element), key=lambda rule: rule.weight) if self.rules else []
        if not fitting and own is None:
            return {}, ()
        sure = [*(rule.declared for rule in fitting if rule.sure), declared(own or "")]
        return _values(sure), [_values([rule.declared]) for rule in fitting if not rule.sure]

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
        name = name.strip().lower()
        if _SHORT.get(name, name) in _PROPERTIES:
            value, mark, _ = value.strip().lower().partition("!")
            size = _FONT.search(value) if name == "font" else None
            found[_SHORT.get(name, name)] = (bool(mark), (size[1] or size[2]) if size else value.strip())
    return found


def _values(every: Iterable[Declared]) -> dict[str, str]:
    """The later go before the earlier, important ones before all."""
    every = list(every)
    found = ((name, *said) for declarations in every for name, said in declarations.items())
    return {name: value for name, _, value in sorted(found, key=lambda one: one[1])}


def _split(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors and declarations of the rules, and whether they hold on every screen."""
    heads: list[str] = []
    pieces = re.split(r"([{}])", sheet)
    for before, brace in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if brace == "{":
            heads.append(before.rpartition(";")[2].strip().lower() if "@" in before else before.strip())
        elif heads:
            head = heads.pop()
            if not head.startswith("@") and all(map(_OUTER.match, heads[-8:])):
                yield head, before, all(map(_holds, heads[-8:]))


def _holds(head: str) -> bool:
    """Whether what stands in a block with this head holds."""
    return not head.startswith("@media") or _on_screen(head[6:])


def _on_screen(media: str) -> bool:
    return any(" ".join(one.split()).lower() in _SCREEN for one in media.split(","))


def _selector(text: str) -> tuple[tuple[Compound, ...], bool]:
    """What is looked at of it, and whether that is all; () for one that names nothing, or is not looked at."""
    if _PIECE.search(text):
        return (), False
    known, more = _MORE.subn(lambda found: " + " if found[0] in "+~" else "", text)
    return (_compounds(known.rpartition("+")[2]), not more)


def _compounds(text: str) -> tuple[Compound, ...]:
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
    return () if child else tuple(found)


def _weight(selector: tuple[Compound, ...]) -> tuple[int, int, int]:
    names = [name[0] for compound in selector for name in compound.names]
    return names.count("#"), names.count("."), sum(compound.tag != "*" for compound in selector)


def _names(element: Any) -> list[str]:
    """Its classes and its id as selectors write them."""
    names = [f".{name}" for name in (element.get("class") or "")[:_LONGEST].split()]
    return [*names, f"#{element.get('id')}"] if element.get("id") else names


def _is(element: Any, wanted: Compound) -> bool:
    return wanted.tag in ("*", element.tag) and (not wanted.names or wanted.names.issubset(_names(element)))
