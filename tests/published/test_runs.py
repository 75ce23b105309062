"""Cells that run together are cut only where one way is left."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from xlreport.published import together
from xlreport.published.runs import Split, chosen, splits


@pytest.mark.parametrize(
    ("digits", "ways"),
    [
        ("0000000", [(0, 0, 0, 0, 0, 0, 0)]),
        ("1234567", []),  # as many digits as numbers, but a blank cell may be among them
        ("640020470", [(64, 0, 0, 2, 0, 4, 70)]),
        ("713000074", [(71, 3, 0, 0, 0, 0, 74)]),
        ("270020130", [(2, 7, 0, 0, 20, 1, 30), (27, 0, 0, 2, 0, 1, 30)]),
        ("123", []),
        ("12345678", []),
        ("9" * 60, []),
    ],
)
def test_splits(digits, ways):
    """Six numbers and their sum, in every way that has no leading zero."""
    assert sorted(splits(digits, (7,))) == ways


def test_chosen():
    """A cut that the sums of the columns exclude goes; where two remain, none is taken."""
    runs: dict[str, Sequence[Split]] = {
        "a": splits("270020130", (7,)),
        "b": splits("5000005", (7,)),
        "all": [(32, 0, 0, 2, 0, 1, 35)],
    }
    equations = [(("a", "b"), ("all",))]
    assert chosen(runs, equations)["a"] == (27, 0, 0, 2, 0, 1, 30)
    assert "a" not in chosen(runs, [])
    assert "a" not in chosen(runs | {"all": []}, equations)
    assert "a" not in chosen(runs | {"all": [(1, 0, 0, 0, 0, 0, 1)]}, equations)  # nothing satisfies it


def test_never_wrong():
    """Of random rows run together, whatever is chosen is what was there."""
    chance = random.Random(3)
    for _ in range(60):
        rows = {name: [chance.choice((0, 0, 0, chance.randrange(30))) for _ in range(6)] for name in "abc"}
        whole = {name: (*row, sum(row)) for name, row in rows.items()}
        whole["all"] = tuple(map(sum, zip(*whole.values(), strict=True)))
        runs = {name: splits("".join(map(str, row)), (7,)) for name, row in whole.items()}
        for name, found in chosen(runs, [(("a", "b", "c"), ("all",))]).items():
            assert found == whole[name]


def test_a_blank_cell_is_thought_of() -> None:
    """489, blank, 181, 934, 731, 402, 2737 run together can also be cut into seven numbers, all of them wrong."""
    run = "4891819347314022737"
    assert splits(run, (7,))
    assert together._blank(run)
    assert not together._blank("1000001")
