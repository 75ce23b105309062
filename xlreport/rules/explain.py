"""Explanations (说明) that a unit gives for a warning: bound to what was found, so they lapse when that changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from xlreport.errors import DataError
from xlreport.finding import Explained, Explanation, Finding, Verdict, plain
from xlreport.form.weigh import Number
from xlreport.messages import say
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.entries import entries, require
from xlreport.rules.registry import RULES

SCHEMA = "xlreport/explanations/1"
SUFFIX = ".说明.toml"
"""Beside 2025.xlsx, 2025.说明.toml is read without being asked for."""

_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "code": str,
    "cell": str,
    "value": (int, Decimal, str),
    "expected": (int, Decimal),
    "text": str,
}


def parse_explanations(content: bytes) -> tuple[Explanation, ...]:
    """The explanations of a file; entries whose text is still empty are left out. Raises DataError."""
    found = entries(content, SCHEMA, "explanation", _KEYS)
    made = [_explanation(entry, f"explanation[{number}]") for number, entry in enumerate(found, 1)]
    return tuple(one for one in made if one.text)


def _explanation(entry: Mapping[str, Any], where: str) -> Explanation:
    require(entry, where, "code")
    for key in ("cell", "value", "text"):  # a finding about the whole report has no cell
        if key not in entry:
            raise DataError("data.missing", where=f"{where}.{key}")
    if entry["code"] not in RULES:
        raise DataError("entries.code", where=f"{where}.code", code=entry["code"])
    text = " ".join(entry["text"].split())
    return Explanation(entry["code"], entry["cell"], entry["value"], entry.get("expected"), text)


def subject(finding: Finding, report: Report) -> tuple[str, Number | str]:
    """The cell that an explanation of the finding names, and the value that binds it.

    The value is what the finding calls actual, else the figure of its one cell ("" for a blank); where there is no
    such number, eight hexadecimal digits that change when anything that was found changes.
    """
    cell = (*finding.cells, *finding.addresses, "")[0]
    if finding.actual is not None:
        return cell, finding.actual
    if len(finding.cells) == 1:
        return cell, report.figures.get(cell, "")
    return cell, _fingerprint(finding, report)


def _fingerprint(finding: Finding, report: Report) -> str:
    form = report.statute
    figures = [str(report.figures.get(cell, "")) for cell in finding.cells]
    here = set(finding.addresses)
    texts = ["".join(text.split()) for key, text in report.words.items() if words.text_cell(form, key) in here]
    known = (finding.code, finding.addresses, finding.cells, figures, texts, _shown(finding))
    return hashlib.sha256(repr(known).encode("utf-8", "backslashreplace")).hexdigest()[:8]


def _shown(finding: Finding) -> list[tuple[str, str]]:
    """What its sentence says of this report, whatever the wording."""
    return [
        (name, str(value)) for name, value in sorted(finding.values.items()) if isinstance(value, str | int | Decimal)
    ]


def explain(
    findings: Sequence[Finding], explanations: Sequence[Explanation], report: Report
) -> tuple[tuple[Finding, ...], tuple[Explained, ...]]:
    """Findings with the explanations that hold for them, and what has become of each explanation.

    A warning or note keeps its severity; an error cannot be explained away.
    """
    if not explanations:
        return tuple(findings), ()
    kept = list(findings)
    told = []
    for one in explanations:
        about = [i for i, finding in enumerate(kept) if finding.code == one.code and _names(finding, one.cell, report)]
        same = [i for i in about if _same(kept[i], one, report)]
        status: Literal["applies", "lapsed", "unneeded", "refused"] = (
            "applies" if same else "lapsed" if about else "unneeded"
        )
        if same and all(kept[i].severity == "error" for i in same):
            status = "refused"
        for i in same:
            kept[i] = kept[i]._replace(explanation=one.text)
        told.append(Explained(one.code, one.cell, one.value, one.expected, one.text, status))
    return tuple(kept), tuple(told)


def _names(finding: Finding, cell: str, report: Report) -> bool:
    figures = report.statute.figures
    if not cell:
        return not finding.cells and not finding.addresses
    return cell in finding.cells or cell in finding.addresses or cell in {figures[c].address for c in finding.cells}


def _same(finding: Finding, one: Explanation, report: Report) -> bool:
    bound = one.expected is None or one.expected == finding.expected
    return bound and one.value == subject(finding, report)[1]


def draft(verdict: Verdict, language: str = "zh") -> str:
    """A file to fill in: an entry for every warning, with the explanation that it has; the others' as comments."""
    lines = [
        *(f"# {say(f'entries.head.{part}', language)}" for part in ("what", "where", "until")),
        f"schema = {_toml(SCHEMA)}",
        "",
    ]
    for finding in verdict.findings:
        if finding.severity == "warning" and verdict.report is not None:
            cell, value = subject(finding, verdict.report)
            lines += _comment(finding.message(language))
            lines += ["[[explanation]]", f"code = {_toml(finding.code)}", f"cell = {_toml(cell)}"]
            lines += [f"value = {_toml(value)}"]
            lines += [f"expected = {_toml(finding.expected)}"] if finding.expected is not None else []
            lines += [f"text = {_toml(finding.explanation)}", ""]
    for old in verdict.explanations:
        if old.status != "applies":
            lines += _comment(say(f"entries.was.{old.status}", language, code=old.code, cell=old.cell, text=old.text))
    return "\n".join(lines).rstrip() + "\n"


def _comment(text: str) -> list[str]:
    return ["# " + "".join(c if c.isprintable() else " " for c in line) for line in text.splitlines()]


def _toml(value: Number | str | None) -> str:
    if not isinstance(value, str):
        return str(plain(value))
    escaped = (f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08X}" for c in value)
    return f'"{"".join(escaped)}"'
