"""Lines told apart by what stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlreport.workbook.align import Key, align, still

LINES = st.lists(st.integers(0, 3), min_size=1, max_size=12)


def keys(*words: str) -> list[Key]:
    """A line of words for each argument."""
    return [frozenset(word.split()) for word in words]


def test_nothing_moved():
    """Equal lines stand where they stood."""
    before = keys("a", "", "b c")
    assert align(before, before) == still(3)


def test_changed_words_move_nothing():
    """A line whose words have changed is still the one that stood there, but not for sure."""
    lines = align(keys("a", "b", "c"), keys("a", "x", "c"))
    assert lines.now == (1, 2, 3)
    assert lines.sure == {1, 3}
    assert align(keys("a", "b"), keys("b", "a")).now == (1, 2)


def test_the_last_lines_emptied():
    """Lines at the end that have lost their words have not been deleted, as long as they are there."""
    lines = align(keys("a", "b", "c"), keys("a"), 3)
    assert lines.now == (1, 2, 3)
    assert lines.sure == {1}
    assert align(keys("a", "b", "c"), keys("a", "c"), 3).now == (1, None, 2)
    assert align(keys("a", "b", "c d e"), keys("a", "b"), 3).deleted == (3,)
    assert align(keys("a", "b", "c"), keys("a"), 1).deleted == (2, 3)


def test_what_may_be_another_is_not_sure():
    """Of lines that are alike, nobody can tell which was deleted; those around them are what they were."""
    lines = align(keys("head", "x", "x", "x", "tail"), keys("head", "x", "x", "tail"))
    assert lines.sure == {1, 5}
    assert lines.open == {2, 3, 4}
    assert align(keys("a", "x", "x", "b"), keys("a", "x", "x", "b")).open == frozenset()


@given(st.integers(1, 12), st.integers(0, 11), st.integers(1, 3))
def test_insertions_and_deletions_are_told(count, at, many):
    """Blank lines put in, or lines taken out, are what is told, and all others are found."""
    before = keys(*(f"line{n} common" for n in range(count + 1)))
    at = min(at, count - 1)
    more = [*before[:at], *[frozenset()] * many, *before[at:]]
    lines = align(before, more)
    assert (lines.inserted, lines.deleted) == (((at + 1, many),), ())
    assert lines.now == tuple(n + (many if n > at else 0) for n in range(1, count + 2))
    less = [*before[:at], *before[at + 1 :]]
    lines = align(before, less)
    assert (lines.inserted, lines.deleted) == ((), (at + 1,))
    assert lines.of(count + 3) == count + 2
    assert lines.span(at + 1, at + 1) is None
    assert lines.span(1, count + 1) == (1, count)


@given(LINES, LINES)
def test_lines_keep_their_order(one, other):
    """Whatever has become of them, no line overtakes another."""
    words = ("", "a", "b", "a b")
    lines = align(keys(*(words[n] for n in one)), keys(*(words[n] for n in other)))
    there = [line for line in lines.now if line is not None]
    assert there == sorted(set(there))
    assert len(lines.now) == len(one)
