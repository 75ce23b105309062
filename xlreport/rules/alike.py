"""Texts that repeat each other: last year's and this year's, or those of several offices in one year."""

from __future__ import annotations

import re

SHORT = 12
"""Characters of a sentence that says enough to be compared."""

MOST = 200
"""Sentences of a text that are compared; no office writes more."""

LONGEST = 1000
"""Characters of a sentence that are compared."""

MUCH = 0.5
"""The share of a text that may stand in another."""


def statements(text: str) -> list[str]:
    """The sentences and the items of lists that say enough."""
    parts = (part.strip() for part in re.split(r"[。；;！？!?\n]", text))
    return [part for part in parts if len(part) >= SHORT][:MOST]


def bare(sentence: str) -> str:
    """A sentence without ordinals, numbers and marks, which differ between years and offices that copy."""
    return re.sub(r"[（(]?[一二三四五六七八九十]{1,3}(?:[）)、]|是)|[\W\d]", "", sentence)[:LONGEST]
