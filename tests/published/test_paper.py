"""What stands on paper, by where its characters are."""

from __future__ import annotations

import pytest

from xlreport.published.paper import printed_again, rows_of
from xlreport.published.torn import Char


def printed(text: str, *, size: float, left: float, foot: float) -> list[Char]:
    """Characters in a row, `foot` points from the top."""
    return [
        {"text": c, "x0": left + i * size / 2, "x1": left + (i + 1) * size / 2, "top": foot - size, "bottom": foot}
        | {"size": size}
        for i, c in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("size", "foot", "read"),
    [(6.0, 95.0, "3440¹²"), (10.5, 100.0, "344012"), (6.0, 100.0, "344012"), (10.5, 98.0, "344012")],
)
def test_the_mark_of_a_note_is_no_digit(size: float, foot: float, read: str) -> None:
    """Digits that are both smaller and raised are read as superscripts; all others as they stand."""
    chars = printed("3440", size=10.5, left=0, foot=100.0) + printed("12", size=size, left=21.0, foot=foot)
    assert [row.text for row in rows_of(chars)] == [read]


@pytest.mark.parametrize("size", [10.5, 0.2])
def test_bold_by_printing_twice(size: float) -> None:
    """A character printed again a hair beside itself counts once; zeros beside each other all count, however small."""
    row = [char | {"fontname": "F"} for char in printed("1000", size=size, left=0, foot=100.0)]
    again = [char | {"x0": char["x0"] + size / 30} for char in row]
    assert printed_again(row) == set()
    assert printed_again(row + again) == {id(char) for char in again}
