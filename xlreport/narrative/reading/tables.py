"""What the tables say of a sum of cells, blanks considered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlreport.form.weigh import Number
from xlreport.report import Report


class Tables(NamedTuple):
    """The figures of a report, as a reader of its tables takes them."""

    report: Report
    blanks: frozenset[str]

    def total(self, cells: Iterable[str]) -> Iterator[tuple[Number, bool]]:
        """Their sum, and whether it may be greater because some are blank; nothing where none of them is filled."""
        values = [self._value(cell) for cell in cells]
        filled = [value for value, _ in values if value is not None]
        if filled:
            yield sum(filled), any(growing for _, growing in values)

    def blank(self, cells: Iterable[str]) -> tuple[str, ...]:
        """Those of `cells` that are blank, or are totals of blanks."""
        return tuple(cell for cell in cells if self._value(cell)[1])

    def _value(self, cell: str) -> tuple[Number | None, bool]:
        """A cell's figure; a blank total's is what its parts add up to."""
        figures = self.report.figures
        if cell in figures:
            return figures[cell], cell in self.blanks
        relation = self.report.statute.totals.get(cell)
        parts = [figures[part] for part in relation.left if part in figures] if relation else []
        return (sum(parts) if parts else None), True


def tables(report: Report) -> Tables:
    """The tables of `report`."""
    return Tables(report, report.blanks())
