"""What slips look like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.messages import LANGUAGES, say
from xlreport.rules.likeness import WEIGHTS, Change, slips

FORM = load_form("2021")
HERE = FORM.figures["t3.granted.enterprise"]


def change(actual: Number | None, suggested: Number, cell: str = HERE.id) -> Change:
    return Change(FORM.figures[cell], actual, suggested)


@pytest.mark.parametrize(
    ("actual", "suggested", "kind"),
    [
        (21, 12, "transposed"),
        (1021, 1201, "transposed"),
        (120, 12, "zero"),
        (12, 1200, "zero"),
        (122, 12, "doubled"),
        (12, 122, "doubled"),
        (12, 132, "digit_lost"),
        (132, 12, "digit_added"),
        (9, 10, "step"),
        (12, 11, "step"),
        (17, 12, "digit"),
        (7, 2, "other"),
        (123, 321, "other"),
        (11, 57, "other"),
        (-12, 12, "sign"),
        (-12, 3, "other"),
        (Decimal("1.2"), 12, "point"),
        (Decimal("1.5"), 12, "other"),
        (0, 1, "stepped_zero"),
        (1, 0, "stepped_zero"),
        (0, 12, "left_out"),
        (None, 1, "left_out"),
        (12, 0, "stray"),
    ],
)
def test_alone(actual: Number | None, suggested: Number, kind: str) -> None:
    """A wrong number beside the right one tells the slip."""
    assert [slip.kind for slip in slips([change(actual, suggested)], FORM, {})] == [kind]


def test_neighbour_from_ten_on() -> None:
    """A number of two digits that stands in the next cell, too, is no coincidence; a smaller one may be."""
    for number, kind in ((10, "neighbour"), (9, "other")):
        figures = {"t3.partly_granted.enterprise": number}
        assert [slip.kind for slip in slips([change(number, 345)], FORM, figures)] == [kind]


def test_total_left_empty() -> None:
    """A total that is 0 or blank was not filled in."""
    for actual in (0, None):
        assert slips([change(actual, 5, "t3.granted.total")], FORM, {})[0].kind == "total_empty"


def test_neighbour() -> None:
    """The number of a cell beside it was typed; a small one tells nothing, nor does a cell further off."""
    beside, below, far = "t3.granted.natural_person", "t3.partly_granted.enterprise", "t3.granted.other"
    for cell, number, kind in (
        (beside, 58, "neighbour"),
        (below, 58, "neighbour"),
        (far, 58, "other"),
        (beside, 8, "other"),
    ):
        assert slips([change(number, 3)], FORM, {cell: number})[0].kind == kind


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (("t3.granted.enterprise", 3, 8), ("t3.granted.research_institution", 8, 3), ["swapped"]),
        (("t3.granted.enterprise", 3, 8), ("t3.partly_granted.enterprise", 8, 3), ["swapped"]),
        (("t3.granted.enterprise", 12, 21), ("t3.granted.research_institution", 21, 12), ["swapped"]),
        (("t3.granted.enterprise", 3, 8), ("t3.granted.other", 8, 3), ["exchanged"]),
        (("t3.granted.enterprise", 0, 8), ("t3.granted.research_institution", 12, 4), ["moved"]),
        (("t3.granted.enterprise", None, 8), ("t3.granted.research_institution", 8, 0), ["swapped"]),
        (("t3.granted.natural_person", 3, 5), ("t3.granted.other", 9, 7), ["row_cancels"]),
        (("t3.granted.other", 35, 57), ("t3.unavailable.not_held.other", 99, 77), ["column_cancels"]),
        (("t3.granted.natural_person", 3, 5), ("t3.partly_granted.other", 9, 7), ["other", "other"]),
        (("t3.granted.natural_person", 35, 53), ("t3.granted.other", 100, 82), ["row_cancels"]),
        (("t3.granted.natural_person", 12, 21), ("t3.granted.other", 21, 12), ["transposed", "transposed"]),
        (("t3.granted.natural_person", 0, 8), ("t3.granted.other", 12, 4), ["row_cancels"]),
        (("t3.granted.other", 3, 8), ("t4.reconsideration.other", 8, 3), ["other", "other"]),
        (("t3.granted.natural_person", 3, 8), ("t4.reconsideration.upheld", 8, 3), ["other", "other"]),
    ],
)
def test_together(
    one: tuple[str, Number | None, Number], other: tuple[str, Number | None, Number], kinds: list[str]
) -> None:
    """One slip explains two changes where that is the likelier story."""
    changes = [change(actual, suggested, cell) for cell, actual, suggested in (one, other)]
    assert [slip.kind for slip in slips(changes, FORM, {})] == kinds


def test_every_kind_is_told() -> None:
    """Every slip has its words in every language."""
    for language in LANGUAGES:
        for kind in WEIGHTS:
            assert say(f"suspects.why.{kind}", language)
