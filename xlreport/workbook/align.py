"""Which line of a sheet has become which: rows or columns told apart by what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

Key = frozenset[object]
"""What identifies a line: its labels, and what its formulas do."""

_GAP = -0.6
"""Of leaving a line out. Two of them cost more than taking a changed line for the one that stood there."""
_BLANK = 0.1
"""Of a blank line for a blank line."""
_EMPTIED = -1.0
"""Of a blank line for one with much in it: at the end of a sheet it is rather gone than emptied."""
_EQUAL = 1e-9
"""Scores that differ by less are the same, added up in another order."""

_Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a template stand now, from 1. now: None for a line that is gone or cannot be told.

    sure: lines that something in them identifies. open: those that may as well have become another line, or none.
    inserted: the first of them and how many, as they stand now.
    """

    now: tuple[int | None, ...]
    sure: frozenset[int]
    inserted: tuple[tuple[int, int], ...] = ()
    deleted: tuple[int, ...] = ()
    open: frozenset[int] = frozenset()

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

    def without(self, lines: Collection[int]) -> Lines:
        """The same where these are gone, too."""
        gone = {line for line in lines if line <= len(self.now) and self.now[line - 1] is not None}
        now = tuple(None if line in gone else at for line, at in enumerate(self.now, 1))
        deleted = tuple(sorted({*self.deleted, *gone}))
        return replace(self, now=now, sure=self.sure - gone, deleted=deleted, open=self.open - gone)

    def certain(self, line: int) -> bool:
        """Is it sure where the line stands now? Beyond the end the last line says it."""
        return min(line, len(self.now)) in self.sure

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """What is left of the lines from first to last, as spreadsheet programs shrink an area."""
        here = [line for line in map(self.of, range(first, last + 1)) if line is not None]
        return (here[0], here[-1]) if here else None


def still(count: int) -> Lines:
    """So many lines, none of which has moved."""
    lines = range(1, count + 1)
    return Lines(tuple(lines), frozenset(lines))


def align(before: Sequence[Key], after: Sequence[Key], used: int = 0) -> Lines:
    """The most likely fate of each line, by the labels that both have in common (Needleman and Wunsch).

    used: how many lines there are now. Of these, those beyond `after` are blank: they may only have lost their words.
    """
    gaps = [_GAP] * len(after) + [0.0] * (min(used, len(before)) - len(after))
    after = [*after, *[frozenset[object]()] * (len(gaps) - len(after))]
    likely, *extremes = _alignments(before, after, gaps)
    now: list[int | None] = [None] * len(before)
    for i, j in likely:
        now[i] = j + 1
    agreed = set(likely).intersection(*extremes)
    perhaps = {i for pairs in (likely, *extremes) for i, _ in pairs} - {i for i, _ in agreed}
    return Lines(
        tuple(now),
        frozenset(i + 1 for i, j in agreed if before[i] & after[j] or not (before[i] or after[j])),
        _inserted(likely),
        tuple(i + 1 for i, j in enumerate(now) if j is None),
        frozenset(i + 1 for i in perhaps),
    )


def _inserted(pairs: _Pairs) -> tuple[tuple[int, int], ...]:
    """Lines that stand between two of the template's, or before its first."""
    found = []
    expected = 0
    for _, j in pairs:
        if j > expected:
            found.append((expected + 1, j - expected))
        expected = j + 1
    return tuple(found)


def _alignments(before: Sequence[Key], after: Sequence[Key], gaps: Sequence[float]) -> list[_Pairs]:
    """The likeliest pairs of lines, then those of the two alignments as likely between which all others run.

    What both ends have in common, line by line and once only, needs no weighing.
    """
    once = {key for lines in (before, after) for key in lines} - {
        key for lines in (before, after) for key, count in Counter(lines).items() if count > 1
    }
    most = min(len(before), len(after))
    head = 0
    while head < most and before[head] == after[head] and before[head] in once:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail] and before[-1 - tail] in once:
        tail += 1
    end = len(after) - tail
    same = [(i, i) for i in range(head)]
    rest = [(len(before) - tail + i, end + i) for i in range(tail)]
    return [
        [*same, *((i + head, j + head) for i, j in middle), *rest]
        for middle in _best(before[head : len(before) - tail], after[head:end], gaps[head:end])
    ]


def _best(before: Sequence[Key], after: Sequence[Key], gaps: Sequence[float]) -> list[_Pairs]:
    """The pairs of the highest score: of equals those that leave out nothing, then the two extremes.

    gaps: for leaving out one of `after`.
    """
    rows, columns = len(before), len(after)
    alike = [[_common(one, other) for other in after] for one in before]
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        score[i][0] = score[i - 1][0] + _GAP
    for j in range(1, columns + 1):
        score[0][j] = score[0][j - 1] + gaps[j - 1]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            score[i][j] = max(
                score[i - 1][j - 1] + alike[i - 1][j - 1], score[i - 1][j] + _GAP, score[i][j - 1] + gaps[j - 1]
            )

    def pair(i: int, j: int) -> bool:
        return bool(i and j) and abs(score[i][j] - score[i - 1][j - 1] - alike[i - 1][j - 1]) < _EQUAL

    def gone(i: int, j: int) -> bool:
        return bool(i) and abs(score[i][j] - score[i - 1][j] - _GAP) < _EQUAL

    def new(i: int, j: int) -> bool:
        return bool(j) and abs(score[i][j] - score[i][j - 1] - gaps[j - 1]) < _EQUAL

    return [_traced(rows, columns, moves) for moves in ((pair, new, gone), (gone, pair, new), (new, pair, gone))]


def _traced(i: int, j: int, moves: Sequence[Callable[[int, int], bool]]) -> _Pairs:
    """The pairs on the way back from the last lines, by the first move that can be made each time."""
    pairs = []
    while i or j:
        move = next(move for move in moves if move(i, j)).__name__
        i, j = i - (move != "new"), j - (move != "gone")
        if move == "pair":
            pairs.append((i, j))
    return pairs[::-1]


def _common(one: Key, other: Key) -> float:
    if not other:
        return _BLANK if not one else _EMPTIED if len(one) > 2 else 0.0
    return float(len(one & other))
