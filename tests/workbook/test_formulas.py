"""The formulas of the template, as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlreport.form import load_form
from xlreport.workbook.build import formulas as f

from .test_build import bounds

PLACES = st.sets(st.tuples(st.sampled_from(["", "表三"]), st.integers(1, 30), st.integers(1, 9)), min_size=1)


@given(PLACES)
def test_areas_cover_exactly(places: set[tuple[str, int, int]]) -> None:
    """The areas of any set of cells cover each of them once, and no other."""
    cells = {str(number): place for number, place in enumerate(sorted(places))}
    covered: list[tuple[str, int, int]] = []
    for area in f.areas(cells, cells.__getitem__):
        sheet, _, range_ = area.rpartition("!")
        left, top, right, bottom = bounds(range_)
        covered += [(sheet, column, row) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    assert sorted(covered) == sorted(places)


def test_a_block_is_one_area() -> None:
    """A full rectangle is written as one range, so that formulas stay short enough to read."""
    cells = {f"{column}.{row}": ("表三", column, row) for column in (4, 5, 6) for row in (8, 9)}
    assert f.areas(cells, cells.__getitem__) == ("表三!D8:F9",)


def test_leaves() -> None:
    """Behind the total of totals stand all inputs of the block, each once."""
    form = load_form("2021")
    leaves = f.leaves(form, ("t3.concluded.total",))
    assert len(leaves) == len(set(leaves)) == 21 * 6
    assert not set(leaves) & set(form.totals)
