"""What a rule is: a code, a severity, its legal basis, and the function that judges a Report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from xlreport.finding import Finding, Severity, Stated, Unassessed
from xlreport.form import FORMS, load_form
from xlreport.form.weigh import Number
from xlreport.report import Report

Judge = Callable[[Report], Iterator[Finding | Unassessed]]
"""Looks at a Report and yields what it finds; pure."""


Teller = Callable[[Report, tuple[Stated, ...]], Iterator[Finding | Unassessed]]
"""The same for a rule about the figures that the text states, which are read once for all."""


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Example:
    """A case that a rule's page shows and its test runs: a report of form 2021, otherwise all zeros and in order.

    figures: what stands in a cell, by id; None is an empty cell, and text or a date is what only a workbook can hold.
    text: by key, instead of words that are in order. last_year, last_text: the report of the year before, where it
    matters; `last` is its year, `last_agency` another office's name. kind: of office.
    """

    figures: Mapping[str, Number | str | date | None] = field(default_factory=lambda: MappingProxyType({}))
    text: Mapping[str, str] = field(default_factory=_nothing)
    last_year: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, Number | str] = field(default_factory=lambda: MappingProxyType({}))
    agency: str = "示例市数据局"
    year: int | None = 2024
    kind: str | None = None
    last_text: Mapping[str, str] = field(default_factory=_nothing)
    last: int | None = None
    last_agency: str = ""

    def report(self) -> Report:
        """The whole report; a cell that holds no number is blank in it."""
        form = load_form(FORMS[0])
        cells = dict.fromkeys(form.figures, 0) | dict(self.figures)
        words = {section.text[0][0]: "已按要求填写。" for section in form.sections if section.required}
        words["other_matters"] = "没有收取信息处理费。"
        before = Report(form.id, self.last_agency or self.agency, self.last, self.last_year, self.last_text)
        return Report(
            form=form.id,
            agency=self.agency,
            year=self.year,
            figures={cell: value for cell, value in cells.items() if isinstance(value, Number)},
            text={key: text for key, text in (words | dict(self.text)).items() if text},
            facts=self.facts,
            kind=self.kind,
            last_year=before if self.last_year or self.last_text or self.last else None,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. What its page says in words stands in the catalogue, under `pages.rules.CODE`.

    severity: "unusable" means that nothing else can be said of the file. basis: keys of `pages.basis`, the law first.
    judge: None where a reader of files finds it. told: the same, given the figures in the text. wrong, right: None
    where the page describes them in words.
    """

    code: str
    severity: Severity | Literal["unusable"]
    basis: tuple[str, ...]
    judge: Judge | None = None
    told: Teller | None = None
    wrong: Example | None = None
    right: Example | None = None
    forms: tuple[str, ...] = FORMS
