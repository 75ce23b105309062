"""The style sheets that a page brings itself, as far as they hide words, strike them out, or set them apart.

Selectors of tags, ids and classes, within one another, for a screen of any width. Of rules that need more (states,
attributes, counting, other media, what is not understood) nobody knows here whether they hold: they are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from xlreport.errors import UnsafeError

MOST_LOOKS = 3_000_000
"""Steps of selectors held against elements; a page of 10,000 elements under a hundred rules takes some 100,000."""

MOST_RULES = 20_000
"""Selectors of a page; a large style sheet has some 5,000."""

_LONGEST = 2_000
"""Characters of a list of classes that are looked at, and of declarations that are kept for the next element."""
_LONGEST_SELECTOR, _LONGEST_VALUE = 1_000, 100
_DEEPEST = 8
"""Blocks and brackets within one another."""
_PROPERTIES = {
    *("display", "visibility", "opacity", "font-size", "text-decoration-line"),
    *("vertical-align", "position", "top", "bottom", "float", "color", "clip", "clip-path", "transform", "zoom"),
    *("content-visibility", "mso-hide", "mso-text-raise"),
}
_SHORT = {"font": "font-size", "text-decoration": "text-decoration-line"}
"""Properties that set another, among more."""
_FONT = re.compile(r"(?:^|\s)([+-]?[\d.]+(?:[a-z]+|%))(?:/|\s)|(?:^|\s)(0)(?:/|\s)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'|<!--|-->", re.DOTALL)
_NAME = r"[#.\[](?:[\w-]|\\\S)+"
_HEX = re.compile(r"\\([\da-fA-F]{1,6})\s?")
_NAMES = re.compile(_NAME)
_COMPOUND = re.compile(rf"(\*|[\w-]+)?((?:\*|{_NAME})*)")
_BRACKETS = re.compile(r"\([^()]*\)")
_MORE = re.compile(r"(?<!\\):[\w-]+|\[\s*([\w-]+)(?![\w-])[^\[\]]*\]|[+~]")
"""What a selector says besides tags, ids and classes."""
_PIECE = re.compile(r"(?<!\\):(?::|(?:before|after|first-line|first-letter)\b)")
"""Of no element, but of what is made for one."""
_OUTER = re.compile("@media|@supports|@layer|@container")
_SCREEN = {"", "all", "screen", "only screen", "only all"}

Declared = Mapping[str, tuple[bool, str]]
"""By property: whether it is important, and its value in lower case."""


class Compound(NamedTuple):
    """What one element must be: p.note#one; `child`: the one before it in the selector is its parent.

    names: classes, ids and attributes, as .note, #one and [title.
    """

    tag: str
    names: frozenset[str]
    child: bool


_ANY = Compound("*", frozenset(), child=False)


class Rule(NamedTuple):
    """weight: ids, classes and tags of the selector, and its place among the rules. sure: where it fits, it holds."""

    selector: tuple[Compound, ...]
    weight: tuple[int, int, int, int]
    declared: Declared
    sure: bool


class Styles:
    """The rules of a page by what the last element of their selector is."""

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        """sheets: media and text of each. Raises UnsafeError for more than MOST_RULES."""
        self.rules: dict[str, list[Rule]] = {}
        self.left = MOST_LOOKS
        self._around: list[tuple[Any, frozenset[str]]] = []  # the element and those around it, from the root
        number = 0
        for text in (text for media, text in sheets if _on_screen(media)):
            for selectors, declarations, always in _split(_COMMENT.sub(" ", text)):
                if not (found := declared(declarations)):
                    continue
                for one in _without_brackets(selectors).split(","):
                    number += 1
                    if number > MOST_RULES:
                        raise UnsafeError("published.styles")
                    selector, simple = _selector(one)
                    if not selector:
                        continue
                    key = min(selector[-1].names, default=selector[-1].tag)
                    rule = Rule(selector, (*_weight(selector), number), found, sure=always and simple)
                    self.rules.setdefault(key, []).append(rule)

    def of(self, element: Any) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
        """The properties that an element is given, by the rules and by its own; and those that it may be given besides.

        To be asked of every element after those around it. Raises UnsafeError for endless work.
        """
        own = element.get("style")
        fitting = sorted(self._fitting(element), key=lambda rule: rule.weight) if self.rules else []
        if not fitting and own is None:
            return {}, ()
        sure = [*(rule.declared for rule in fitting if rule.sure), declared(own or "")]
        return _values(sure), [_values([rule.declared]) for rule in fitting if not rule.sure]

    def _fitting(self, element: Any) -> Iterator[Rule]:
        parent = element.getparent()
        while self._around and self._around[-1][0] is not parent:
            self._around.pop()
        self._around.append((element, names := _names(element)))
        for key in ("*", *names):
            for rule in self.rules.get(key, ()):
                if self._fits(rule.selector):
                    yield rule

    def _fits(self, selector: tuple[Compound, ...]) -> bool:
        """Of several elements around it that fit, the nearest counts."""
        at = len(self._around)
        child = True
        for wanted in reversed(selector):
            at -= 1
            while at >= 0 and not (fits := self._is(at, wanted)) and not child:
                at -= 1
            if at < 0 or not fits:
                return False
            child = wanted.child
        return True

    def _is(self, at: int, wanted: Compound) -> bool:
        self.left -= 1
        if self.left < 0:
            raise UnsafeError("published.styles")
        names = self._around[at][1]
        return (wanted.tag == "*" or wanted.tag in names) and wanted.names <= names


def declared(text: str) -> Declared:
    """The properties that matter here among the declarations of a rule or a style attribute."""
    return _kept(text) if len(text) <= _LONGEST else _declared(text)


def _declared(text: str) -> Declared:
    found: dict[str, tuple[bool, str]] = {}
    for piece in text.split(";"):
        name, _, value = piece.partition(":")
        name = name.strip().lower()
        name, short = _SHORT.get(name, name), name
        if name in _PROPERTIES:
            value, mark, _ = value.lower().partition("!")
            value = value.strip()
            value = value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
            size = _FONT.search(value) if short == "font" else None
            if mark or not found.get(name, (False,))[0]:
                found[name] = (bool(mark), (size[1] or size[2]) if size else value)
    return found


_kept = lru_cache(1024)(_declared)


def _values(every: Iterable[Declared]) -> dict[str, str]:
    """The later go before the earlier, important ones before all."""
    every = list(every)
    found = ((name, *said) for declarations in every for name, said in declarations.items())
    return {name: value for name, _, value in sorted(found, key=lambda one: one[1])}


def _split(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors and declarations of the rules, and whether they hold on every screen; not so those within a rule."""
    heads: list[str] = []
    pieces = re.split(r"([{}])", sheet)
    for before, brace in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        said, _, head = before.rpartition(";") if brace == "{" else (before, "", "")
        outer = heads[-_DEEPEST - 1 : -1]
        if heads and not heads[-1].startswith("@") and all(map(_is_outer, outer)):
            yield heads[-1], said, all(map(_holds, outer))
        if brace == "{":
            heads.append(head.strip().lower() if "@" in head else head.replace("&", "*").strip())
        elif heads:
            heads.pop()


def _is_outer(head: str) -> bool:
    """Whether rules may stand in a block with this head."""
    return not head.startswith("@") or bool(_OUTER.match(head))


def _holds(head: str) -> bool:
    """Whether what stands in a block with this head holds."""
    return head.startswith("@") and (not head.startswith("@media") or _on_screen(head[6:]))


def _on_screen(media: str) -> bool:
    return any(" ".join(one.split()).lower() in _SCREEN for one in media.split(","))


def _without_brackets(text: str) -> str:
    """What stands in them may hold commas, and is not understood anyway."""
    for _ in range(_DEEPEST):
        text = _BRACKETS.sub("", text)
    return text


def _selector(text: str) -> tuple[tuple[Compound, ...], bool]:
    """What is looked at of it, and whether that is all; () for one that names nothing, or is not looked at.

    One that is not understood may mean any element.
    """
    if not text.strip() or _PIECE.search(text):
        return (), False
    if len(text) > _LONGEST_SELECTOR:
        return (_ANY,), False
    known, more = _MORE.subn(_shortened, _HEX.sub(_unescaped, text))
    found = _compounds(known.rpartition("+")[2])
    return (found, not more) if found else ((_ANY,), False)


def _unescaped(found: re.Match[str]) -> str:
    return "\\" + chr(min(int(found[1], 16), 0x10FFFF))


def _shortened(found: re.Match[str]) -> str:
    if found[1]:
        return f"[{found[1].lower()}"
    return " + " if found[0] in "+~" else "*"


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
        names = frozenset(name.replace("\\", "") for name in _NAMES.findall(fits[2]))
        found.append(Compound((fits[1] or "*").lower(), names, child))
        child = False
    return () if child else tuple(found)


def _weight(selector: tuple[Compound, ...]) -> tuple[int, int, int]:
    names = [name[0] for compound in selector for name in compound.names]
    return names.count("#"), names.count(".") + names.count("["), sum(compound.tag != "*" for compound in selector)


def _names(element: Any) -> frozenset[str]:
    """Its tag, and its classes, its id and its attributes as selectors write them."""
    names = {f".{name}" for name in (element.get("class") or "")[:_LONGEST].split()}
    return frozenset({element.tag, f"#{element.get('id')}", *names, *(f"[{name}" for name in element.attrib)})
