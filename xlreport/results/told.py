"""What every way of showing a verdict says alike: the order of findings, their sides, their sentences in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xlreport.finding import Amendment, Finding, Verdict
from xlreport.form import Figure
from xlreport.messages import Phrase, say
from xlreport.report import Report
from xlreport.rules import RULES, words

LISTED = 6
"""Cells that are named, where there is room, before the rest is only counted."""

SEVERITIES = ("error", "warning", "note")

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SIDES = ("left", "right")
"""Values of a sentence that are a side of the equation that was evaluated."""


class Piece(NamedTuple):
    """A part of a sentence. kind: "" as it is, "quote" of the report's text, "figure" in one, "side" of an equation."""

    text: str
    kind: str = ""


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; each in the order of the catalogue."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def counts(verdict: Verdict) -> dict[str, int]:
    """How many findings there are of each severity."""
    severities: list[str] = [finding.severity for finding in verdict.findings]
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


def compared(finding: Finding) -> bool:
    """Are its sides the tables' and the text's? It may be either that is wrong."""
    return "quote" in finding.values


def codes(verdicts: Iterable[Verdict]) -> list[str]:
    """The rules that found something, in the order of the catalogue."""
    seen = {finding.code for verdict in verdicts for finding in verdict.findings}
    return [code for code in RULES if code in seen]


def title(code: str, language: str = "zh") -> str:
    """What the rule is called; "" for what no rule found, such as a file that is not there."""
    return say(f"pages.rules.{code}.title", language) if code in RULES else ""


def fix(code: str, language: str = "zh") -> str:
    """How a finding of the rule is mended; "" for what no rule found."""
    return say(f"pages.rules.{code}.fix", language) if code in RULES else ""


def remedies(verdicts: Sequence[Verdict], language: str = "zh") -> dict[str, str]:
    """How findings of each rule are mended in a workbook of ours; "" where none is of one: then sentences say it."""
    ours = {x.code for verdict in verdicts for x in verdict.findings if x.where is None}
    return {code: fix(code, language) if code in ours else "" for code in codes(verdicts)}


def clean(text: str) -> str:
    """The text without what neither XML nor HTML can hold."""
    return _FORBIDDEN.sub("", text)


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


def terms(verdicts: Sequence[Verdict], language: str = "zh") -> Iterator[str]:
    """Errata in force, of all files together, and explanations that do not hold; of several, with the unit's name."""
    counted: dict[Amendment, int] = {}
    for one in (one for verdict in verdicts for one in verdict.errata):
        same = one._replace(concerned=0)
        counted[same] = counted.get(same, 0) + one.concerned
    for one, count in counted.items():
        graded = "off" if one.severity == "off" else "graded"
        name = "" if one.severity == "off" else say(f"cli.severity.{one.severity}", language)
        about = {"code": one.code, "reason": one.reason, "source": one.source}
        yield say(f"results.erratum.{graded}", language, **about, severity=name, count=count)
    for verdict in verdicts:
        name = f"{verdict.agency or verdict.source} " if len(verdicts) > 1 else ""
        for told in verdict.explanations:
            if told.status != "applies":
                key = f"entries.was.{told.status}"
                yield name + say(key, language, code=told.code, cell=told.cell, text=told.text)


def spot(finding: Finding, verdict: Verdict, language: str = "zh") -> str:
    """Where it is: 表三!D6、D7、D29:D30; elsewhere than in the tables as `here` has it."""
    if verdict.report is None or not finding.cells or finding.where is not None:
        return here(finding, language)
    form = verdict.report.statute
    figures = [form.figures[cell] for cell in finding.cells]
    if tuple(figure.address for figure in figures) != finding.addresses:  # its rows have moved
        return place(finding.addresses, language)
    tables: dict[str, list[Figure]] = {}
    for figure in figures:
        tables.setdefault(figure.sheet, []).append(figure)
    told = {sheet: words.cells(here) for sheet, here in tables.items()}
    if sum(cells.count("、") + 1 for cells in told.values()) > LISTED:
        return place(finding.addresses, language)
    return "；".join(f"{sheet}!{cells}" for sheet, cells in told.items())


def here(finding: Finding, language: str = "zh", listed: int = LISTED) -> str:
    """Its place in a file that has none of its addresses, else these as `place` has them."""
    if finding.where is None:
        return place(finding.addresses, language, listed)
    return finding.where.tell(language) if isinstance(finding.where, Phrase) else finding.where


def addresses(cells: Sequence[str], report: Report) -> tuple[str, ...]:
    """Those of the figures in the workbook that the report was read from; none in a file of another kind."""
    if report.origins is None:
        return tuple(report.statute.figures[cell].address for cell in cells)
    return tuple(x.address for cell in cells if (x := report.origins.get(cell)) and x.address)


def place(addresses: tuple[str, ...], language: str = "zh", listed: int = LISTED) -> str:
    """Addresses with each sheet named once: 表三!D6 D7 D29 D30."""
    sheets: dict[str, list[str]] = {}
    for address in addresses[:listed]:
        sheet, _, cell = address.partition("!")
        sheets.setdefault(sheet, []).append(cell)
    text = "；".join(f"{sheet}!{' '.join(cells)}" if cells[0] else sheet for sheet, cells in sheets.items())
    more = len(addresses) - listed
    return text + (say("cli.table.more", language, count=more) if more > 0 else "")
