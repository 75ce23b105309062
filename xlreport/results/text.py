"""Verdicts as text that a person reads in a terminal. Pure: text out, nothing printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from xlreport.finding import Finding, Suspect, Unassessed, Verdict, plain
from xlreport.messages import say
from xlreport.results.told import LISTED, compared, counts, here, ordered, terms

_WORD = re.compile(r"[（“《【−]*(?:[!-~]+|.)[，。；：、）”》】？！…]*", re.DOTALL)
"""What stays on one line: a Latin word or number with its sign, and punctuation that may not begin or end a line."""

GUESSES = 3
"""Suspects that are told; more only stand in the JSON."""


def width(text: str) -> int:
    """Columns that `text` takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to `columns`."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of at most `columns`, broken anywhere but inside a Latin word or number and beside brackets."""
    line = ""
    for word in _WORD.findall(text):
        if line and width(line) + width(word) > columns:
            yield line.rstrip()
            line = ""
        line += word if line else word.lstrip()
    if line:
        yield line.rstrip()


def verdict_text(verdict: Verdict, language: str = "zh", columns: int = 100) -> str:
    """The verdict: a headline, a table of findings (sheet, cell, expected, found), each with its sentence below."""
    name = f"{verdict.agency or '—'} {verdict.year or '—'}"
    form = verdict.form or "—"
    head = f"cli.verdict.{verdict.status}"
    lines = [
        *wrap(say(head, language, source=verdict.source, name=name, form=form, ruleset=verdict.ruleset), columns),
        say("cli.verdict.counts", language, **counts(verdict)) if verdict.findings else "",
        *_table(verdict.findings, language, columns),
        *_suspects(verdict.suspects, language, columns),
        *_open(verdict.not_assessed, language, columns),
        *(line for term in terms((verdict,), language) for line in wrap(term, columns)),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def findings_text(findings: tuple[Finding, ...], language: str = "zh", columns: int = 100) -> str:
    """The table of findings alone."""
    return "\n".join(list(_table(findings, language, columns))[1:]) + "\n"


def _table(findings: tuple[Finding, ...], language: str, columns: int) -> Iterator[str]:
    if not findings:
        return
    place = "place" if all(finding.where is None for finding in findings) else "where"
    heads = tuple(say(f"cli.table.{name}", language) for name in ("severity", "code", place, "expected", "actual"))
    for listed in range(LISTED, -1, -1):
        rows = [(f, _row(f, language, listed)) for f in ordered(findings)]
        widths = [max(width(cells[i]) for cells in (heads, *(row for _, row in rows))) for i in range(len(heads))]
        if sum(widths) + 2 * (len(widths) - 1) <= columns:
            break
    yield ""
    yield "  ".join(pad(cell, w) for cell, w in zip(heads, widths, strict=True)).rstrip()
    yield "─" * min(columns, sum(widths) + 2 * len(widths))
    for finding, row in rows:
        yield "  ".join(pad(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip()
        told = [finding.message(language)]
        told += [say("results.explanation", language, text=finding.explanation)] if finding.explanation else []
        for line in (line for sentence in told for line in wrap(sentence, columns - 4)):
            yield f"    {line}"


def _row(finding: Finding, language: str, listed: int) -> tuple[str, ...]:
    """Its cells. Where there is no room, `listed` is 0, and only the sentence says what table and text have."""
    sides = (finding.expected, finding.actual) if finding.expected is not None and finding.actual is not None else ()
    told = [str(plain(side)) for side in sides]
    if sides and compared(finding):
        named = zip(("results.table", "results.text"), told, strict=True)
        told = [say(key, language, value=side) for key, side in named] if listed else []
    return (
        say(f"cli.severity.{finding.severity}", language),
        finding.code,
        here(finding, language, max(listed, 1)),
        *told,
        *([""] * (2 - len(told))),
    )


def _suspects(suspects: tuple[Suspect, ...], language: str, columns: int) -> Iterator[str]:
    if suspects:
        yield say("cli.verdict.suspects", language)
    for number, suspect in enumerate(suspects[:GUESSES], 1):
        for i, line in enumerate(wrap(suspect.to_json(language)["reason"], columns - 5)):
            yield (f"  {number}. " if i == 0 else "     ") + line
    if len(suspects) > GUESSES:
        yield "     " + say("cli.verdict.more_suspects", language, count=len(suspects) - GUESSES)


def _open(items: tuple[Unassessed, ...], language: str, columns: int) -> Iterator[str]:
    if items:
        yield say("cli.verdict.not_assessed", language, count=len(items))
    for item in items[:LISTED]:
        for i, line in enumerate(wrap(f"{item.code}  {item.to_json(language)['reason']}", columns - 4)):
            yield ("  · " if i == 0 else "    ") + line
    if len(items) > LISTED:
        yield "  · " + say("cli.verdict.more", language, count=len(items) - LISTED)
