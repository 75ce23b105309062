"""What a clerk typed into one cell, as what it was meant to be."""

from __future__ import annotations

import datetime as dt

import pytest

from xlreport.workbook.cells import Value, words


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (55512345.0, "55512345"),
        (12, "12"),
        (3.5, "3.5"),
        (1e20, "100000000000000000000"),
        (dt.date(2024, 3, 5), "2024年3月5日"),
        ("甲\r\n乙\x00", "甲\n乙"),
    ],
)
def test_words(value: Value, told: str) -> None:
    """A number, a date or a text where text belongs is the text that a reader would speak."""
    assert words(value) == told
