"""Smallest repairs of linear systems."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.rules.repair import Equation, Repair, TooLargeError, components, independent, smallest

CELLS = "abcdef"


def anything(_: Repair) -> bool:
    return True


@st.composite
def systems(draw: st.DrawFn) -> list[Equation]:
    """Small systems with coefficients ±1, as relations have them."""
    return [
        Equation(
            draw(st.dictionaries(st.sampled_from(CELLS), st.sampled_from((-1, 1)), min_size=1)),
            draw(st.integers(-2, 2)),
        )
        for _ in range(draw(st.integers(1, 5)))
    ]


def solution(equations: list[Equation], cells: tuple[str, ...]) -> dict[str, Fraction] | None:
    """The only values that the changes of `cells` can have, by plain Gauss-Jordan; None if there are none or many."""
    rows = [[Fraction(e.terms.get(cell, 0)) for cell in cells] + [Fraction(-e.residual)] for e in equations]
    for column in range(len(cells)):
        pivot = next((row for row in rows[column:] if row[column]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        rows.insert(column, pivot)
    if any(row[-1] for row in rows[len(cells) :]):
        return None
    return {cell: row[-1] for cell, row in zip(cells, rows, strict=False)}


@given(systems())
def test_as_trying_every_set(equations: list[Equation]) -> None:
    """The repairs are those that trying every set of cells finds: all of the smallest size, and no other."""
    expected: list[Repair] = []
    for size in range(1, 4):
        tried = (solution(equations, cells) for cells in combinations(CELLS, size))
        expected = [found for found in tried if found and all(found.values())]
        if expected:
            break
    if not any(equation.residual for equation in equations):
        expected = []
    found = smallest(equations, 3, anything, 10_000)
    assert sorted(sorted(repair.items()) for repair in found) == sorted(sorted(r.items()) for r in expected)


@given(systems())
def test_independent(equations: list[Equation]) -> None:
    """Leaving out what follows from other equations leaves the repairs as they are."""
    whole, part = (
        {frozenset(repair.items()) for repair in smallest(system, 3, anything, 10_000)}
        for system in (equations, independent(equations))
    )
    assert whole == part


@given(systems())
def test_components(equations: list[Equation]) -> None:
    """Every equation is in one group, and groups share no cell."""
    groups = components(equations)
    assert sorted(map(id, (e for group in groups for e in group))) == sorted(map(id, equations))
    cells = [{cell for equation in group for cell in equation.terms} for group in groups]
    assert all(a.isdisjoint(b) for a, b in combinations(cells, 2))


def test_sum_that_follows_is_left_out() -> None:
    """The sum of two equations adds nothing, unless it contradicts them."""
    one, two = Equation({"a": 1, "b": -1}, 1), Equation({"c": 1, "d": -1}, 2)
    both = {"a": 1, "b": -1, "c": 1, "d": -1}
    assert independent([Equation(both, 3), one, two]) == [one, two]
    contradiction = Equation(both, 4)
    assert independent([contradiction, one, two]) == [one, two, contradiction]
    assert smallest([contradiction, one, two], 4, anything, 1000) == ()


def test_forbidden_repairs_make_room_for_larger_ones() -> None:
    """Where no single change is allowed, two are looked for."""
    equations = [Equation({"a": 1, "b": 1}, 1), Equation({"b": 1, "c": 1}, 1)]
    assert smallest(equations, 2, anything, 100) == ({"b": -1},)
    assert smallest(equations, 2, lambda repair: "b" not in repair, 100) == ({"a": -1, "c": -1},)
    assert smallest(equations, 2, lambda repair: len(repair) > 1, 100) == ({"a": -1, "c": -1},)
    assert smallest(equations, 1, lambda repair: "b" not in repair, 100) == ()


def test_what_was_tried_is_passed_over() -> None:
    """A cell that has been tried is passed over, those behind it in the same equation are not."""
    equations = [
        Equation({"g": 1, "b": 1, "a": -1, "h": 1}, 2),
        Equation({"c": -1, "b": -1}, 2),
        Equation({"c": -1, "f": -1, "a": -1}, 1),
        Equation({"c": 1, "a": 1, "g": 1}, 1),
    ]
    tried = (solution(equations, cells) for cells in combinations("abcfgh", 4))
    expected = [found for found in tried if found and all(found.values())]
    assert len(expected) == 11
    found = smallest(equations, 4, anything, 10_000)
    assert sorted(sorted(repair.items()) for repair in found) == sorted(sorted(r.items()) for r in expected)


def test_as_many_steps_as_are_given() -> None:
    """Of two equations, one cell after the other of the first is eliminated: two steps, which one step is not."""
    equations = [Equation({"a": 1, "b": 1}, 1), Equation({"c": 1, "d": 1}, 1)]
    assert len(smallest(equations, 2, anything, 2)) == 4
    with pytest.raises(TooLargeError):
        smallest(equations, 2, anything, 1)


def test_too_many_apart() -> None:
    """That three equations which share no cell need three is known without a step."""
    assert smallest([Equation({cell: 1, cell * 2: 1}, 1) for cell in "abc"], 2, anything, 0) == ()


def test_bounded() -> None:
    """A search that would take too long says so."""
    equations = [Equation({f"{i}{j}": 1 for j in range(20)}, 1 + i) for i in range(3)]
    with pytest.raises(TooLargeError):
        smallest(equations, 3, anything, 20)
