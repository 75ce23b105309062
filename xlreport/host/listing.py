"""The lines of 校验 that tell what was found. Pure: values of cells, nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from xlreport.finding import Finding, Suspect, Verdict, plain
from xlreport.form import Form
from xlreport.host.marks import SHEET_MISSING, places
from xlreport.messages import say
from xlreport.results.told import compared
from xlreport.workbook.places import Place
from xlreport.workbook.plan import FOUND_LINES

_ORDER = ("error", "warning", "note")
GUESSES = 3


class Line(NamedTuple):
    """Seven cells: number, what, both sides, their difference, the verdict, where to look.

    Sides that are no equation's say whose they are: 表中 999, 正文 420.
    """

    number: int | None
    what: str
    left: float | str | None
    right: float | str | None
    difference: float | None
    verdict: str
    link: str | None


def lines(verdict: Verdict, form: Form, names: Mapping[str, Place]) -> tuple[Line, ...]:
    """What was found, errors first; if there is no room for all, the last line says so."""
    ordered = sorted(verdict.findings, key=lambda finding: _ORDER.index(finding.severity))
    told = tuple(_line(i, finding, verdict, form, names) for i, finding in enumerate(ordered, 1))
    if len(told) <= FOUND_LINES:
        return told
    rest = say("host.list.more", count=len(told) - FOUND_LINES + 1)
    return (*told[: FOUND_LINES - 1], Line(None, rest, None, None, None, "", None))


def _line(number: int, finding: Finding, verdict: Verdict, form: Form, names: Mapping[str, Place]) -> Line:
    guesses = [suspect for suspect in verdict.suspects if _concerns(suspect, finding, form)]
    told = [finding.message(), *_guesses(guesses, alone=len(verdict.suspects) == 1)]
    if len(guesses) == 1 == len(verdict.suspects):  # of cells that are there: of others nothing is guessed
        where = names[form.figures[guesses[0].cells[0]].defined_name].address
    else:
        template = "" if finding.key == SHEET_MISSING else "".join(finding.addresses[:1])
        where = next((place.address for place in places(finding, form, names)), template)
    return Line(
        number,
        "\n".join(told),
        *_sides(finding),
        None if finding.expected is None or finding.actual is None else plain(finding.actual - finding.expected),
        say(f"host.list.{finding.severity}", code=finding.code),
        link(where) if where else None,
    )


def _sides(finding: Finding) -> tuple[float | str | None, float | str | None]:
    left, right = plain(finding.expected), plain(finding.actual)
    if left is None or right is None or not compared(finding):
        return left, right
    return say("results.table", value=left), say("results.text", value=right)


def _guesses(guesses: list[Suspect], *, alone: bool) -> Iterator[str]:
    for number, guess in enumerate(guesses[:GUESSES], 1):
        yield say(f"host.list.{'one' if alone else 'several'}", number=number, reason=say(guess.key, **guess.values))


def _concerns(suspect: Suspect, finding: Finding, form: Form) -> bool:
    """Would the change of these cells mend what the finding speaks of? Totals stand for their parts."""
    return finding.code in suspect.resolves and not _parts(finding.cells, form).isdisjoint(suspect.cells)


def _parts(cells: Iterable[str], form: Form) -> set[str]:
    found: set[str] = set()
    rest = list(cells)
    while rest:
        cell = rest.pop()
        found.add(cell)
        rest += form.totals[cell].left if cell in form.totals else ()
    return found


def link(address: str) -> str:
    """A formula that jumps to a cell, or to a sheet, when clicked: every program knows the function."""
    sheet, _, cell = address.rpartition("!")
    quoted = (sheet or cell).replace("'", "''").replace('"', '""')
    shown = address.replace('"', '""')
    return f"""=HYPERLINK("#'{quoted}'!{cell if sheet else "A1"}","{shown}")"""
