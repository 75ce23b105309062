"""Weighing relations over blanks."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from xlreport.form import Relation
from xlreport.form.weigh import weigh

CELL = st.one_of(st.none(), st.integers(0, 3))


@given(st.lists(CELL, min_size=1, max_size=2), st.lists(CELL, min_size=1, max_size=2))
@settings(deadline=None)
def test_every_filling(left: list[int | None], right: list[int | None]) -> None:
    """Blanks never yield a pass they should not, nor a failure: the verdict is that of trying every filling.

    Six is enough for a blank: no known side is heavier.
    """
    names = [f"l{i}" for i in range(len(left))], [f"r{i}" for i in range(len(right))]
    relation = Relation("X", "x", tuple(names[0]), tuple(names[1]), total=False)
    cells = dict(zip(names[0] + names[1], left + right, strict=True))
    known = {cell: value for cell, value in cells.items() if value is not None}
    blanks = [cell for cell in cells if cell not in known]
    balanced = [
        sum(filled[cell] for cell in names[0]) == sum(filled[cell] for cell in names[1])
        for filling in product(range(7), repeat=len(blanks))
        for filled in [known | dict(zip(blanks, filling, strict=True))]
    ]
    outcome = weigh(relation, known, blanks)
    assert outcome.verdict == ("holds" if balanced[0] else "open" if any(balanced) else "fails")
    assert outcome.left == sum(known.get(cell, 0) for cell in names[0])
    assert outcome.right == sum(known.get(cell, 0) for cell in names[1])
