"""Numbers that do not keep within the rules of their cell: whose their digits are, nobody can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

Char = dict[str, Any]
Place = tuple[int, int]
"""The number of a table on its page, and that of a cell in it."""
Bounds = tuple[float, float, float, float]

_NEAR = 0.05
"""Of their size: digits no further from each other are one number. A rule and the space beside it take more."""
_SPACED = 0.2
"""Digits of one number are set no further apart than this."""
_BEARING = 0.1
"""More than lies between where a digit begins and where its ink does."""
_DIGIT = 0.6
"""How wide a digit is."""


def torn(
    chars: Iterable[Char], held: Mapping[int, Place], bounds: Mapping[Place, Bounds]
) -> tuple[set[Place], set[int]]:
    """The cells whose number another one shares, or is cut off; and the ids of digits of such outside all cells.

    held: the cell of a character, by its id. bounds: left, top, right and bottom of each cell.
    """
    cells: set[Place] = set()
    outside: set[int] = set()
    for number in _numbers(chars, held):
        places = {held.get(id(char)) for char in number}
        within = {place for place in places if place is not None}
        if len(places) > 1:
            outside |= {id(char) for char in number if id(char) not in held}
        if len(places) > 1 or any(_fills(number, bounds[place]) for place in within):
            cells |= within
    return cells, outside


def _numbers(chars: Iterable[Char], held: Mapping[int, Place]) -> Iterator[list[Char]]:
    """Digits that stand next to each other, also across a rule if they are no further apart there than before it."""
    digits = [char for char in chars if char["text"] in "0123456789.,"]
    digits.sort(key=lambda char: (round(char["bottom"], 1), char["x0"]))
    number = digits[:1]
    pitch = 0.0
    for one, other in pairwise(digits):
        size, apart = float(one["size"]), float(other["x0"] - one["x1"])
        same = held.get(id(one)) == held.get(id(other))
        most = _SPACED * size if same else pitch + _NEAR * size
        if round(one["bottom"], 1) == round(other["bottom"], 1) and apart <= most:
            number.append(other)
            pitch = max(apart, 0.0) if same else pitch
            continue
        yield number
        number, pitch = [other], 0.0
    yield number


def _fills(number: list[Char], bounds: Bounds) -> bool:
    """Whether it reaches the rule on its right and has no place for one digit more: browsers cut off what follows.

    A digit whose ink would begin behind the rule is not even in the file. A number that keeps as far from the right
    rule as from the left one is whole.
    """
    size = float(number[0]["size"])
    before, behind = float(number[0]["x0"]) - bounds[0], bounds[2] - float(number[-1]["x1"])
    reaches = behind < _BEARING * size and (before < _NEAR * size or behind < before - _NEAR * size / 2)
    return reaches and before < _DIGIT * size
