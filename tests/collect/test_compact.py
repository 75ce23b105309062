"""xlreport.collect.compact: a mapping like any other."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest

from tests.samples import city
from xlreport.collect.compact import Compact


def test_as_a_dictionary() -> None:
    """It is what the dictionary was, in the order of the form, blanks left out."""
    figures = {cell: value for cell, value in city().figures.items() if value}
    figures["t2.fees.amount"] = Decimal("0.10")
    compact = Compact("2021", dict(reversed(figures.items())))
    assert compact == figures
    assert len(compact) == len(figures) < 200
    assert list(compact) == [cell for cell in city().statute.figures if cell in figures]
    assert str(compact["t2.fees.amount"]) == "0.10"
    blank = next(cell for cell in city().statute.figures if cell not in figures)
    for cell in (blank, "t9.nothing.here"):
        assert cell not in compact
        assert compact.get(cell) is None
        assert compact.get(cell, 0) == 0
        with pytest.raises(KeyError):
            compact[cell]


def test_small() -> None:
    """It takes little more than the numbers themselves."""
    figures = dict(city().figures)
    assert sys.getsizeof(Compact("2021", figures)._values) < sys.getsizeof(figures) / 4
