"""A statutory table on its way to Typst."""

from __future__ import annotations

import pytest

from tests.document.conftest import a_report
from xlreport.document.compose import compose
from xlreport.document.outline import Cell, Grid
from xlreport.document.tabular import tabular
from xlreport.form import FORMS


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_once(form: str) -> None:
    """Every cell goes into a band of heads or among the others; bands hold heads alone, and the first lines repeat."""
    for grid in (block for block in compose(a_report(form)).blocks if isinstance(block, Grid)):
        table = tabular(grid)
        banded = [cell for band in table["bands"] for cell in band["cells"]]
        places = sorted((cell["y"] + 1, cell["x"] + 1) for cell in (*banded, *table["cells"], *table["flat"]))
        assert places == sorted((cell.row, cell.column) for cell in grid.cells)
        assert len(banded) == sum(cell.role == "head" for cell in grid.cells)
        assert sum(band["repeat"] for band in table["bands"]) == (grid.head_lines > 0)
        assert sum(table["shares"]) == pytest.approx(1)


def test_group_of_rows() -> None:
    """The label beside several rows brings its lines for a column of any width."""
    cells = tuple(Cell(text, 2 * n + 1, 1, 2, 1, "stub") for n, text in enumerate(("（三）不予公开", "")))
    table = tabular(Grid("t", "", (1, 1), 4, 0, cells))
    assert {cell["kind"] for cell in table["cells"]} == {"upright"}
    first, second = (cell["lines"] for cell in table["cells"])
    assert first[1] == ("（三）", "不予", "公开")
    assert first[3] == ("（三）", "不予公开")
    assert second[0] == ("",)


def test_figure_alone_in_its_row_is_measured() -> None:
    """A figure counts for the height of its row only where no label of one row stands beside it."""
    cells = (Cell("甲", 1, 1, 1, 1, "stub"), Cell("1", 1, 2, 1, 1, "figure"), Cell("2", 2, 1, 1, 2, "figure"))
    table = tabular(Grid("t", "", (1, 1), 2, 0, cells))
    assert [cell["text"] for cell in table["cells"]] == ["甲", "2"]
    assert [cell["text"] for cell in table["flat"]] == ["1"]
