"""Report: the figures, facts and text of one agency and year. The one value that everything passes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from xlreport.form import Form, load_form
from xlreport.form.weigh import Number
from xlreport.origin import Origin

NOT_APPLICABLE = "无此项"
"""The answer to a fact that the office has nothing of."""

NO_BUSINESS = "no_business"
"""The fact that says 无业务: every figure left blank is zero."""


def _empty() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report.

    form: id of its form. agency: full name, "" when not filled in yet; year: None likewise. figures: only those that
    are filled, as int, or Decimal where a fraction was given. derived: totals that were computed from their parts
    rather than typed. unread: cells (or "agency", "year", "kind", or keys of text) that hold what cannot be used or are
    no more, of which a reader has told; they are blank for every purpose but that of being called empty. text: final
    text by key, a newline ends a paragraph. draft: generated text, which `text` overrules key by key. facts: what the
    clerk told for the draft. headings: where a published report's differ from the form's. origins: where each figure
    stands in a file that is no workbook of ours; None for one of ours, and for report data.
    """

    form: str
    agency: str
    year: int | None
    figures: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    text: Mapping[str, str] = field(default_factory=_empty)
    draft: Mapping[str, str] = field(default_factory=_empty)
    headings: Mapping[str, str] = field(default_factory=_empty)
    kind: str | None = None
    contact: str | None = None
    facts: Mapping[str, Number | str] = field(default_factory=lambda: MappingProxyType({}))
    last_year: Report | None = None
    derived: frozenset[str] = field(default=frozenset(), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)
    origins: Mapping[str, Origin] | None = field(default=None, compare=False)

    @property
    def statute(self) -> Form:
        """The statutory form that it follows."""
        return load_form(self.form)

    @property
    def words(self) -> Mapping[str, str]:
        """The text to publish: the final text where there is one, else the draft, key by key."""
        return {**self.draft, **self.text}

    def blanks(self) -> frozenset[str]:
        """The cells whose true value is not known: empty ones, and totals computed from empty ones."""
        form = self.statute
        blank = {cell for cell in form.figures if cell not in self.figures}
        for cell, relation in form.totals.items():
            if cell in self.derived and not blank.isdisjoint(relation.left):
                blank.add(cell)
        return frozenset(blank)

    def totalled(self) -> Report:
        """The same inputs with every total computed, as the locked template does; blank where all its parts are."""
        totals = self.statute.totals
        figures = {cell: value for cell, value in self.figures.items() if cell not in totals}
        for cell, relation in totals.items():
            parts = [figures[part] for part in relation.left if part in figures]
            if parts:
                figures[cell] = sum(parts)
        return replace(self, figures=MappingProxyType(figures), derived=frozenset(totals))

    def at_least(self) -> Report:
        """With each computed total that is not known, for the loss of a part, as the sum of those parts that are."""
        if self.unread.isdisjoint(self.derived):
            return self
        sums = {cell: value for cell, value in self.totalled().figures.items() if cell in self.derived}
        return replace(self, figures=MappingProxyType({**sums, **self.figures}))

    def settled(self) -> Report:
        """With 无业务 chosen, every blank input is zero and every blank total the sum of its parts."""
        if self.facts.get(NO_BUSINESS) != "是":
            return self
        typed = {cell: value for cell, value in self.figures.items() if cell not in self.derived}
        zeros = {cell: 0 for cell in self.statute.inputs if cell not in self.unread}
        whole = replace(self, figures=MappingProxyType({**zeros, **typed})).totalled()
        figures = MappingProxyType({**whole.figures, **typed})
        return replace(whole, figures=figures, derived=whole.derived - typed.keys())
