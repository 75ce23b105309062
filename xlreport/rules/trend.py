"""Comparing what a sentence says of a change, or of a share, with what its numbers give."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlreport.finding import Severity

NEAR = Decimal("0.5")
"""Percentage points: less is a slip of rounding, and a note."""

UNIT = "件|条|项|个|人次|次|份|期|篇|起|宗|例|场|家|人"
NUMBER = rf"(?<![\d.,])(\d{{1,9}})\s*({UNIT})"
"""A count and its unit."""

EXACT = r"(?![\d.]|\s*(?:以上|左右|以内|以下|多|余|个百分点))"
"""What may not stand behind a number that is meant exactly."""


_HALF = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def half(text: str) -> str:
    """The text with digits, points and per cent of full width made half, each in its place."""
    return text.translate(_HALF)


class Percent(NamedTuple):
    """A percentage as it is written: its last digit may be rounded or cut off."""

    value: Decimal
    step: Decimal

    @classmethod
    def read(cls, text: str) -> Percent:
        """From 12.30: to the hundredth."""
        return cls(Decimal(text), Decimal(1).scaleb(-len(text.partition(".")[2])))

    def says(self, true: Decimal) -> bool:
        """Whether it may stand for `true`."""
        return abs(true - self.value) < self.step

    def severity(self, true: Decimal) -> Severity:
        """How bad it is that it does not."""
        return "note" if abs(true - self.value) < max(NEAR, self.step) else "warning"


def share(part: int, whole: int) -> Decimal:
    """`part` in hundredths of `whole`, which is not 0."""
    return Decimal(100 * part) / whole


def shown(percent: Decimal, *, sign: bool = False) -> str:
    """+12.35%, to the hundredth, without a sign where none is wanted."""
    return f"{percent:{'+' if sign else ''}.2f}%".replace("-", "−")
