"""A verdict on a file that is no workbook of ours: people are told places that it has, never those of our template.

Only sentences change; cells and addresses stay what machines are promised (`xlreport/findings/1`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xlreport.finding import Finding, Suspect, Unassessed, Verdict
from xlreport.form import Figure
from xlreport.messages import Phrase
from xlreport.origin import Origin, told
from xlreport.report import Report
from xlreport.rules import words
from xlreport.workbook.plan import BASICS, WORDS

_CELL = re.compile(r"(?:[^\W\d]+!)?[A-Z]{1,2}\d{1,3}")
_CELLS = re.compile(r"([A-Z]{1,2}\d{1,3})(?::([A-Z]{1,2}\d{1,3}))?(?:、|$)")
_OTHERWISE = {
    "findings.INF-BLANK.agency": "elsewhere.INF-BLANK.agency",
    "findings.INF-BLANK.year": "elsewhere.INF-BLANK.year",
    "findings.TXT-EMPTY.section": "elsewhere.TXT-EMPTY.section",
    "findings.TXT-HOLDER.section": "elsewhere.TXT-HOLDER.section",
    "findings.TXT-HOLDER.preamble": "elsewhere.TXT-HOLDER.preamble",
    "findings.T3-CARRY": "elsewhere.T3-CARRY",
}
"""Sentences that send people to a sheet, and what is said in their place."""


class _Source(NamedTuple):
    """A report, and where its figures stand; `report` is the one that the template's cells in a sentence are of."""

    report: Report
    origins: Mapping[str, Origin]

    def told(self, figures: Sequence[Figure]) -> Phrase | str:
        """Where they stand; by name where one of them has no place."""
        known = [self.origins[figure.id] for figure in figures if figure.id in self.origins]
        if known and len(known) == len(figures):
            return told(known)
        return "、".join(words.name(figure) for figure in figures)

    def values(self, values: Mapping[str, object], cells: Sequence[str]) -> dict[str, object]:
        """The values of a sentence about these cells, with other places."""
        return {name: self._value(name, value, values, cells) for name, value in values.items()}

    def _value(self, name: str, value: object, values: Mapping[str, object], cells: Sequence[str]) -> object:
        figures = self.report.statute.figures
        if name == "changes" and isinstance(value, tuple):
            return tuple(Phrase(x.key, self.values(x.values, [cell])) for x, cell in zip(value, cells, strict=True))
        if name not in ("address", "cell", "cells", "blanks") or not isinstance(value, str):
            return value
        if name == "cell":
            return Phrase(
                "elsewhere.cell", {"place": self.told([figures[cells[0]]]), "name": words.name(figures[cells[0]])}
            )
        if name == "address":
            figure = next((figure for figure in figures.values() if figure.address == value), None)
            at = isinstance(values.get("place"), Phrase)  # the sentence has it beside
            return value if figure is None else figure.sheet if at else self.told([figure])
        sheets = {str(values.get("sheet", "")), *(figures[cell].sheet for cell in cells)}
        here = {figure.cell: figure for figure in figures.values() if figure.sheet in sheets}
        listed = list(_listed(value, here))
        if listed:
            return self.told(listed)
        return "、".join(words.name(figures[cell]) for cell in cells[: len(_CELL.findall(value))])


def elsewhere(verdict: Verdict) -> Verdict:
    """The verdict as its file's reader is told it; a workbook of ours and report data are told by the template."""
    report = verdict.report
    if report is None or report.origins is None:
        return verdict
    source = _Source(report, report.origins)
    return verdict._replace(
        findings=tuple(_finding(finding, source) for finding in verdict.findings),
        not_assessed=tuple(_unassessed(item, source) for item in verdict.not_assessed),
        suspects=tuple(_suspect(suspect, source) for suspect in verdict.suspects),
    )


def _finding(finding: Finding, source: _Source) -> Finding:
    of = source
    if finding.key == "words.TXT-TREND.last" and source.report.last_year:  # the cells that it names are last year's
        last = source.report.last_year
        of = _Source(last, last.origins) if last.origins is not None else source._replace(origins={})
    values = of.values(finding.values, finding.cells)
    return finding._replace(key=_OTHERWISE.get(finding.key, finding.key), values=values, where=_where(finding, source))


def _unassessed(item: Unassessed, source: _Source) -> Unassessed:
    return item._replace(values=source.values(item.values, item.cells))


def _suspect(suspect: Suspect, source: _Source) -> Suspect:
    return suspect._replace(values=source.values(suspect.values, suspect.cells))


def _where(finding: Finding, source: _Source) -> Phrase | str:
    """A figure's place, or its table where it has none; a section by its heading; the title."""
    figures = [source.report.statute.figures[cell] for cell in finding.cells]
    if known := [source.origins[figure.id] for figure in figures if figure.id in source.origins]:
        return told(known)
    if figures:
        return figures[0].sheet
    sheet = "".join(finding.addresses[:1]).partition("!")[0]
    if sheet == BASICS:
        return Phrase("elsewhere.title")
    heading = finding.values.get("section", finding.values.get("place", ""))
    return str(heading) if sheet == WORDS else sheet


def _listed(text: str, here: Mapping[str, Figure]) -> Iterator[Figure]:
    """The figures of D6、E6:J6; none where the text says more than cells."""
    areas = _CELLS.findall(text)
    if (
        "".join(found[0] for found in _CELLS.finditer(text)) != text
        or not {x for xs in areas for x in xs if x} <= here.keys()
    ):
        return
    for first, last in areas:
        one, other = here[first], here[last or first]
        yield from (
            figure
            for figure in here.values()
            if one.row <= figure.row <= other.row and one.column <= figure.column <= other.column
        )
