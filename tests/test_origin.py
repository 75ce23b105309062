"""Where figures stand, as a person would say it."""

from __future__ import annotations

import pytest

from xlreport.origin import Origin, told


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (range(1, 5), "1、2、3、4"),
        (range(1, 8), "1–7"),
        ((1, 3, 5, 7, 9, 11, 28), "1、3、5、7、9、11…"),
    ],
)
def test_rows(rows, said):
    """A range is said where nothing is missing in it; else the first, and … for the others."""
    assert told(Origin(table=2, row=row) for row in rows).values["row"] == said


def test_sheets():
    """Each sheet is named once, with … only where cells of it are left out."""
    both = [f"{sheet}!C{row}" for sheet in ("甲", "乙") for row in range(4)]
    assert told(Origin(address=address) for address in both).values["address"] == "甲!C0、C1、C2、C3、乙!C0、C1、C2、C3"
    assert told(Origin(address=f"甲!C{row}") for row in range(7)).values["address"] == "甲!C0、C1、C2、C3、C4、C5…"
