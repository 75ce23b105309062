"""Addresses in A1 notation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.host.libreoffice.addresses import (
    COLUMNS,
    ROWS,
    Box,
    address,
    parse,
    quoted,
    split_sheet,
)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("A1", (1, 1, 1, 1)),
        ("$b$3", (3, 2, 3, 2)),
        ("C5:B2", (2, 2, 5, 3)),
        ("A:C", (1, 1, ROWS, 3)),
        ("3:2", (2, 1, 3, COLUMNS)),
        ("XFD1048576", (ROWS, COLUMNS, ROWS, COLUMNS)),
    ],
)
def test_parse(text, box):
    """A cell, a range in any order, whole columns and whole rows are understood."""
    assert parse(text) == box


@pytest.mark.parametrize("text", ["", "A", "A0", "XFE1", "A1048577", "A1:", "A1:B", "name", "A1 ", "1", "ABCD1"])
def test_no_address(text):
    """What is no address, or lies beyond the sheet, is none."""
    assert parse(text) is None


boxes = st.builds(
    lambda r, c, h, w: Box(r, c, min(r + h, ROWS), min(c + w, COLUMNS)),
    st.integers(1, ROWS),
    st.integers(1, COLUMNS),
    st.integers(0, 50),
    st.integers(0, 50),
)


@given(boxes, st.booleans(), st.booleans())
def test_there_and_back(box, rows, columns):
    """An address that was written is read as the same cells."""
    assert parse(address(box, rows=rows, columns=columns)) == box


def test_whole():
    """Whole rows and columns are written as Excel writes them."""
    assert address(Box(1, 1, ROWS, 3)) == "$A:$C"
    assert address(Box(2, 1, 3, COLUMNS), rows=False) == "2:3"
    assert address(Box(1, 1, ROWS, COLUMNS)) == "$1:$1048576"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("表三", "表三"),
        ("Sheet_1", "Sheet_1"),
        ("My sheet", "'My sheet'"),
        ("it's", "'it''s'"),
        ("2024", "'2024'"),
        ("A1", "'A1'"),
        ("R1C1", "'R1C1'"),
        ("（一）", "'（一）'"),
    ],
)
def test_sheets(name, written):
    """A sheet's name has quotes where it could be mistaken, and comes back from them."""
    assert quoted(name) == written
    assert split_sheet(f"{written}!A1") == (name, "A1")
