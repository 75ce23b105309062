"""How likely a slip is: mistakes of the hand have a look (digits transposed, a zero lost, a neighbour's cell).

Weights are comparable only with each other: lower is likelier, a few steps apart where one is clearly likelier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from xlreport.form import Figure, Form
from xlreport.form.weigh import Number

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "transposed": 2,  # 21 for 12
        "zero": 2,  # 120 or 1 for 12
        "total_empty": 2,  # a total left 0 or blank
        "sign": 2,  # -12 for 12
        "point": 2,  # 1.2 for 12
        "doubled": 3,  # 122 for 12
        "step": 3,  # 11 or 13 for 12
        "neighbour": 3,  # what stands in the next row or column
        "digit_lost": 4,  # 12 for 132
        "digit_added": 4,  # 132 for 12
        "digit": 5,  # 17 for 12
        "stepped_zero": 5,  # 0 for 1, 1 for 0
        "other": 6,
        "left_out": 7,  # 0 or blank for 12
        "stray": 7,  # 12 for 0
        # two cells at once
        "swapped": 4,  # neighbours, each with the other's value
        "moved": 4,  # typed into a neighbour, its own cell left 0
        "exchanged": 5,  # as swapped, further apart in a row or column
        "row_cancels": 5,  # one up, one down by the same, in a row: counted under the wrong applicant
        "column_cancels": 6,  # the same in a column: counted under the wrong result
    }
)

TELLING = 10
"""From here on two cells with the same number are no coincidence."""


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
    """The likeliest slips that together explain `changes`: pairs first where one slip explains two."""
    alone = {change: Slip(_alone(change, form, figures), (change,)) for change in changes}
    found: list[Slip] = []
    pairs = [
        (slip.weight - alone[a].weight - alone[b].weight, slip)
        for i, a in enumerate(changes)
        for b in changes[i + 1 :]
        if (slip := _together(a, b))
    ]
    for gain, slip in sorted(pairs, key=lambda pair: pair[0]):
        if gain <= 0 and all(change in alone for change in slip.changes):
            found.append(slip)
            for change in slip.changes:
                del alone[change]
    return (*found, *alone.values())


def _alone(change: Change, form: Form, figures: Mapping[str, Number]) -> str:
    actual, suggested = change.actual, change.suggested
    if not actual:
        if change.figure.id in form.totals:
            return "total_empty"
        return "stepped_zero" if actual == 0 and suggested == 1 else "left_out"
    if not suggested:
        return "stepped_zero" if actual == 1 else "stray"
    if actual == -suggested:
        return "sign"
    if not isinstance(actual, int) or not isinstance(suggested, int):
        return "point" if str(actual).replace(".", "") == str(suggested) else "other"
    if actual < 0:
        return "other"
    return _digits(str(actual), str(suggested)) or ("neighbour" if _nearby(change, form, figures) else "other")


def _digits(actual: str, suggested: str) -> str | None:
    """The slip that makes one string of digits of the other."""
    if actual in (suggested + "0", suggested + "00") or suggested in (actual + "0", actual + "00"):
        return "zero"
    if len(actual) == len(suggested):
        off = [i for i, (a, b) in enumerate(zip(actual, suggested, strict=True)) if a != b]
        if (
            len(off) == 2
            and off[1] == off[0] + 1
            and actual[off[0]] + actual[off[1]] == suggested[off[1]] + suggested[off[0]]
        ):
            return "transposed"
    if abs(int(actual) - int(suggested)) == 1:
        return "step"
    if len(actual) == len(suggested):
        return "digit" if len(off) == 1 and len(actual) > 1 else None
    short, long = sorted((actual, suggested), key=len)
    at = [i for i in range(len(long)) if long[:i] + long[i + 1 :] == short]
    if not at:
        return None
    if any(long[i] in (long[i - 1 : i], long[i + 1 : i + 2]) for i in at):
        return "doubled"
    return "digit_lost" if short == actual else "digit_added"


def _nearby(change: Change, form: Form, figures: Mapping[str, Number]) -> bool:
    """Whether a neighbour holds the same, telling number."""
    here = change.figure
    return (change.actual or 0) >= TELLING and any(
        figures.get(other.id) == change.actual and _distance(here, other) == 1
        for other in form.table(here.table).figures
    )


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
    """Steps on the grid of a table; far for different tables."""
    return abs(a.row - b.row) + abs(a.column - b.column) if a.table == b.table else 99
