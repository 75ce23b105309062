"""Merged cells, found with few questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hypothesis import given
from hypothesis import strategies as st

from xlreport.host.merged import asked, merged_areas
from xlreport.workbook.formula import Area

ROWS, COLUMNS = 14, 9


class Cells:
    """A range of a sheet with merged areas, as far as the public API says."""

    def __init__(self, area: Area, merged: frozenset[Area]) -> None:
        self.area = area
        self.merged = merged

    @property
    def merge_cells(self) -> bool | None:
        """As Excel has it: None where some are merged and some are not."""
        inside = {cell in self.covered for cell in cells(self.area)}
        return inside.pop() if len(inside) == 1 else None

    @property
    def covered(self) -> set[tuple[int, int]]:
        """Every cell of a merged area."""
        return {cell for area in self.merged for cell in cells(area)}

    @property
    def merge_area(self) -> Cells:
        """The merged area that the first cell is in, or the cell."""
        at = (self.area.top, self.area.left)
        return Cells(next((area for area in self.merged if at in cells(area)), self.area), self.merged)

    @property
    def address(self) -> str:
        """Such as D6:I6."""
        return self.area.cells


class Sheet:
    """A sheet that counts what it is asked."""

    def __init__(self, merged: frozenset[Area]) -> None:
        self.merged = merged
        self.questions = 0

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Cells:
        """The cells from the first to the last."""
        self.questions += 1
        return Cells(Area(*first, *last), self.merged)


def cells(area: Area) -> set[tuple[int, int]]:
    return {(row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)}


@st.composite
def areas(draw: st.DrawFn) -> frozenset[Area]:
    """Areas of several cells, none of which overlap."""
    found: list[Area] = []
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(1, ROWS)), draw(st.integers(1, COLUMNS))
        area = Area(top, left, draw(st.integers(top, ROWS)), draw(st.integers(left, COLUMNS)))
        if len(cells(area)) > 1 and all(cells(area).isdisjoint(cells(other)) for other in found):
            found.append(area)
    return frozenset(found)


@given(areas(), areas())
def test_all_are_found(merged: frozenset[Area], expected: frozenset[Area]) -> None:
    """Whatever was expected, all merged areas are found, and no other."""
    sheet = Sheet(merged)

    def ask(parts: Iterable[Area]) -> Iterator[Area]:
        return asked(sheet, parts)  # type: ignore[arg-type]

    assert merged_areas((ROWS, COLUMNS), expected, ask) == merged


@given(areas())
def test_what_is_expected_costs_little(merged: frozenset[Area]) -> None:
    """Where all is as expected, a merged area costs one question, and the rest is asked for in rectangles."""
    sheet = Sheet(merged)
    merged_areas((ROWS, COLUMNS), merged, lambda parts: asked(sheet, parts))  # type: ignore[arg-type]
    assert sheet.questions <= len(merged) + (2 * len(merged) + 1) ** 2
