"""The letters of sheet columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.columns import column_name, column_number


@pytest.mark.parametrize(
    ("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns(number: int, name: str) -> None:
    """Columns are counted from A to Z, then from AA."""
    assert column_name(number) == name
    assert column_number(name.lower()) == number


@given(st.integers(1, 16384))
def test_there_and_back(number: int) -> None:
    """Letters and numbers of columns are the same columns."""
    assert column_number(column_name(number)) == number
