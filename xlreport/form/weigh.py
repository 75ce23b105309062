"""Weighing a relation: both sides, and what may be said of them when cells are blank."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from xlreport.form.model import Relation

Number = int | Decimal


class Outcome(NamedTuple):
    """`left` and `right`, blanks taken as zero, and whether the relation holds, fails or is open."""

    left: Number
    right: Number
    verdict: Literal["holds", "fails", "open"]


def weigh(relation: Relation, figures: Mapping[str, Number], blanks: Collection[str]) -> Outcome:
    """Weigh `relation` over `figures`.

    `blanks` are the cells whose true value may be greater than `figures` says: empty ones, and sums of empty ones. The
    relation fails only if no filling of them with non-negative numbers could satisfy it, that is if the lighter side
    has none.
    """
    left, right = (sum(figures.get(cell, 0) for cell in side) for side in (relation.left, relation.right))
    if left == right:
        return Outcome(left, right, "holds")
    lighter = relation.left if left < right else relation.right
    return Outcome(left, right, "open" if any(cell in blanks for cell in lighter) else "fails")
