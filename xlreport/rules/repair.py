"""Smallest repairs of a linear system, exactly: error localisation after Fellegi and Holt (1976).

A set of cells can mend a system if the equations that remain when its cells are eliminated all hold. So: take the
shortest equation that fails; one of its cells must change; eliminate each in turn and look at what still fails (an
implied edit, in their words). What a cell must become follows by going back through the eliminations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

Exact = int | Fraction
Repair = Mapping[str, Exact]
"""By how much each of its cells must change; never by 0."""


class TooLargeError(Exception):
    """The search would take longer than a person waits. Caught by whoever asked for it."""


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ coefficient · change = -residual: `residual` is what Σ coefficient · cell is off by."""

    terms: Mapping[str, int]
    residual: Exact


def independent(equations: Sequence[Equation]) -> list[Equation]:
    """The equations without those that follow from shorter ones; one that contradicts them is kept."""
    ordered = sorted(equations, key=lambda equation: len(equation.terms))
    kept, reduced = [], list(ordered)
    for i, original in enumerate(ordered):
        pivot = reduced[i]
        if pivot.terms:
            cell = next(iter(pivot.terms))
            reduced[i + 1 :] = [_without(cell, pivot, equation) for equation in reduced[i + 1 :]]
        if pivot.terms or pivot.residual:
            kept.append(original)
    return kept


def components(equations: Sequence[Equation]) -> list[list[Equation]]:
    """The equations in groups that share no cell."""
    groups: list[tuple[set[str], list[Equation]]] = []
    for equation in equations:
        cells, members = set(equation.terms), [equation]
        apart = []
        for group in groups:
            if cells.isdisjoint(group[0]):
                apart.append(group)
            else:
                cells |= group[0]
                members = group[1] + members
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]


def smallest(
    equations: Sequence[Equation], most: int, allowed: Callable[[Repair], bool], steps: int
) -> tuple[Repair, ...]:
    """All allowed repairs of the least number of cells, at most `most`; none if there is none.

    Only repairs whose values are determined: two cells that could share a difference in many ways are none. `steps`
    bounds the eliminations; raises TooLargeError beyond.
    """
    search = _Search(steps)
    for size in range(1, most + 1):
        found = tuple(repair for repair in search.repairs(equations, size, frozenset()) if allowed(repair))
        if found:
            return found
    return ()


@dataclass(slots=True)
class _Search:
    steps: int

    def repairs(self, equations: Sequence[Equation], size: int, barred: Collection[str]) -> Iterator[Repair]:
        """Repairs of exactly `size` cells, none of them barred."""
        failing = [equation for equation in equations if equation.residual]
        if not failing or _apart(failing) > size:
            return
        if size == 1:
            yield from _single(equations, failing, barred)
            return
        pivot = min(failing, key=lambda equation: len(equation.terms))
        tried = set(barred)
        for cell in pivot.terms:
            if cell in tried:
                continue
            self.steps -= 1
            if self.steps < 0:
                raise TooLargeError
            rest = [_without(cell, pivot, equation) for equation in equations if equation is not pivot]
            for others in self.repairs(rest, size - 1, tried):
                owed = pivot.residual + sum(pivot.terms.get(other, 0) * change for other, change in others.items())
                if owed:
                    yield {cell: _divided(-owed, pivot.terms[cell]), **others}
            tried.add(cell)


def _apart(failing: Sequence[Equation]) -> int:
    """How many failing equations share no cell: a repair has at least as many cells."""
    taken: set[str] = set()
    count = 0
    for equation in sorted(failing, key=lambda equation: len(equation.terms)):
        if taken.isdisjoint(equation.terms):
            taken.update(equation.terms)
            count += 1
    return count


def _single(equations: Sequence[Equation], failing: Sequence[Equation], barred: Collection[str]) -> Iterator[Repair]:
    """Cells that mend all that fails alone, and touch nothing that holds."""
    first, *others = failing
    for cell in first.terms:
        if cell in barred or not all(cell in other.terms for other in others):
            continue
        change = _divided(-first.residual, first.terms[cell])
        if all(equation.terms.get(cell, 0) * change == -equation.residual for equation in equations):
            yield {cell: change}


def _without(cell: str, pivot: Equation, equation: Equation) -> Equation:
    """`equation` with `cell` eliminated by `pivot`."""
    if cell not in equation.terms:
        return equation
    up, down = pivot.terms[cell], equation.terms[cell]
    common = gcd(up, down)
    up, down = up // common, down // common
    terms = {key: up * value for key, value in equation.terms.items()}
    for key, value in pivot.terms.items():
        left = terms.pop(key, 0) - down * value
        if left:
            terms[key] = left
    return Equation(terms, up * equation.residual - down * pivot.residual)


def _divided(value: Exact, by: int) -> Exact:
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient
