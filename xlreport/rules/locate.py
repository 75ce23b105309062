"""Which cells are probably wrong, and what they should be: the smallest repairs, likeliest first.

A report's relations, last year's 四 and the totals that a workbook computes are one linear system (`balance`); `repair`
finds the smallest sets of cells that mend it, `likeness` weighs them by how hands err, and here figures in the prose
speak for or against them. Offered, never applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlreport.finding import Stated, Suspect
from xlreport.form import CREDIBLE, Form
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.report import Report
from xlreport.rules import t3_carry, words
from xlreport.rules.balance import Balance, Side, balances, exact, typed
from xlreport.rules.likeness import Change, Slip, slips
from xlreport.rules.repair import Equation, Exact, Repair, TooLargeError, components, independent, smallest

MOST = 3
"""Cells of a repair within what hangs together: a table, or a column where totals are computed."""

MOST_OVERALL = 4
"""Cells of a repair of a whole report; beyond, a guess is no help."""

STEPS = 4000
"""Eliminations in one part before we say that we do not know."""

LISTED = 10
"""Suspects that are listed; more only if they are all equally likely."""

MARGIN = 5
"""By how much a suspect may weigh more than the likeliest and still be listed."""

KEPT = 40
"""Combinations of repairs of independent parts that are followed up."""

CONTRADICTED = 5
"""Weight of a figure in the prose that the repaired tables would contradict."""


class _Candidate(NamedTuple):
    weight: int
    repair: Repair
    changes: tuple[Change, ...]
    slips: tuple[Slip, ...]


class _Said(NamedTuple):
    """What the prose says: the figure as written, the cells that it counts, the number."""

    figure: str
    cells: Side
    value: Exact


def locate(report: Report, stated: Sequence[Stated] = ()) -> tuple[Suspect, ...]:
    """The smallest sets of cells whose change would satisfy every failed relation, likeliest first.

    `stated`: figures of the prose, as evidence. Relations that blanks leave open need not hold, but none may come to
    fail. Empty when nothing fails, and when no repair of up to MOST cells (in each part of the report that hangs
    together) has determined values: then nothing is claimed. Counts stay whole and not negative; a computed total is
    never a suspect.
    """
    case = _case(report, stated)
    failed = [balance for balance in case.binding if balance.off(case.figures)]
    if not failed:
        return ()
    found = _candidates(case)
    near = [one for one in found if one.weight <= found[0].weight + MARGIN]
    best = [one for i, one in enumerate(near) if i < LISTED or one.weight == found[0].weight]
    codes = tuple(dict.fromkeys(balance.code for balance in failed))
    return tuple(_suspect(one, codes, case) for one in best)


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known. `binding`: relations that must hold; `open`: those that blanks leave open."""

    form: Form
    report: Report
    figures: Mapping[str, Exact]
    order: Mapping[str, int]
    binding: tuple[Balance, ...]
    open: tuple[Balance, ...]
    said: tuple[_Said, ...]

    def after(self, repair: Repair) -> dict[str, Exact]:
        """The figures with `repair` made."""
        changed = {cell: exact(self.figures.get(cell, 0) + change) for cell, change in repair.items()}
        return {**self.figures, **changed}

    def allowed(self, repair: Repair) -> bool:
        """Whether every cell can hold what it should (relations are of counts), and nothing open comes to fail."""
        after = self.after(repair)
        if not all(isinstance(after[cell], int) and 0 <= after[cell] <= CREDIBLE for cell in repair):
            return False
        return all(balance.verdict(after) != "fails" for balance in self.open)


def _case(report: Report, stated: Sequence[Stated]) -> _Case:
    figures = {cell: exact(value) for cell, value in report.figures.items()}
    relations = tuple(balances(report))
    said = {
        (item.cells, item.value): _Said(item.figure, typed(item.cells, report), exact(item.value))
        for item in stated
        if _is_evidence(item, report)
    }

    def binds(balance: Balance) -> bool:
        """What holds a cell that could not be read says nothing of what the others should be."""
        cells = balance.left.cells.keys() | balance.right.cells.keys()
        return cells.isdisjoint(report.unread) and balance.binds(figures)

    return _Case(
        form=report.statute,
        report=report,
        figures=figures,
        order={cell: i for i, cell in enumerate(report.statute.figures)},
        binding=tuple(balance for balance in relations if binds(balance)),
        open=tuple(balance for balance in relations if not binds(balance)),
        said=tuple(said.values()),
    )


def _is_evidence(item: Stated, report: Report) -> bool:
    """Whether it speaks for or against cells. A draft was made from the cells: that it agrees proves nothing."""
    drafted = item.status == "agrees" and item.text not in report.text
    return item.status != "other" and bool(item.cells) and not item.part and not drafted


def _candidates(case: _Case) -> list[_Candidate]:
    """Repairs of the whole report: those of its independent parts, joined, those with the same difference first."""

    def place(part: Sequence[Equation]) -> tuple[Fraction, int]:
        off = max(abs(Fraction(equation.residual)) for equation in part)
        return off, min((case.order[cell] for equation in part for cell in equation.terms), default=0)

    parts = components(independent([balance.equation(case.figures) for balance in case.binding]))
    broken = sorted((part for part in parts if any(equation.residual for equation in part)), key=place)
    if len(broken) > MOST_OVERALL:
        return []
    try:
        mended = [smallest(part, MOST, case.allowed, STEPS) for part in broken]
    except TooLargeError:
        return []
    if not all(mended) or sum(len(repairs[0]) for repairs in mended) > MOST_OVERALL:
        return []
    found = [_Candidate(0, {}, (), ())]
    for repairs in mended:
        joined = (_candidate({**one.repair, **repair}, case) for one in found for repair in repairs)
        found = sorted(joined, key=lambda one: (one.weight, [case.order[cell] for cell in one.repair]))[:KEPT]
    return found


def _candidate(repair: Repair, case: _Case) -> _Candidate:
    after = case.after(repair)
    ordered = {cell: repair[cell] for cell in sorted(repair, key=case.order.__getitem__)}
    changes = tuple(
        Change(case.form.figures[cell], case.report.figures.get(cell), _number(after[cell])) for cell in ordered
    )
    found = slips(changes, case.form, case.report.figures)
    against = sum(CONTRADICTED for said in case.said if said.cells.sum(after) != said.value)
    return _Candidate(sum(slip.weight for slip in found) + against, ordered, changes, found)


def _suspect(one: _Candidate, codes: tuple[str, ...], case: _Case) -> Suspect:
    kinds = dict.fromkeys(slip.kind for slip in one.slips)
    shown = [_shown(change) for change in one.changes]
    several = {"changes": tuple(Phrase("suspects.change", change) for change in shown)}
    return Suspect(
        cells=tuple(change.figure.id for change in one.changes),
        actual=tuple(change.actual for change in one.changes),
        suggested=tuple(change.suggested for change in one.changes),
        resolves=codes,
        key="suspects.several" if len(shown) > 1 else "suspects.one",
        values={
            **(several if len(shown) > 1 else shown[0]),
            "agree": Phrase(f"suspects.agree.{'some' if case.open else 'all'}"),
            "why": (*(Phrase(f"suspects.why.{kind}") for kind in kinds), *_evidence(one, case)),
        },
    )


def _evidence(one: _Candidate, case: _Case) -> Iterator[Phrase]:
    """What else speaks for it or against: last year's figure, the prose."""
    after = case.after(one.repair)
    for balance in case.binding:
        if balance.code == t3_carry.CODE and balance.off(case.figures):  # then its 二 changes: the other side is fixed
            yield Phrase("suspects.why.last_year", {"last": words.number(_number(balance.left.fixed))})
    for said in case.said:
        agreed, agrees = (said.cells.sum(figures) == said.value for figures in (case.figures, after))
        if agreed != agrees:
            yield Phrase(f"suspects.why.prose_{'agrees' if agrees else 'contradicts'}", {"figure": said.figure})


def _shown(change: Change) -> dict[str, object]:
    return {
        "cell": f"{change.figure.address}（{words.name(change.figure)}）",
        "actual": Phrase("suspects.blank") if change.actual is None else words.number(change.actual),
        "suggested": words.number(change.suggested),
    }


def _number(value: Exact) -> Number:
    return value if isinstance(value, int) else Decimal(value.numerator) / value.denominator
