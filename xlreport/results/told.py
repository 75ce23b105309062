"""What every way of showing a verdict says alike: the order of findings, their sides, their sentences in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlreport.finding import Finding, Verdict
from xlreport.messages import say
from xlreport.rules import RULES, words

SEVERITIES = ("error", "warning", "note")

_SIDES = ("left", "right")
"""Values of a sentence that are a side of the equation that was evaluated."""


class Piece(NamedTuple):
    """A part of a sentence. kind: "" as it is, "quote" of the report's text, "figure" within one, "side" of an equation."""

    text: str
    kind: str = ""


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; each in the order of the catalogue."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def counts(verdict: Verdict) -> dict[str, int]:
    """How many findings there are of each severity."""
    severities = [finding.severity for finding in verdict.findings]
    return {severity: severities.count(severity) for severity in SEVERITIES}


def sides(finding: Finding) -> tuple[str, str, str] | None:
    """What it should be, what it is and the difference, as printed; None where nothing was computed."""
    if finding.expected is None or finding.actual is None:
        return None
    return (
        words.number(finding.expected),
        words.number(finding.actual),
        words.number(finding.actual - finding.expected),
    )


def title(code: str, language: str = "zh") -> str:
    """What the rule is called; "" for what no rule found, such as a file that is not there."""
    return say(f"pages.rules.{code}.title", language) if code in RULES else ""


def pieces(finding: Finding, language: str = "zh") -> Iterator[Piece]:
    """The finding's sentence, taken apart at the values that a reader looks for."""
    sentence, at = finding.message(language), 0
    for start, value, name in sorted(_values(finding, sentence)):
        if start < at:
            continue
        if start > at:
            yield Piece(sentence[at:start])
        yield from _quoted(value, str(finding.values.get("figure", ""))) if name == "quote" else (Piece(value, "side"),)
        at = start + len(value)
    if at < len(sentence):
        yield Piece(sentence[at:])


def _values(finding: Finding, sentence: str) -> Iterator[tuple[int, str, str]]:
    """Where each of these values stands in the sentence, the value, and its name."""
    for name in (*_SIDES, "quote"):
        value = finding.values.get(name)
        if isinstance(value, str) and value and (start := sentence.find(value)) >= 0:
            yield start, value, name


def _quoted(quote: str, figure: str) -> Iterator[Piece]:
    """A quotation with the figure that it is about, which must not begin inside a longer number."""
    match = re.search(rf"(?<![0-9.]){re.escape(figure)}", quote) if figure else None
    if match is None:
        yield Piece(quote, "quote")
        return
    for text, kind in ((quote[: match.start()], "quote"), (match[0], "figure"), (quote[match.end() :], "quote")):
        if text:
            yield Piece(text, kind)


def terms(verdict: Verdict, language: str = "zh") -> Iterator[str]:
    """Errata in force and explanations that do not hold (any more), a sentence each."""
    for one in verdict.errata:
        values = {"code": one.code, "count": one.count, "reason": one.reason, "source": one.source}
        grade = one.severity if one.severity == "off" else "graded"
        name = "" if one.severity == "off" else say(f"cli.severity.{one.severity}", language)
        yield say(f"results.erratum.{grade}", language, **values, severity=name)
    for told in verdict.explanations:
        if told.status != "applies":
            yield say(f"entries.was.{told.status}", language, code=told.code, cell=told.cell, text=told.text)
