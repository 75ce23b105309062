"""Which line of a sheet has become which: rows or columns told apart by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Key = frozenset[object]
"""What identifies a line: its labels, and what its formulas do."""

_GAP = -0.6
"""Of leaving a line out. Two of them cost more than taking a changed line for the one that stood there."""
_BLANK = 0.1
"""Of a blank line for a blank line."""
_EMPTIED = -1.0
"""Of a blank line for one with much in it: at the end of a sheet it is rather gone than emptied."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a template stand now, from 1. now: None for a line that is gone or cannot be told.

    sure: lines that something in them identifies. inserted: the first of them and how many, as they stand now.
    """

    now: tuple[int | None, ...]
    sure: frozenset[int]
    inserted: tuple[tuple[int, int], ...] = ()
    deleted: tuple[int, ...] = ()

    @property
    def moved(self) -> bool:
        """Has any line been inserted or deleted?"""
        return bool(self.inserted or self.deleted)

    def of(self, line: int) -> int | None:
        """Where a template's line stands now; beyond its end, as far from it as it was."""
        if line <= len(self.now):
            return self.now[line - 1]
        last = self.now[-1] if self.now else 0
        return None if last is None else line + last - len(self.now)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """What is left of the lines from first to last, as spreadsheet programs shrink an area."""
        here = [line for line in map(self.of, range(first, last + 1)) if line is not None]
        return (here[0], here[-1]) if here else None


def still(count: int) -> Lines:
    """So many lines, none of which has moved."""
    lines = range(1, count + 1)
    return Lines(tuple(lines), frozenset(lines))


def align(before: Sequence[Key], after: Sequence[Key]) -> Lines:
    """The most likely fate of each line, by the labels that both have in common (Needleman and Wunsch).

    Where there are fewer lines than before, blank ones follow: the last may only have lost their words.
    """
    gaps = [_GAP] * len(after) + [0.0] * (len(before) - len(after))
    after = [*after, *[frozenset[object]()] * (len(before) - len(after))]
    pairs = _pairs(before, after, gaps)
    now: list[int | None] = [None] * len(before)
    for i, j in pairs:
        now[i] = j + 1
    sure = frozenset(i + 1 for i, j in pairs if before[i] & after[j] or not (before[i] or after[j]))
    return Lines(tuple(now), sure, _inserted(pairs), tuple(i + 1 for i, j in enumerate(now) if j is None))


def _inserted(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Lines that stand between two of the template's, or before its first."""
    found = []
    expected = 0
    for _, j in pairs:
        if j > expected:
            found.append((expected + 1, j - expected))
        expected = j + 1
    return tuple(found)


def _pairs(before: Sequence[Key], after: Sequence[Key], gaps: Sequence[float]) -> list[tuple[int, int]]:
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = len(after) - tail
    middle = _best(before[head : len(before) - tail], after[head:end], gaps[head:end])
    same = [(i, i) for i in range(head)]
    rest = [(len(before) - tail + i, end + i) for i in range(tail)]
    return [*same, *((i + head, j + head) for i, j in middle), *rest]


def _best(before: Sequence[Key], after: Sequence[Key], gaps: Sequence[float]) -> list[tuple[int, int]]:
    """The pairs of the highest score; of equals, those that leave out nothing. gaps: for leaving out one of `after`."""
    rows, columns = len(before), len(after)
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        score[i][0] = score[i - 1][0] + _GAP
    for j in range(1, columns + 1):
        score[0][j] = score[0][j - 1] + gaps[j - 1]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            score[i][j] = max(
                score[i - 1][j - 1] + _common(before[i - 1], after[j - 1]),
                score[i - 1][j] + _GAP,
                score[i][j - 1] + gaps[j - 1],
            )
    pairs = []
    i, j = rows, columns
    while i and j:
        if score[i][j] == score[i - 1][j - 1] + _common(before[i - 1], after[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif score[i][j] == score[i][j - 1] + gaps[j - 1]:
            j -= 1
        else:
            i -= 1
    return pairs[::-1]


def _common(one: Key, other: Key) -> float:
    if not other:
        return _BLANK if not one else _EMPTIED if len(one) > 2 else 0.0
    return float(len(one & other))
