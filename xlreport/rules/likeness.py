"""How likely a slip is: mistakes of the hand have a look (digits transposed, a zero lost, a neighbour's cell).

Weights are comparable only with each other: the lower, the likelier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple

from xlreport.form import Figure, Form, load_form
from xlreport.form.weigh import Number

TELLING = 10
"""From here on two cells with the same number are no coincidence."""

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "total_empty": 2,  # a total left 0 or blank
        "stepped_zero": 5,  # 0 for 1, 1 for 0
        "left_out": 7,  # 0 or blank for 12
        "stray": 7,  # 12 for 0
        "sign": 2,  # -12 for 12
        "point": 2,  # 1.2 for 12
        "zero": 2,  # 120 or 1 for 12
        "transposed": 2,  # 21 for 12
        "step": 3,  # 11 or 13 for 12
        "doubled": 3,  # 122 for 12, or 12 for 122
        "digit_lost": 4,  # 12 for 132
        "digit_added": 4,  # 132 for 12
        "neighbour": 3,  # what stands in the next row or column
        "digit": 5,  # 17 for 12
        "other": 6,
        # two cells at once
        "swapped": 4,  # neighbours, each with the other's value
        "moved": 4,  # typed into a neighbour, its own cell left 0
        "exchanged": 5,  # as swapped, further apart in a row or column
        "row_cancels": 5,  # one up, one down by the same, in a row: counted under the wrong applicant
        "column_cancels": 6,  # the same in a column: counted under the wrong result
    }
)


class Change(NamedTuple):
    """A cell, what stands in it (None: blank) and what should."""

    figure: Figure
    actual: Number | None
    suggested: Number

    @property
    def by(self) -> Number:
        """The difference."""
        return self.suggested - (self.actual or 0)


class Slip(NamedTuple):
    """A mistake that explains one change, or two at once."""

    kind: str
    changes: tuple[Change, ...]

    @property
    def weight(self) -> int:
        """The lower, the likelier."""
        return WEIGHTS[self.kind]


def slips(changes: Sequence[Change], form: Form, figures: Mapping[str, Number]) -> tuple[Slip, ...]:
    """The likeliest slips that together explain `changes` in a report with `figures`; pairs come first."""
    alone = {change.figure.id: Slip(_alone(change, form, figures), (change,)) for change in changes}
    pairs = [slip for a, b in combinations(changes, 2) if (slip := _together(a, b))]

    def loss(slip: Slip) -> int:
        return slip.weight - sum(alone[change.figure.id].weight for change in slip.changes)

    found: list[Slip] = []
    for _, slip in sorted(((loss(slip), slip) for slip in pairs), key=lambda pair: pair[0]):
        cells = [change.figure.id for change in slip.changes]
        if all(cell in alone for cell in cells) and loss(slip) <= 0:
            found.append(slip)
            for cell in cells:
                del alone[cell]
    return (*found, *alone.values())


def _alone(change: Change, form: Form, figures: Mapping[str, Number]) -> str:
    """The slip that one change looks like."""
    actual, suggested = change.actual or 0, change.suggested
    if not actual and change.figure.id in form.totals:
        return "total_empty"
    if not actual or not suggested:
        return "stepped_zero" if {change.actual, suggested} == {0, 1} else "stray" if actual else "left_out"
    look = _look(str(actual), str(suggested))
    if look == "other" and actual >= TELLING:
        return "neighbour" if any(figures.get(cell) == actual for cell in _around(form.id, change.figure.id)) else look
    return look


@lru_cache(4096)
def _look(actual: str, suggested: str) -> str:
    return next((kind for kind, fits in _LOOKS if fits(actual, suggested)), "other")


def _zero(actual: str, suggested: str) -> bool:
    short, long = sorted((actual, suggested), key=len)
    return long in (short + "0", short + "00")


def _one_digit(actual: str, suggested: str) -> bool:
    same_length = len(actual) == len(suggested) > 1
    return same_length and sum(a != b for a, b in zip(actual, suggested, strict=True)) == 1


def _transposed(actual: str, suggested: str) -> bool:
    return any(
        actual[:i] + actual[i + 1] + actual[i] + actual[i + 2 :] == suggested != actual for i in range(len(actual) - 1)
    )


def _lost(short: str, long: str) -> list[str]:
    """Each digit of `long`, with its neighbours, whose loss leaves `short`."""
    return [long[max(i - 1, 0) : i + 2] for i in range(len(long)) if long[:i] + long[i + 1 :] == short]


def _doubled(actual: str, suggested: str) -> bool:
    short, long = sorted((actual, suggested), key=len)
    return any(a == b for near in _lost(short, long) for a, b in pairwise(near))


_LOOKS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("sign", lambda actual, suggested: actual == f"-{suggested}"),
    ("point", lambda actual, suggested: "." in actual and actual.replace(".", "") == suggested),
    ("zero", _zero),
    ("transposed", _transposed),
    ("step", lambda actual, suggested: abs(float(actual) - float(suggested)) == 1),
    ("doubled", _doubled),
    ("digit_lost", lambda actual, suggested: bool(_lost(actual, suggested))),
    ("digit_added", lambda actual, suggested: bool(_lost(suggested, actual))),
    ("digit", _one_digit),
)
"""What two numbers look like side by side, both not zero; the first that fits."""


@cache
def _around(form: str, cell: str) -> tuple[str, ...]:
    """The cells above, below and beside."""
    here = load_form(form).figures[cell]
    return tuple(figure.id for figure in load_form(form).table(here.table).figures if _distance(here, figure) == 1)


def _together(a: Change, b: Change) -> Slip | None:
    """The slip that explains both changes at once."""
    line, near = _line(a.figure, b.figure), _distance(a.figure, b.figure) == 1
    if line is None:
        return None
    if (a.suggested, b.suggested) == (b.actual or 0, a.actual or 0):
        return Slip("swapped" if near else "exchanged", (a, b))
    if a.by != -b.by:
        return None
    if near and not (a.actual and b.actual):
        return Slip("moved", (a, b))
    return Slip(f"{line}_cancels", (a, b))


def _line(a: Figure, b: Figure) -> Literal["row", "column"] | None:
    """What two cells share: a row or a column of one table."""
    if a.table != b.table:
        return None
    return "row" if a.row_id == b.row_id else "column" if a.column_id == b.column_id else None


def _distance(a: Figure, b: Figure) -> int:
    """Steps on the grid of a table."""
    return abs(a.row - b.row) + abs(a.column - b.column)
