"""What stands on paper, by where its characters are."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from xlreport.published.paper import _held, printed_again, rows_of
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


def test_which_cell() -> None:
    """A character is in the cell around its middle, however many columns that spans; on a rule, in the later one."""
    cells = [(0, 0, 30, 20), (30, 0, 40, 10), (30, 10, 40, 20), (0, 20, 10, 30), (10, 20, 40, 30)]
    table = SimpleNamespace(cells=cells, bbox=(0, 0, 40, 30))
    places = {(15, 15): 0, (29, 1): 0, (30, 5): 1, (35, 10): 2, (5, 20): 3, (10, 25): 4, (40, 30): 4, (41, 5): None}
    chars = [{"x0": x, "x1": x, "top": y, "bottom": y} for x, y in places]
    held = {(char["x0"], char["top"]): cell for char, (_, cell) in _held(SimpleNamespace(chars=chars), 0, table)}
    assert held == {place: cell for place, cell in places.items() if cell is not None}
