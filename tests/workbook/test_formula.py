"""Formulas as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.workbook.formula import Area, areas, canonical, shape, shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(D6:I6)", "= sum( $D$6 : I6 )".replace(" : ", ":")),
        ("IF(A1,FALSE,TRUE)", "IF(A1,FALSE(),True( ))"),
        ("校验!E15+1", "'校验'!$E$15 + 1.0"),
        ("D6", "表三!D6"),
        ("IFERROR(A1,1E+300)", "of:=_xlfn.IFERROR(A1,1e300)"),
        ("表三!#REF!", "#REF!"),
    ],
)
def test_spellings_of_one_formula(one, other):
    """What programs write differently is the same formula."""
    assert canonical(one, "表三") == canonical(other, "表三")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(D6:I6)", "SUM(D6:H6)"),
        ('"a b"', '"ab"'),
        ('"TRUE"', "TRUE"),
        ("校验!E15", "E15"),
        ("A1+1", "A1-1"),
        ("LOG10(A1)", "LOG11(A1)"),
        ("'a''b'!A1", "ab!A1"),
    ],
)
def test_other_formulas(one, other):
    """What computes something else is another formula."""
    assert canonical(one, "表三") != canonical(other, "表三")


def test_a_formula_follows_its_cells():
    """Areas move and are renamed with their sheet; what is gone is #REF!; text and functions stay."""

    def move(sheet: str, area: Area) -> tuple[str, Area] | None:
        if area.top == 9:
            return None
        return (f"{sheet}2", area._replace(top=area.top + 1, bottom=area.bottom + 1))

    formula = 'SUM(D6:I7,校验!A1,B9,LOG10(2),"D6")'
    assert canonical(formula, "表三", move, "表三2") == 'SUM(D7:I8,校验2!A2,#REF!,LOG10(2.0),"D6")'


def test_shape_is_what_a_formula_does():
    """Two cells of one column of totals have one shape."""
    assert shape("SUM(D6:I6)") == shape("SUM(校验!D7)") != shape("MAX(D6:I6)")


def test_a_shared_formula_is_spelled_out():
    """Relative references move, absolute ones and text stay."""
    assert shared("SUM(D6:I6,$A6,A$6,$A$6)&\"D6\"&'a1'!B2", 2, 1) == "SUM(E8:J8,$A8,B$6,$A$6)&\"D6\"&'a1'!C4"


def test_areas():
    """A list of areas, absolute or not; a whole column is none."""
    assert areas("D6:I28 $D$30 A:A") == [Area(6, 4, 28, 9), Area(30, 4, 30, 4)]
    assert [area.cells for area in areas("D6:I28 D30")] == ["D6:I28", "D30"]


@given(st.text(st.sampled_from("A1$:'\"!#REF().,+ <>=aTRUE校"), max_size=40))
def test_any_text_has_one_canonical_form(text):
    """Nothing is raised, and the same text has the same form."""
    assert canonical(text, "表三") == canonical(text, "表三")
