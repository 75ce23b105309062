"""xlreport.collect.packed: a sequence like any other."""

from __future__ import annotations

import pytest

from xlreport.collect.match import Seen
from xlreport.collect.packed import Packed, pack

SEEN = (
    Seen("甲/1.xlsx", "k", "pass", "甲局", 2024, "2021", "", (1, 2, 3, 4), 1.5),
    Seen("\udce9", "", "skipped", year=None, why="空", empty=True),
)


def test_the_same_values() -> None:
    """What comes out is what went in: one by one, from the end, in slices, and over and over."""
    packed = Packed(Seen._make, map(pack, SEEN))
    assert tuple(packed) == tuple(packed) == SEEN
    assert len(packed) == 2
    assert packed[-1] == SEEN[1]
    assert list(packed[1:]) == [SEEN[1]]
    with pytest.raises(IndexError):
        packed[2]
