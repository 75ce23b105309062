"""Which cells to mark and how, and the text that remembers it. Pure: nothing is marked here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from xlreport.finding import Finding, Verdict
from xlreport.form import Form, column_number
from xlreport.workbook.formula import Area
from xlreport.workbook.places import Place
from xlreport.workbook.plan import RED, TINT, mark

_ADDRESS = re.compile(r"(.+)!([A-Z]{1,3})([1-9][0-9]{0,6})")
_LINE = re.compile(r"(.+)!([A-Z]{1,3})([1-9][0-9]{0,6}) ([0-9A-F]{6}) ([0-9A-F]{6}|-)")


SHEET_MISSING = "workbook.sheet_missing"
"""The finding whose address is that of a sheet which is no more."""


class Mark(NamedTuple):
    """A marked cell: the colour it was given, and the one it had, "" for none. Colours as RRGGBB."""

    place: Place
    colour: str
    before: str = ""


def wanted(verdict: Verdict, form: Form, names: Mapping[str, Place]) -> dict[Place, str]:
    """The colour of every cell to mark: TINT in a relation that fails, RED where a cell itself is wrong.

    A cell itself is wrong where an error speaks of it alone, and where there is only one guess what is wrong. names:
    where the named cells stand now.
    """
    tinted = {place for finding in verdict.errors if _weighs(finding) for place in places(finding, form, names)}
    red = {place for finding in verdict.errors if not _weighs(finding) for place in places(finding, form, names)}
    if len(verdict.suspects) == 1:
        red |= {names[form.figures[cell].defined_name] for cell in verdict.suspects[0].cells}
    return dict.fromkeys(tinted, TINT) | dict.fromkeys(red, RED)


def _weighs(finding: Finding) -> bool:
    """Is it about two sides that should be equal?"""
    return finding.expected is not None


def places(finding: Finding, form: Form, names: Mapping[str, Place]) -> Iterator[Place]:
    """Where its cells stand, of figures by their names; a whole sheet has no place, nor has what was deleted."""
    figures = {form.figures[cell].address: form.figures[cell].defined_name for cell in finding.cells}
    for address in finding.addresses if finding.key != SHEET_MISSING else ():
        if address in figures:
            if figures[address] in names:
                yield names[figures[address]]
        elif match := _ADDRESS.fullmatch(address):
            yield Place(match[1], int(match[3]), column_number(match[2]))


def written(marks: Iterable[Mark]) -> str:
    """The text that remembers marks, a line each."""
    return "\n".join(mark(x.place.address, x.colour, x.before or "-") for x in marks)


def remembered(text: str) -> tuple[Mark, ...]:
    """The marks that such a text tells of; a line that is none is passed over."""
    found = (_LINE.fullmatch(line.strip()) for line in text.split("\n"))
    return tuple(Mark(Place(x[1], int(x[3]), column_number(x[2])), x[4], x[5].replace("-", "")) for x in found if x)


def rectangles(cells: Iterable[tuple[int, int]]) -> list[Area]:
    """The rectangles that cover these cells (row, column) exactly: a range is coloured at one go."""
    found: list[Area] = []
    for row, column in sorted(set(cells)):
        if found and found[-1].top == row and found[-1].right == column - 1:
            found[-1] = found[-1]._replace(right=column)
        else:
            found.append(Area(row, column, row, column))
    stacked: list[Area] = []
    for run in found:
        for i, above in enumerate(stacked):
            if (above.left, above.right, above.bottom) == (run.left, run.right, run.top - 1):
                stacked[i] = above._replace(bottom=run.bottom)
                break
        else:
            stacked.append(run)
    return stacked
