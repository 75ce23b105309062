"""Verdicts → one HTML page that a superior office sends back as it is: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Template

from xlreport.document.compose import compose
from xlreport.document.html import groups, headers, scope
from xlreport.document.outline import Cell, Grid
from xlreport.finding import Finding, Verdict
from xlreport.messages import say
from xlreport.results import told
from xlreport.results.marks import Mark, marks
from xlreport.results.text import GUESSES
from xlreport.workbook.plan import WORDS

MOST = 500
"""Findings of one report that a page shows, gravest first; the list and the JSON have all."""

OPEN = 50
"""Relations that could not be judged, likewise."""


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with the number that it has on the page."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report's results: a table as the form prints it, or None, and what was found there."""

    id: str
    heading: str
    grid: Grid | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page says of one file. `id` begins the ids of all that stands in it."""

    id: str
    verdict: Verdict
    counts: dict[str, int]
    marks: dict[str, Mark]
    parts: tuple[Part, ...]
    unshown: int
    explained: int
    terms: tuple[str, ...]
    figures: dict[str, int]


def findings_page(verdicts: Sequence[Verdict], language: str = "zh") -> str:
    """The verdicts as a page; of several, an index stands first."""
    sheets = [_sheet(number, verdict, language) for number, verdict in enumerate(verdicts, 1)]
    codes = told.codes(verdicts)

    def word(key: str, **values: object) -> str:
        return say(f"results.{key}", language, **values)

    text = _template().render(sheets=sheets, codes=codes, language=language, word=word, say=say)
    return told.clean(text)


def _sheet(number: int, verdict: Verdict, language: str) -> Sheet:
    findings = told.ordered(verdict.findings)
    shown = findings[:MOST]
    id_ = f"r{number}"
    return Sheet(
        id=id_,
        verdict=verdict,
        counts=told.counts(verdict),
        marks=dict(marks(shown, verdict.suspects)),
        parts=tuple(_parts(id_, verdict, shown, language)),
        unshown=len(findings) - len(shown),
        explained=sum(bool(finding.explanation) for finding in findings),
        terms=tuple(told.terms((verdict,), language)),
        figures=_figures(verdict),
    )


def _figures(verdict: Verdict) -> dict[str, int]:
    """How many figures of the text agree, contradict, or are no statutory ones."""
    classes = [stated.status for stated in verdict.figures_in_text]
    return {name: classes.count(name) for name in ("agrees", "contradicts", "other")} if classes else {}


def _parts(id_: str, verdict: Verdict, findings: Sequence[Finding], language: str) -> Iterator[Part]:
    """The three tables, then the text, then what concerns the file as a whole."""
    items = [Item(number, finding) for number, finding in enumerate(findings, 1)]
    grids: list[Grid] = []
    sheets: dict[str, str] = {}
    if verdict.report is not None:
        sheets = {table.id: table.sheet for table in verdict.report.statute.tables}
        grids = [block for block in compose(verdict.report).blocks if isinstance(block, Grid)]
    places = [_place(item.finding) for item in items]
    for grid in grids:
        here = tuple(item for item, where in zip(items, places, strict=True) if where == grid.id)
        yield Part(grid.id, f"{sheets[grid.id]} {grid.caption}", replace(grid, id=f"{id_}-{grid.id}"), here)
    tables = {grid.id for grid in grids}
    words = tuple(item for item, where in zip(items, places, strict=True) if where == "text")
    rest = tuple(item for item, where in zip(items, places, strict=True) if where not in {*tables, "text"})
    for part, found in (("text", words), ("rest", rest)):
        if found:
            yield Part(part, say(f"results.part.{part}", language), None, found)


def _place(finding: Finding) -> str:
    """Where a finding is told: the id of a table, "text", or "rest"."""
    if "quote" in finding.values or any(address.startswith(f"{WORDS}!") for address in finding.addresses):
        return "text"
    return finding.cells[0].split(".")[0] if finding.cells else "rest"


def _anchor(cell: Cell, grid: Grid) -> str:
    return f"{grid.id}-{cell.row}-{cell.column}"


@cache
def _template() -> Template:
    from xlreport.safe.jinja import environment

    env = environment(Path(__file__).with_name("web"), escape=True)
    env.globals.update(
        groups=groups,
        headers=headers,
        scope=scope,
        anchor=_anchor,
        told=told,
        no_mark=Mark(),
        guesses=GUESSES,
        open=OPEN,
    )
    return env.get_template("page.html")
