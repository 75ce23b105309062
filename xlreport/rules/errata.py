"""Errata: dated files that switch a rule off or grade it otherwise for a season, without code."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from xlreport.errors import DataError, InputError, reason
from xlreport.finding import Amendment, Finding, Grade, Severity, Unassessed
from xlreport.form import FORMS
from xlreport.report import Report
from xlreport.rules.entries import entries, require
from xlreport.rules.registry import RULES

SCHEMA = "xlreport/errata/1"
VARIABLE = "XLREPORT_ERRATA"
FOLDER = Path(__file__).with_name("errata")
"""The errata that this version brings along."""

_KEYS = {
    "code": str,
    "severity": str,
    "from": date,
    "until": date,
    "years": list,
    "forms": list,
    "reason": str,
    "notes": bool,
}


class Erratum(NamedTuple):
    """A rule graded otherwise.

    since, until: days on which it is in force, both included; years: of the report, forms: its form; None and empty
    mean all. reason: what the user is told; source: the file's name. notes: the rule's notes are graded too; else what
    a rule itself calls a note, such as a slip of rounding, stays one.
    """

    code: str
    severity: Grade
    since: date | None
    until: date | None
    years: tuple[int, ...]
    forms: tuple[str, ...]
    reason: str
    source: str
    notes: bool = False

    def applies(self, report: Report, day: date) -> bool:
        """Whether it is in force on `day` for this report."""
        return (
            (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and (not self.years or report.year in self.years)
            and (not self.forms or report.form in self.forms)
        )

    def grade(self, severity: Severity) -> Grade:
        """What becomes of a finding that the rule gives as `severity`."""
        lenient = severity == "note" and RULES[self.code].severity != "note"
        return severity if lenient and not self.notes and self.severity != "off" else self.severity


def known_errata(*own: Path) -> tuple[Erratum, ...]:
    """Those of the package, then of the files that the environment names, then the user's `own`; later ones count.

    Raises InputError, which names the file.
    """
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    found: list[Erratum] = []
    for path in (*sorted(FOLDER.glob("*.toml")), *named, *own):
        try:
            found += parse_errata(path.read_bytes(), path.name)
        except FileNotFoundError:
            raise InputError("files.missing", path=path) from None
        except OSError as error:
            raise InputError("files.unreadable", path=path, reason=reason(error)) from None
        except InputError as error:
            error.source = str(path)
            raise
    return tuple(found)


def parse_errata(content: bytes, source: str) -> tuple[Erratum, ...]:
    """The errata of a file. Raises DataError, whose sentence names the entry."""
    found = entries(content, SCHEMA, "erratum", _KEYS)
    return tuple(_erratum(entry, f"erratum[{number}]", source) for number, entry in enumerate(found, 1))


def _erratum(entry: Mapping[str, Any], where: str, source: str) -> Erratum:
    require(entry, where, "code", "severity", "reason")
    code, severity = entry["code"], entry["severity"]
    if code not in RULES:
        raise DataError("entries.code", where=f"{where}.code", code=code)
    if RULES[code].severity == "unusable":
        raise DataError("entries.unusable", where=f"{where}.code", code=code)
    if severity not in get_args(Grade):
        raise DataError("entries.severity", where=f"{where}.severity", severities="、".join(get_args(Grade)))
    since, until = entry.get("from"), entry.get("until")
    if since is not None and until is not None and since > until:
        raise DataError("entries.dates", where=where, since=since, until=until)
    years, forms = entry.get("years", []), entry.get("forms", [])
    if not all(isinstance(year, int) and not isinstance(year, bool) and 2008 <= year <= 2100 for year in years):
        raise DataError("data.year", where=f"{where}.years")
    if not all(form in FORMS for form in forms):
        raise DataError("data.form", where=f"{where}.forms", forms="、".join(FORMS))
    reason = " ".join(entry["reason"].split())
    return Erratum(
        code, cast(Grade, severity), since, until, tuple(years), tuple(forms), reason, source, entry.get("notes", False)
    )


def today() -> date:
    """The day of the check; SOURCE_DATE_EPOCH stands for it where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    known = epoch.isascii() and epoch.isdecimal() and len(epoch) < 12
    return datetime.fromtimestamp(int(epoch), UTC).date() if known else date.today()  # noqa: DTZ011  the clerk's day


def amend(
    findings: Sequence[Finding],
    not_assessed: Sequence[Unassessed],
    errata: Iterable[Erratum],
    report: Report,
    day: date,
) -> tuple[tuple[Finding, ...], tuple[Unassessed, ...], tuple[Amendment, ...]]:
    """Findings and open relations as the errata in force grade them, and which errata those are."""
    graded: dict[str, Erratum] = {}
    for erratum in errata:
        if erratum.applies(report, day):
            graded[erratum.code] = erratum
    kept: list[Finding] = []
    counts = dict.fromkeys(graded, 0)
    for finding in findings:
        erratum_ = graded.get(finding.code)
        if erratum_ is None:
            kept.append(finding)
            continue
        counts[finding.code] += 1
        severity = erratum_.grade(finding.severity)
        if severity != "off":
            kept.append(finding._replace(severity=severity))
    off = {code for code, erratum in graded.items() if erratum.severity == "off"}
    applied = tuple(Amendment(e.code, e.severity, counts[e.code], e.reason, e.source) for e in graded.values())
    return tuple(kept), tuple(item for item in not_assessed if item.code not in off), applied
