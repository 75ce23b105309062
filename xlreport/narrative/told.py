"""What the clerk told: answers to the facts, ready for a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlreport.form import Fact
from xlreport.form.weigh import Number
from xlreport.narrative.numbers import written
from xlreport.narrative.wording import asked, tidy_lines
from xlreport.report import NO_BUSINESS, NOT_APPLICABLE, Report


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of one report. Ids are the form's; another one is a KeyError."""

    report: Report

    def count(self, id_: str) -> Number:
        """The number told, 0 when there is none."""
        answer = self._answer(id_)
        return answer if isinstance(answer, int) or (answer is not None and not isinstance(answer, str)) else 0

    def lines(self, id_: str) -> tuple[str, ...]:
        """The lines told, tidy, without closing marks."""
        answer = self._answer(id_)
        return tidy_lines(answer) if isinstance(answer, str) and answer != NOT_APPLICABLE else ()

    def none(self, id_: str) -> bool:
        """Whether the clerk said that there is nothing: 0 or 无此项."""
        return self._answer(id_) in (0, NOT_APPLICABLE)

    def dismissed(self, id_: str) -> bool:
        """Whether the clerk answered 无此项."""
        return self._answer(id_) == NOT_APPLICABLE

    def clause(self, id_: str, wording: str) -> str:
        """`wording` with the number told for {}, "" when there is none to tell."""
        count = self.count(id_)
        return wording.replace("{}", written(count)) if count else ""

    def several(self, wordings: Mapping[str, str]) -> tuple[tuple[str, Number], ...]:
        """(wording, number) of the facts that have a number to tell."""
        return tuple((wording, self.count(id_)) for id_, wording in wordings.items() if self.count(id_))

    def question(self, id_: str) -> str:
        """What the form asks."""
        return self._fact(id_).question

    def demanded(self, id_: str) -> bool:
        """Whether the law wants it from this kind of office, and it has not been told."""
        return self.report.kind in self._fact(id_).required and self._answer(id_) is None

    def silent(self, aspect: str) -> bool:
        """Whether no fact of the aspect has been answered at all."""
        return all(
            self._answer(fact.id) is None for fact in self.report.statute.facts.values() if fact.aspect == aspect
        )

    @property
    def no_business(self) -> bool:
        """无业务."""
        return self.report.facts.get(NO_BUSINESS) == "是"

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(problem, measure): the measure told after →, else the one that the form has for it, else a hole."""
        remedies = self._fact("problems").remedies
        pairs = []
        for line in self.lines("problems"):
            told, _, answer = line.replace("->", "→").partition("→")
            problem, measure = "".join(tidy_lines(told)), "".join(tidy_lines(answer))
            measure = measure or remedies.get(problem) or asked(f"“{problem}”的改进措施")
            pairs.append((problem or asked(f"“{measure}”针对的问题"), measure))
        return tuple(pairs)

    def _fact(self, id_: str) -> Fact:
        return self.report.statute.facts[id_]

    def _answer(self, id_: str) -> Number | str | None:
        return self.report.facts.get(self._fact(id_).id)
