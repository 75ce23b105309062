"""Finding and Verdict: what readers and rules return, as values. Sentences are made when somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from xlreport.form.weigh import Number
from xlreport.messages import Phrase, say
from xlreport.report import Report

Severity = Literal["error", "warning", "note"]
Status = Literal["pass", "warnings", "fail", "unusable"]
Grade = Literal["error", "warning", "note", "off"]
"""What an erratum may make of a rule."""

_NONE: Mapping[str, object] = MappingProxyType({})


def plain(value: Number | None) -> int | float | None:
    """A number as JSON writes it: whole numbers without a point, and no more digits than a workbook holds."""
    if value is None or (isinstance(value, int) and int(float(value)) == value):
        return value
    value = Decimal(value)
    return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)


class Finding(NamedTuple):
    """Something wrong, or worth a look.

    cells: ids of figures; addresses: where they stand in the locked template (or the sheet cell that is meant).
    message: (key of the catalogue, values). expected is a relation's left side, actual its right. explanation: why
    it is in order, in the unit's own words. where: what people are told for the addresses, in a file that has none of
    these; None in one that has.
    """

    code: str
    severity: Severity
    key: str
    values: Mapping[str, object] = _NONE
    cells: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    expected: Number | None = None
    actual: Number | None = None
    explanation: str = ""
    where: Phrase | str | None = None

    def message(self, language: str = "zh") -> str:
        """The sentence a clerk can act on."""
        return say(self.key, language, **self.values)

    def to_json(self, language: str = "zh") -> dict[str, Any]:
        """As in `xlreport/findings/1`."""
        data: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity,
            "cells": list(self.cells),
            "addresses": list(self.addresses),
            "message": self.message(language),
        }
        if self.expected is not None and self.actual is not None:
            data["expected"] = plain(self.expected)
            data["actual"] = plain(self.actual)
            data["difference"] = plain(self.actual - self.expected)
        if self.explanation:
            data["explanation"] = self.explanation
        return data


class Reading(NamedTuple):
    """What a reader returns: a Report, and what is wrong in the cells that it was read from."""

    report: Report
    findings: tuple[Finding, ...] = ()


class Unassessed(NamedTuple):
    """A relation that could not be judged, and why."""

    code: str
    cells: tuple[str, ...]
    key: str
    values: Mapping[str, object] = _NONE

    def to_json(self, language: str = "zh") -> dict[str, Any]:
        """As in `xlreport/findings/1`."""
        return {"code": self.code, "cells": list(self.cells), "reason": say(self.key, language, **self.values)}


class Suspect(NamedTuple):
    """A smallest set of cells whose change would satisfy every failed relation; offered, never applied.

    actual and suggested: values in the order of `cells`; None is a blank. resolves: codes of what it would mend.
    key and values: the reason, as a sentence of the catalogue.
    """

    cells: tuple[str, ...]
    actual: tuple[Number | None, ...]
    suggested: tuple[Number, ...]
    resolves: tuple[str, ...]
    key: str
    values: Mapping[str, object] = _NONE

    def to_json(self, language: str = "zh") -> dict[str, Any]:
        """As in `xlreport/findings/1`."""
        return {
            "cells": list(self.cells),
            "actual": [plain(value) for value in self.actual],
            "suggested": [plain(value) for value in self.suggested],
            "resolves": list(self.resolves),
            "reason": say(self.key, language, **self.values),
        }


class Stated(NamedTuple):
    """A figure that the prose states.

    text: key of the report's text; sentence and figure: as written; value: the number. status: "agrees" or
    "contradicts" what `cells` add up to (`expected`), or "other" for what is no statutory figure. part: the sentence
    speaks of only a part of what the tables cover (本办 in a whole district's report): a difference is no error.
    blank: for "other", the blank cells that keep it from being judged.
    """

    text: str
    sentence: str
    figure: str
    value: Number
    status: Literal["agrees", "contradicts", "other"]
    cells: tuple[str, ...] = ()
    expected: Number | None = None
    part: bool = False
    blank: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As under `figures_in_text`."""
        return {
            "text": self.text,
            "sentence": self.sentence,
            "figure": self.figure,
            "value": plain(self.value),
            "status": self.status,
            "cells": list(self.cells),
            "expected": plain(self.expected),
        }


class Amendment(NamedTuple):
    """An erratum in force: the rule, its severity now, the findings concerned, why, and whose file says so."""

    code: str
    severity: Grade
    concerned: int
    reason: str
    source: str

    def to_json(self) -> dict[str, Any]:
        """As under `errata`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "count": self.concerned,
            "reason": self.reason,
            "source": self.source,
        }


class Explanation(NamedTuple):
    """Why a warning is in order.

    cell: id of a figure, or an address such as 表三!J6. value: what stood there, see `rules.explain.subject`;
    expected: what it should have been, where the explanation is to be bound to that too.
    """

    code: str
    cell: str
    value: Number | str
    expected: Number | None
    text: str


class Explained(NamedTuple):
    """An explanation and what has become of it.

    status: "applies"; "lapsed": the warning is there, but with another value; "unneeded": nothing is left to explain;
    "refused": it is about an error, which must be mended.
    """

    code: str
    cell: str
    value: Number | str
    expected: Number | None
    text: str
    status: Literal["applies", "lapsed", "unneeded", "refused"]

    def to_json(self) -> dict[str, Any]:
        """As under `explanations`."""
        value = self.value if isinstance(self.value, str) else plain(self.value)
        return self._asdict() | {"value": value, "expected": plain(self.expected)}


class Verdict(NamedTuple):
    """What is to be said of one file. `unusable`: it could not be read, and `findings` says why.

    ruleset: version of the rules that judged. report: what was judged, for those who show its tables; not part of
    the JSON.
    """

    source: str
    form: str | None = None
    agency: str | None = None
    year: int | None = None
    findings: tuple[Finding, ...] = ()
    not_assessed: tuple[Unassessed, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    figures_in_text: tuple[Stated, ...] = ()
    unusable: bool = False
    ruleset: int = 0
    errata: tuple[Amendment, ...] = ()
    explanations: tuple[Explained, ...] = ()
    report: Report | None = None

    @property
    def status(self) -> Status:
        """pass: no error, no warning; warnings; fail: an error; unusable."""
        if self.unusable:
            return "unusable"
        severities = {finding.severity for finding in self.findings}
        return "fail" if "error" in severities else "warnings" if "warning" in severities else "pass"

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that forbid publication."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def to_json(self, language: str = "zh") -> dict[str, Any]:
        """The object `xlreport/findings/1` of the interface."""
        return {
            "schema": "xlreport/findings/1",
            "ruleset": self.ruleset,
            "source": self.source,
            "form": self.form,
            "agency": self.agency,
            "year": self.year,
            "verdict": self.status,
            "findings": [finding.to_json(language) for finding in self.findings],
            "not_assessed": [item.to_json(language) for item in self.not_assessed],
            "suspects": [suspect.to_json(language) for suspect in self.suspects],
            "figures_in_text": [stated.to_json() for stated in self.figures_in_text],
            "errata": [amendment.to_json() for amendment in self.errata],
            "explanations": [explained.to_json() for explained in self.explanations],
        }
