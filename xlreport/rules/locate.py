"""Which cells are probably wrong, and what they should be: the smallest repairs, likeliest first.

A report's relations, last year's 四 and the totals that a workbook computes are one linear system; `repair` finds the
smallest sets of cells that mend it, `likeness` weighs them by how hands err, and figures in the prose by what they say.
Offered, never applied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlreport.finding import Stated, Suspect
from xlreport.form import Form
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.report import Report
from xlreport.rules import t3_carry, words
from xlreport.rules.fig_size import CREDIBLE
from xlreport.rules.likeness import Change, Slip, slips
from xlreport.rules.repair import Equation, Exact, Repair, TooLargeError, components, independent, smallest

MOST = 3
"""Cells of a repair within what hangs together: a table, or a column where totals are computed."""

MOST_OVERALL = 4
"""Cells of a repair of a whole report; beyond, a guess is no help."""

STEPS = 4000
"""Eliminations before we say that we do not know."""

LISTED = 10
"""Suspects that are listed; more only if they are all equally likely."""

KEPT = 60
"""Combinations of independent repairs that are followed up."""

CONTRADICTED = 5
"""Weight of a figure in the prose that the repaired tables would contradict."""


class _Side(NamedTuple):
    """Cells that are typed, each as often as it counts, and a number that stands fast."""

    cells: Mapping[str, int]
    fixed: Exact = 0


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A relation over typed cells: left = right."""

    code: str
    left: _Side
    right: _Side


class _Candidate(NamedTuple):
    weight: int
    changes: tuple[Change, ...]
    slips: tuple[Slip, ...]


def locate(report: Report, stated: Sequence[Stated] = ()) -> tuple[Suspect, ...]:
    """The smallest sets of cells whose change would satisfy every failed relation, likeliest first.

    `stated`: figures of the prose, as evidence. Relations that blanks leave open need not hold, but none may come to
    fail. Empty when nothing fails, and when no repair of up to MOST cells (in each part of the report that hangs
    together) has determined values: then nothing is claimed. Counts stay whole and not negative; a computed total is
    never a suspect.
    """
    return _Locator(report, stated).suspects()


class _Locator:
    def __init__(self, report: Report, stated: Sequence[Stated]) -> None:
        self.report = report
        self.form: Form = report.statute
        self.figures = {cell: _exact(value) for cell, value in report.figures.items()}
        self.order = {cell: i for i, cell in enumerate(self.form.figures)}
        self.stated = _statements(report, stated)
        relations = tuple(_relations(report))
        self.open = tuple(relation for relation in relations if self._verdict(relation, {}) == "open")
        self.weighed = tuple(relation for relation in relations if relation not in self.open)

    def suspects(self) -> tuple[Suspect, ...]:
        failed = [relation for relation in self.weighed if self._difference(relation, {})]
        if not failed:
            return ()
        parts = components(independent([self._equation(relation) for relation in self.weighed]))
        broken = sorted(
            (part for part in parts if any(equation.residual for equation in part)),
            key=lambda part: (max(abs(equation.residual) for equation in part), self._first(part)),
        )
        found: list[_Candidate] = [_Candidate(0, (), ())]
        for part in broken:
            try:
                repairs = smallest(part, MOST, self._allowed, STEPS)
            except TooLargeError:
                return ()
            joined = (self._candidate({**_by(one), **repair}) for one in found for repair in repairs)
            found = sorted(joined, key=self._rank)[:KEPT]
            if not found or len(found[0].changes) > MOST_OVERALL:
                return ()
        best = [one for i, one in enumerate(found) if i < LISTED or one.weight == found[0].weight]
        codes = tuple(dict.fromkeys(relation.code for relation in failed))
        return tuple(self._suspect(one, codes) for one in best)

    def _equation(self, relation: _Weighed) -> Equation:
        terms = Counter(relation.left.cells)
        terms.subtract(relation.right.cells)
        return Equation({cell: n for cell, n in terms.items() if n}, self._difference(relation, {}))

    def _sum(self, side: _Side, changes: Repair) -> Exact:
        return side.fixed + sum(
            n * (self.figures.get(cell, 0) + changes.get(cell, 0)) for cell, n in side.cells.items()
        )

    def _difference(self, relation: _Weighed, changes: Repair) -> Exact:
        return self._sum(relation.left, changes) - self._sum(relation.right, changes)

    def _verdict(self, relation: _Weighed, changes: Repair) -> str:
        """As `form.weigh.weigh` has it, after `changes`."""
        off = self._difference(relation, changes)
        lighter = relation.left if off < 0 else relation.right
        if not off:
            return "holds"
        blank = any(cell not in self.figures and cell not in changes for cell in lighter.cells)
        return "open" if blank else "fails"

    def _allowed(self, repair: Repair) -> bool:
        """Whether every cell can hold what it should, and nothing that is open comes to fail."""
        for cell, change in repair.items():
            kind, value = self.form.figures[cell].kind, self.figures.get(cell, 0) + change
            if abs(value) > CREDIBLE or (kind != "change" and value < 0):
                return False
            if kind != "amount" and not isinstance(value, int):
                return False
        return all(self._verdict(relation, repair) != "fails" for relation in self.open)

    def _first(self, part: Sequence[Equation]) -> int:
        return min((self.order[cell] for equation in part for cell in equation.terms), default=-1)

    def _candidate(self, repair: Repair) -> _Candidate:
        changes = tuple(
            Change(
                self.form.figures[cell],
                self.report.figures.get(cell),
                _number(self.figures.get(cell, 0) + repair[cell]),
            )
            for cell in sorted(repair, key=self.order.__getitem__)
        )
        found = slips(changes, self.form, self.report.figures)
        against = sum(CONTRADICTED for _, side, value in self.stated if self._sum(side, repair) != value)
        return _Candidate(sum(slip.weight for slip in found) + against, changes, found)

    def _rank(self, one: _Candidate) -> tuple[int, list[int]]:
        return one.weight, [self.order[change.figure.id] for change in one.changes]

    def _suspect(self, one: _Candidate, codes: tuple[str, ...]) -> Suspect:
        shown = [_shown(change) for change in one.changes]
        kinds = dict.fromkeys(slip.kind for slip in one.slips)
        values: dict[str, object] = {
            "why": (*(Phrase(f"suspects.why.{kind}") for kind in kinds), *self._evidence(one)),
            "agree": Phrase(f"suspects.agree.{'some' if self.open else 'all'}"),
        }
        if len(shown) > 1:
            values["changes"] = tuple(Phrase("suspects.change", change) for change in shown)
        return Suspect(
            cells=tuple(change.figure.id for change in one.changes),
            actual=tuple(change.actual for change in one.changes),
            suggested=tuple(change.suggested for change in one.changes),
            resolves=codes,
            key="suspects.several" if len(shown) > 1 else "suspects.one",
            values=values | (shown[0] if len(shown) == 1 else {}),
        )

    def _evidence(self, one: _Candidate) -> Iterator[Phrase]:
        """What else speaks for it or against: last year's figure, the prose."""
        repair = _by(one)
        for relation in self.weighed:
            mended = self._difference(relation, {}) and not relation.right.cells.keys().isdisjoint(repair)
            if relation.code == t3_carry.CODE and mended:
                yield Phrase("suspects.why.last_year", {"last": words.number(_number(relation.left.fixed))})
        for figure, side, value in self.stated:
            before, after = self._sum(side, {}) == value, self._sum(side, repair) == value
            if before != after:
                yield Phrase(f"suspects.why.prose_{'agrees' if after else 'contradicts'}", {"figure": figure})


def _relations(report: Report) -> Iterator[_Weighed]:
    """Every relation that binds typed cells, last year's included."""
    for relation in report.statute.relations:
        if not (relation.total and relation.right[0] in report.derived):
            yield _Weighed(relation.code, _typed(relation.left, report), _typed(relation.right, report))
    if report.last_year is not None:
        for before, now in report.statute.carry:
            last = report.last_year.figures.get(before)
            if last is not None:
                yield _Weighed(t3_carry.CODE, _Side({}, _exact(last)), _typed((now,), report))


def _typed(cells: Sequence[str], report: Report) -> _Side:
    """Cells as the typed ones that they are made of."""
    totals = report.statute.totals
    typed: Counter[str] = Counter()
    rest = list(cells)
    while rest:
        cell = rest.pop()
        if cell in report.derived and cell in totals:
            rest.extend(totals[cell].left)
        else:
            typed[cell] += 1
    return _Side(typed)


def _statements(report: Report, stated: Sequence[Stated]) -> tuple[tuple[str, _Side, Exact], ...]:
    """What the prose says of cells, each thing once: as written, the cells, the value."""
    said = {
        (item.cells, item.value): (item.figure, _typed(item.cells, report), _exact(item.value))
        for item in stated
        if item.status != "other" and item.cells
    }
    return tuple(said.values())


def _by(one: _Candidate) -> Repair:
    return {change.figure.id: _exact(change.by) for change in one.changes}


def _shown(change: Change) -> dict[str, object]:
    return {
        "cell": f"{change.figure.address}（{words.name(change.figure)}）",
        "actual": Phrase("suspects.blank") if change.actual is None else words.number(change.actual),
        "suggested": words.number(change.suggested),
    }


def _exact(value: Number) -> Exact:
    whole = Fraction(value)
    return whole.numerator if whole.denominator == 1 else whole


def _number(value: Exact) -> Number:
    return value if isinstance(value, int) else Decimal(value.numerator) / value.denominator
