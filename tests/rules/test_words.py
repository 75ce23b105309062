"""Numbers, cells and names as sentences print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.rules import words

FIGURES = load_form("2021").figures


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-1, "−1"),
        (Decimal("52.150"), "52.15"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000001"), "0.000001"),
        (10**15, "1.000E+15"),
        (Decimal("-1E+300"), "−1.000E+300"),
    ],
)
def test_number(value: Number, text: str) -> None:
    """A number is written digit by digit while that can be read, without trailing zeros."""
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["received.natural_person"], "D6"),
        (["received.natural_person", "received.enterprise"], "D6、E6"),
        (["received.natural_person", "received.enterprise", "received.research_institution"], "D6:F6"),
        (["received.natural_person", "carried_in.natural_person", "granted.natural_person"], "D6:D8"),
        (["received.natural_person", "received.enterprise", "carried_in.enterprise"], "D6、E6、E7"),
        (["received.natural_person", "carried_in.natural_person", "carried_in.enterprise"], "D6、D7、E7"),
        (["received.enterprise", "received.natural_person"], "E6、D6"),
    ],
)
def test_cells(cells: list[str], text: str) -> None:
    """Three neighbours in a line are a range; a corner ends it, and the order is kept."""
    assert words.cells([FIGURES[f"t3.{cell}"] for cell in cells]) == text


def test_heading() -> None:
    """A text is named by its section, by the heading that the report itself gives, and by its aspect."""
    form = load_form("2021")
    assert words.heading(form, "overview.proactive") == "一、总体情况（一）主动公开"
    assert words.heading(form, "problems", {"problems": "五、问题"}) == "五、问题"
    assert words.heading(form, "preamble") == ""
