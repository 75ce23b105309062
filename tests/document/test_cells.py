"""How cells are set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.document.cells import bands, digits, upright
from xlreport.document.compose import compose
from xlreport.document.outline import Cell, Grid
from xlreport.report import Report


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("三、本年度办理结果", 3, ("三、", "本年度", "办理", "结果")),
        ("（三）不予公开", 3, ("（三）", "不予", "公开")),
        ("（三）不予公开", 4, ("（三）", "不予公开")),
        ("（十一）其他", 2, ("（十", "一）", "其他")),
        ("（", 5, ("（",)),
        ("", 5, ("",)),
    ],
)
def test_upright(text: str, room: int, lines: tuple[str, ...]) -> None:
    """A number of one character stands alone, the rest in lines of about the same length, the longer first."""
    assert upright(text, room) == lines


@given(st.text("（三）、不予公开", max_size=20), st.integers(-1, 9))
def test_upright_keeps_all(text: str, room: int) -> None:
    """No character is lost, and only the number may be wider than the column."""
    lines = upright(text, room)
    assert "".join(lines) == text
    assert all(len(line) <= max(1, room) for line in lines[1:])


def test_bands() -> None:
    """Table 2 has four bands, tables 3 and 4 are of one piece."""
    grids = [block for block in compose(Report("2021", "甲局", 2024)).blocks if isinstance(block, Grid)]
    assert [bands(grid) for grid in grids] == [(1, 5, 8, 12), (1,), (1,)]


def test_digits() -> None:
    """Figures of one column and band align if they differ in length; a blank counts for nothing."""
    texts = (("1", "22"), ("333", "44"), ("", "55"))
    cells = tuple(
        Cell(text, row, column, 1, 1, "figure", f"{row}{column}")
        for row, line in enumerate(texts, 1)
        for column, text in enumerate(line, 1)
    )
    assert digits(Grid("t", "", (1, 1), 3, 0, cells)) == {"11": 3, "21": 3, "31": 3}
