"""Cells that run together: 640020470 is 64 0 0 2 0 4 70, because only so do six numbers add up to the seventh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product
from math import comb, prod

Split = tuple[int, ...]
Equation = tuple[tuple[str, ...], tuple[str, ...]]
"""Runs whose numbers add up, place by place, to the same on both sides."""

MOST_SPLITS = 60_000
"""Ways to cut one run that are tried; 20 digits into 7 numbers have 27,132."""
MOST_TRIED = 200_000
"""Ways to choose a cut for every run together."""


@lru_cache(maxsize=4_096)
def splits(digits: str, sums: Sequence[int]) -> tuple[Split, ...]:
    """The ways to cut `digits` into groups of `sums` numbers, the last of each group the sum of the others.

    No number begins with a zero but zero. Too many digits to try leave no way.
    """
    count = sum(sums)
    if len(digits) < count or comb(len(digits) - 1, count - 1) > MOST_SPLITS:
        return ()
    found = []
    for cuts in combinations(range(1, len(digits)), count - 1):
        pieces = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, len(digits)), strict=True)]
        if any(len(piece) > 1 and piece[0] == "0" for piece in pieces):
            continue
        numbers = tuple(map(int, pieces))
        if _adds_up(numbers, sums):
            found.append(numbers)
    return tuple(found)


def chosen(runs: Mapping[str, Sequence[Split]], equations: Sequence[Equation]) -> dict[str, Split]:
    """For each run the one cut that is certain; runs that stay open are left out.

    equations: runs whose numbers add up, place by place, to the same on both sides. They decide between cuts only
    where all runs that they name are there, and where some choice satisfies them all.
    """
    certain = {name: ways[0] for name, ways in runs.items() if len(ways) == 1}
    open_ = [name for name, ways in runs.items() if len(ways) > 1]
    whole = all(runs.get(name) for left, right in equations for name in (*left, *right))
    if not open_ or not whole or prod(len(runs[name]) for name in open_) > MOST_TRIED:
        return certain
    good = list(_satisfying(runs, open_, certain, equations))
    for name in open_:
        ways = {way[name] for way in good}
        if len(ways) == 1:
            certain[name] = ways.pop()
    return certain


def _satisfying(
    runs: Mapping[str, Sequence[Split]],
    open_: Sequence[str],
    certain: Mapping[str, Split],
    equations: Sequence[Equation],
) -> Iterator[dict[str, Split]]:
    for ways in product(*(runs[name] for name in open_)):
        choice = {**certain, **dict(zip(open_, ways, strict=True))}
        if agree(choice, equations):
            yield choice


def agree(choice: Mapping[str, Split], equations: Sequence[Equation]) -> bool:
    """Whether all runs that the equations name are there, and every equation holds."""
    named = {name for sides in equations for side in sides for name in side}
    return named <= choice.keys() and all(_total(choice, left) == _total(choice, right) for left, right in equations)


def _total(choice: Mapping[str, Split], names: Sequence[str]) -> Split:
    return tuple(map(sum, zip(*(choice[name] for name in names), strict=True)))


def _adds_up(numbers: Split, sums: Sequence[int]) -> bool:
    start = 0
    for count in sums:
        group = numbers[start : start + count]
        if sum(group[:-1]) != group[-1]:
            return False
        start += count
    return True
