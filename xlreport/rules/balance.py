"""A report's relations as balances of the cells that somebody typed: what must be equal, and by how much it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.rules import t3_carry
from xlreport.rules.repair import Equation, Exact


class Side(NamedTuple):
    """Typed cells, each as often as it counts, and a number that stands fast; `unknown`: or may be greater."""

    cells: Mapping[str, int]
    fixed: Exact = 0
    unknown: bool = False

    def sum(self, figures: Mapping[str, Exact]) -> Exact:
        """What it comes to, blanks taken as zero."""
        return self.fixed + sum(n * figures.get(cell, 0) for cell, n in self.cells.items())


@dataclass(frozen=True, slots=True)
class Balance:
    """left = right; `code` is the rule that says so."""

    code: str
    left: Side
    right: Side

    def off(self, figures: Mapping[str, Exact]) -> Exact:
        """By how much the left side is more."""
        return self.left.sum(figures) - self.right.sum(figures)

    def verdict(self, figures: Mapping[str, Exact]) -> Literal["holds", "fails", "open"]:
        """As `form.weigh.weigh` has it."""
        off = self.off(figures)
        lighter = self.left if off < 0 else self.right
        if not off:
            return "holds"
        return "open" if lighter.unknown or any(cell not in figures for cell in lighter.cells) else "fails"

    def binds(self, figures: Mapping[str, Exact]) -> bool:
        """Whether it must hold: it fails, or holds by more than what is not known."""
        verdict = self.verdict(figures)
        return verdict == "fails" or (verdict == "holds" and not self.left.unknown)

    def equation(self, figures: Mapping[str, Exact]) -> Equation:
        """What changes of the cells must come to."""
        terms = Counter(self.left.cells)
        terms.subtract(self.right.cells)
        return Equation({cell: n for cell, n in terms.items() if n}, self.off(figures))


def balances(report: Report) -> Iterator[Balance]:
    """Every relation that binds typed cells, and last year's 四. A computed total holds by construction."""
    for relation in report.statute.relations:
        if not (relation.total and relation.right[0] in report.derived):
            yield Balance(relation.code, typed(relation.left, report), typed(relation.right, report))
    if report.last_year is not None:
        figures, unknown = report.last_year.figures, report.last_year.blanks()
        for before, now in report.statute.carry:
            last = Side({}, exact(figures.get(before, 0)), before in unknown)
            yield Balance(t3_carry.CODE, last, typed((now,), report))


def typed(cells: Sequence[str], report: Report) -> Side:
    """The sum of cells, computed totals taken apart into what was typed."""
    totals = report.statute.totals
    counted: Counter[str] = Counter()
    rest = list(cells)
    while rest:
        cell = rest.pop()
        if cell in report.derived:
            rest.extend(totals[cell].left)
        else:
            counted[cell] += 1
    return Side(counted)


def exact(value: Number | Fraction) -> Exact:
    """The number itself: an int where it is whole."""
    whole = Fraction(value)
    return whole.numerator if whole.denominator == 1 else whole
