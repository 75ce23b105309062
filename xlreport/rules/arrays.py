"""The arithmetic of many reports at once, as arrays. Needs numpy, the extra `collect`.

For who has thousands of them: which reports hold, and in which relations. The verdicts are exactly those of
`form.weigh`; the rules then tell the few that do not hold in sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from xlreport.form import CREDIBLE, load_form
from xlreport.form.weigh import Number, weigh
from xlreport.report import Report

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERDICTS = ("holds", "fails", "open")
"""What the numbers of an array mean."""

BLOCK = 512
"""Reports at a time, so that their numbers stay in the processor's cache."""


class _Side(NamedTuple):
    """The same side of all relations: the places of their cells one after another, and where each begins."""

    places: NDArray[np.intp]
    starts: NDArray[np.intp]


class _Plan(NamedTuple):
    """A form's relations over the cells that they speak of.

    totals: id, place among `cells` and places of the parts of what a workbook computes, parts before the sums that
    need them.
    """

    cells: tuple[str, ...]
    left: _Side
    right: _Side
    totals: tuple[tuple[str, int, list[int]], ...]


def verdicts(form_id: str, reports: Sequence[Report]) -> NDArray[np.int8]:
    """Indices of VERDICTS: a row for each report, a column for each relation of the form, in its order.

    Raises ValueError when a report is of another form, KeyError when we know no such form.
    """
    import numpy as np

    found = np.empty((len(reports), len(load_form(form_id).relations)), np.int8)
    for start in range(0, len(reports), BLOCK):
        block = reports[start : start + BLOCK]
        if any(report.form != form_id for report in block):
            raise ValueError(form_id)
        found[start : start + BLOCK] = _block(_plan(form_id), block)
    return found


def _block(plan: _Plan, reports: Sequence[Report]) -> NDArray[np.int8]:
    """The verdicts on a few reports; those with numbers that floating point cannot add up are weighed one by one."""
    import numpy as np

    rows = [list(map(report.figures.get, plan.cells)) for report in reports]
    odd = [number for number, row in enumerate(rows) if not _plain(row)]
    for number in odd:
        rows[number] = [0] * len(plan.cells)
    found = _weigh(plan, np.array(rows, float), [report.derived for report in reports])
    for number in odd:
        report, blanks = reports[number], reports[number].blanks()
        outcomes = (weigh(relation, report.figures, blanks) for relation in report.statute.relations)
        found[number] = [VERDICTS.index(outcome.verdict) for outcome in outcomes]
    return found


def _plain(row: Sequence[Number | None]) -> bool:
    """Whether floating point adds these numbers up exactly: whole ones, no greater than an office can mean."""
    if any(issubclass(kind, Decimal) for kind in set(map(type, row))):
        return False
    filled = [value for value in row if value]
    return not filled or (max(filled) <= CREDIBLE and min(filled) >= -CREDIBLE)


def _weigh(plan: _Plan, values: NDArray[np.float64], derived: Sequence[frozenset[str]]) -> NDArray[np.int8]:
    """The verdicts over `values`, a row for each report, NaN where a cell is blank."""
    import numpy as np

    blank = np.isnan(values)
    for cell, place, parts in plan.totals:
        computed = np.array([cell in ids for ids in derived])
        blank[:, place] |= computed & blank[:, parts].any(axis=1)
    values = np.nan_to_num(values)
    left, right = (np.add.reduceat(values[:, side.places], side.starts, axis=1) for side in (plan.left, plan.right))
    on_left, on_right = (
        np.logical_or.reduceat(blank[:, side.places], side.starts, axis=1) for side in (plan.left, plan.right)
    )
    lighter = np.where(left < right, on_left, on_right)
    return np.where(left == right, 0, np.where(lighter, 2, 1)).astype(np.int8)


@cache
def _plan(form_id: str) -> _Plan:
    import numpy as np

    form = load_form(form_id)
    cells = tuple(dict.fromkeys(cell for relation in form.relations for cell in relation.cells))
    place = {cell: number for number, cell in enumerate(cells)}

    def side(members: Sequence[Sequence[str]]) -> _Side:
        starts = np.cumsum([0, *(len(cells) for cells in members[:-1])])
        return _Side(np.array([place[cell] for cells in members for cell in cells]), starts)

    return _Plan(
        cells,
        side([relation.left for relation in form.relations]),
        side([relation.right for relation in form.relations]),
        tuple((cell, place[cell], [place[part] for part in sum_.left]) for cell, sum_ in form.totals.items()),
    )
