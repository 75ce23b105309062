"""Numbers as a Chinese official document writes them."""

from decimal import Decimal

import pytest

from xlreport.narrative.numbers import change, ordinal, written


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1573179, "1573179"), (Decimal("72701.2578"), "72701.2578"), (Decimal("1E+3"), "1000"), (-2, "-2")],
)
def test_written(value, text):
    """A number is written digit by digit as its cell has it."""
    assert written(value) == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (6, "六"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (0, "零")]
)
def test_ordinal(number, text):
    """The parts of a text are numbered in Chinese."""
    assert ordinal(number) == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (3525, 3511, "比上年增长0.4%"),
        (170, 440, "比上年下降61.4%"),
        (3, 2, "比上年增长50.0%"),
        (2001, 2000, "比上年增长0.1%"),  # 0.05 % rounds up
        (10001, 10000, "比上年增加1件"),
        (9999, 10000, "比上年减少1件"),
        (7, 7, "与上年持平"),
        (Decimal("7.0"), 7, "与上年持平"),
        (0, 0, ""),
        (5, 0, "上年为0件"),
        (0, 5, "比上年减少5件"),
        (5_000_000, 1, "比上年增加4999999件"),
        (Decimal("1.25"), Decimal("1.5"), "比上年下降16.7%"),
    ],
)
def test_change(now, before, text):
    """A percentage has one decimal, and there is none from zero, to zero, or where it would say nothing."""
    assert change(now, before, "件") == text


def test_change_from_almost_nothing():
    """The smallest decimal that a cell can hold does not break the arithmetic."""
    assert change(10**14, Decimal("1E-300"), "元").startswith("比上年增加")
