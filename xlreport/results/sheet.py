"""Verdicts → a workbook of lists to filter, work through and send on: a line for each finding, with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from xlreport.finding import Finding, Verdict, plain
from xlreport.form import column_name
from xlreport.form.weigh import Number
from xlreport.messages import say
from xlreport.results import told
from xlreport.results.links import link
from xlreport.results.lists import COUNTS, NUMBER, Column, Line, Row, new_book, saved, write
from xlreport.rules import words
from xlreport.rules.explain import subject

MOST = 60_000
"""Lines of a list; a sheet takes some 65,000 links, and nobody works through more."""

_HEAD = (NUMBER, Column("agency", 18), Column("year", 7, "centre"))
_INDEX = (
    NUMBER,
    Column("agency", 34),
    Column("year", 8, "centre"),
    Column("verdict", 16, "centre"),
    *COUNTS,
    Column("explained", 10, "number"),
    Column("open", 10, "number"),
    Column("source", 40),
)
_FINDINGS = (
    *_HEAD,
    Column("severity", 7, "centre"),
    Column("code", 12),
    Column("place", 24, "link"),
    Column("message", 54),
    Column("expected", 10, "number"),
    Column("actual", 10, "number"),
    Column("difference", 10, "number"),
    Column("explanation", 26, "answer"),
    Column("cell", 30, hidden=True),  # these two say what an explanation is bound to, see `answers`
    Column("value", 12, hidden=True),
)
_SUSPECTS = (
    *_HEAD,
    Column("rank", 8, "centre"),
    Column("place", 24, "link"),
    Column("reason", 84),
    Column("resolves", 22),
)
_OPEN = (*_HEAD, Column("code", 12), Column("reason", 110))
_RULES = (Column("code", 12), Column("title", 40), Column("fix", 110))


def findings_list(verdicts: Sequence[Verdict], language: str = "zh", target: Path | None = None) -> bytes:
    """The verdicts as an .xlsx: an index of files, all findings, suspects, and what could not be judged.

    Links lead from a finding to its cell in the workbook, seen from the folder of `target`. The same verdicts give the
    same bytes.
    """
    book = new_book()
    firsts: list[int] = []
    findings = list(_findings(verdicts, language, target, firsts))
    sheets = (
        ("index", _INDEX, list(_index(verdicts, language, firsts))),
        ("findings", _FINDINGS, findings),
        ("suspects", _SUSPECTS, list(_suspects(verdicts, language, target))),
        ("open", _OPEN, list(_open(verdicts, language))),
        ("rules", _RULES, list(_rules(verdicts, language))),
    )
    for name, columns, lines in sheets:
        if lines or name in ("index", "findings"):
            title = say(f"results.sheet.{name}", language)
            write(book.create_sheet(title), columns, lines[:MOST], language)
            if len(lines) > MOST:
                _tell_more(book[title], len(lines) - MOST, language)
    _terms(book.worksheets[0], verdicts, language)
    return saved(book, say("results.title", language))


def _head(verdict: Verdict) -> tuple[str, int | None]:
    return verdict.agency or verdict.source, verdict.year


def _index(verdicts: Sequence[Verdict], language: str, firsts: Sequence[int]) -> Iterator[Line]:
    for number, (verdict, first) in enumerate(zip(verdicts, firsts, strict=True), 1):
        counts = told.counts(verdict)
        explained = sum(bool(finding.explanation) for finding in verdict.findings)
        agency, year = _head(verdict)
        row: Row = (
            number,
            agency,
            year,
            say(f"results.status.{verdict.status}", language),
            *counts.values(),
            explained,
            len(verdict.not_assessed),
            verdict.source,
        )
        inside = f"'{say('results.sheet.findings', language)}'!A{first}" if verdict.findings and first < MOST else ""
        yield Line(row, grade=verdict.status, inside=inside, linked=1)


def _findings(verdicts: Sequence[Verdict], language: str, target: Path | None, firsts: list[int]) -> Iterator[Line]:
    """A line for each finding; `firsts` gets the sheet row where each file begins."""
    number = 0
    for verdict in verdicts:
        agency, year = _head(verdict)
        firsts.append(number + 2)
        for at, finding in enumerate(told.ordered(verdict.findings)):
            number += 1
            row: Row = (
                number,
                agency,
                year,
                say(f"cli.severity.{finding.severity}", language),
                finding.code,
                told.spot(finding, verdict, language),
                finding.message(language),
                *_sides(finding),
                finding.explanation,
                *_subject(finding, verdict),
            )
            there = finding.addresses
            if finding.where is not None and verdict.report is not None:
                there = told.addresses(finding.cells, verdict.report)
            outside = link(verdict.source, there, target)
            before = {}
            if told.compared(finding) and finding.expected is not None:
                sides = {"expected": "table", "actual": "text"}
                before = {column: say(f"results.{side}", language, value="") for column, side in sides.items()}
            yield Line(row, grade=finding.severity, outside=outside, linked=5, opens=at == 0, before=before)


def _sides(finding: Finding) -> tuple[float | int | str | None, ...]:
    if finding.expected is None or finding.actual is None:
        return None, None, None
    return tuple(_exact(value) for value in (finding.expected, finding.actual, finding.actual - finding.expected))


def _subject(finding: Finding, verdict: Verdict) -> tuple[str, float | int | str | None]:
    if verdict.report is None:
        return "", None
    cell, value = subject(finding, verdict.report)
    return cell, value if isinstance(value, str) else _exact(value)


def _exact(value: Number) -> float | int | str | None:
    """A number that a cell can hold to the last digit, else its text."""
    return plain(value) if -words.LONG < value < words.LONG else words.number(value)


def _suspects(verdicts: Sequence[Verdict], language: str, target: Path | None) -> Iterator[Line]:
    number = 0
    for verdict in verdicts:
        agency, year = _head(verdict)
        for rank, suspect in enumerate(verdict.suspects, 1):
            assert verdict.report is not None
            number += 1
            addresses = told.addresses(suspect.cells, verdict.report)
            reason = suspect.to_json(language)["reason"]
            row: Row = (
                number,
                agency,
                year,
                rank,
                told.place(addresses, language),
                reason,
                "、".join(suspect.resolves),
            )
            yield Line(row, outside=link(verdict.source, addresses, target), linked=4, opens=rank == 1)


def _open(verdicts: Sequence[Verdict], language: str) -> Iterator[Line]:
    number = 0
    for verdict in verdicts:
        for at, item in enumerate(verdict.not_assessed):
            number += 1
            yield Line((number, *_head(verdict), item.code, item.to_json(language)["reason"]), opens=at == 0)


def _rules(verdicts: Sequence[Verdict], language: str) -> Iterator[Line]:
    for code, fix in told.remedies(verdicts, language).items():
        yield Line((code, told.title(code, language), fix))


def _tell_more(sheet: Worksheet, count: int, language: str) -> None:
    sheet.cell(sheet.max_row + 1, 2).value = say("results.more_lines", language, count=count)


def _terms(sheet: Worksheet, verdicts: Sequence[Verdict], language: str) -> None:
    """Below the index: which rules judged, errata in force, and explanations that do not hold."""
    lines = [say("results.by", language, ruleset=ruleset) for ruleset in sorted({v.ruleset for v in verdicts})]
    lines += told.terms(verdicts, language)
    for row, line in enumerate(lines, sheet.max_row + 2):
        cell = sheet.cell(row, 2)
        cell.value = told.clean(line)
        cell.data_type = "s"
    sheet.print_area = f"A1:{column_name(len(_INDEX))}{sheet.max_row}"
