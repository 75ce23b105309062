"""Texts that repeat each other: last year's and this year's, or those of several offices in one year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

SHORT = 12
"""Characters of a sentence that says enough to be compared."""

MOST = 200
"""Sentences of a text that are compared; no office writes more."""

LONGEST = 1000
"""Characters of a sentence that are compared."""

MUCH = 0.5
"""The share of a text that may stand in another."""

COMMON = 50
"""Offices beyond which a sentence is a phrase that all of them were given, and copied from none of them."""


class Alike(NamedTuple):
    """Two offices, the share of the shorter text that stands in the other, and its sentences as `one` wrote them."""

    one: str
    other: str
    share: float
    sentences: tuple[str, ...]


def statements(text: str) -> list[str]:
    """The sentences and the items of lists that say enough."""
    parts = (part.strip() for part in re.split(r"[。；;！？!?\n]", text))
    return [part for part in parts if len(part) >= SHORT][:MOST]


def bare(sentence: str) -> str:
    """A sentence without ordinals, numbers and marks, which differ between years and offices that copy."""
    return re.sub(r"[（(]?[一二三四五六七八九十]{1,3}(?:[）)、]|是)|[\W\d]", "", sentence)[:LONGEST]


def alike(texts: Mapping[str, str]) -> Iterator[Alike]:
    """Pairs of offices whose texts (by office) have much in common, word for word, the most alike first.

    Linear in the texts, so that it does for thousands of them.
    """
    said = {office: {bare(part): part for part in statements(text)} for office, text in texts.items()}
    offices: dict[str, list[str]] = defaultdict(list)
    for office, written in said.items():
        for part in written:
            offices[part].append(office)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for part, who in offices.items():
        if len(who) <= COMMON:
            for pair in combinations(who, 2):
                shared[pair].append(part)
    found = []
    for (one, other), parts in shared.items():
        shorter = min(sum(map(len, said[office])) for office in (one, other))
        share = sum(map(len, parts)) / max(1, shorter)
        if share >= MUCH:
            found.append(Alike(one, other, share, tuple(said[one][part] for part in parts)))
    yield from sorted(found, key=lambda pair: -pair.share)
