"""Verdicts → one HTML page that a superior office sends back as it is: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Template

from xlreport.document.compose import compose
from xlreport.document.html import OF_TABLES, WEB
from xlreport.document.outline import Cell, Grid
from xlreport.finding import Finding, Verdict
from xlreport.form import FIRST_LINE, column_name
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
    """A part of a report's results: a table as the form prints it, with its sheet's name, and what was found there.

    marked: cells of the table are, if only for what the text says of them.
    """

    heading: str
    sheet: str
    grid: Grid | None
    items: tuple[Item, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page says of one file. `id` begins the ids of all that stands in it."""

    id: str
    verdict: Verdict
    counts: dict[str, int]
    marks: Mapping[str, Mark]
    parts: tuple[Part, ...]
    unshown: int
    explained: int
    terms: tuple[str, ...]
    figures: dict[str, int]


def findings_page(verdicts: Sequence[Verdict], language: str = "zh") -> str:
    """The verdicts as a page; of several, an index stands first."""
    sheets = [_sheet(number, verdict, language) for number, verdict in enumerate(verdicts, 1)]
    fixes = told.remedies(verdicts, language)

    def word(key: str, **values: object) -> str:
        return say(f"results.{key}", language, **values)

    text = _template().render(sheets=sheets, fixes=fixes, language=language, word=word, say=say)
    return told.clean(text)


def _sheet(number: int, verdict: Verdict, language: str) -> Sheet:
    findings = told.ordered(verdict.findings)
    places = _places(verdict)
    shown = sorted(findings[:MOST], key=lambda finding: places.index(_place(finding, places)))  # as they are told
    marked = marks(shown, verdict.suspects)
    id_ = f"r{number}"
    return Sheet(
        id=id_,
        verdict=verdict,
        counts=told.counts(verdict),
        marks=marked,
        parts=tuple(_parts(id_, verdict, shown, marked, language)),
        unshown=len(findings) - len(shown),
        explained=sum(bool(finding.explanation) for finding in findings),
        terms=tuple(told.terms((verdict,), language)),
        figures=_figures(verdict),
    )


def _figures(verdict: Verdict) -> dict[str, int]:
    """How many figures of the text agree, contradict, or are no statutory ones."""
    classes = [stated.status for stated in verdict.figures_in_text]
    return {name: classes.count(name) for name in ("agrees", "contradicts", "other")} if classes else {}


def _parts(
    id_: str, verdict: Verdict, findings: Sequence[Finding], marked: Container[str], language: str
) -> Iterator[Part]:
    """The three tables, then the text, then what concerns the file as a whole."""
    grids: dict[str, Grid] = {}
    if verdict.report is not None:
        blocks = {block.id: block for block in compose(verdict.report).blocks if isinstance(block, Grid)}
        grids = {table.sheet: blocks[table.id] for table in verdict.report.statute.tables}
    places = _places(verdict)
    found: dict[str, list[Item]] = {place: [] for place in places}
    for number, finding in enumerate(findings, 1):
        found[_place(finding, places)].append(Item(number, finding))
    for place, items in found.items():
        if grid := grids.get(place):
            own = replace(grid, id=f"{id_}-{grid.id}")
            touched = any(cell.id in marked for cell in grid.cells)
            yield Part(f"{place} {grid.caption}", place, own, tuple(items), touched)
        elif items:
            other = place == "rest" and all(item.finding.where is not None for item in items)
            yield Part(say(f"results.part.{'whole' if other else place}", language), "", None, tuple(items))


def _places(verdict: Verdict) -> tuple[str, ...]:
    """Where findings are told: the sheets of the tables, "text", "rest"."""
    tables = verdict.report.statute.tables if verdict.report is not None else ()
    return (*(table.sheet for table in tables), "text", "rest")


def _place(finding: Finding, sheets: Sequence[str]) -> str:
    """Which of them: the sheet of a table, "text", or "rest"."""
    sheet = finding.addresses[0].partition("!")[0] if finding.addresses else ""
    if "quote" in finding.values or sheet == WORDS:
        return "text"
    return sheet if sheet in sheets else "rest"


def _address(cell: Cell, sheet: str) -> str:
    """Where a cell of the table stands in the template."""
    return f"{sheet}!{column_name(cell.column)}{cell.row + FIRST_LINE - 1}"


@cache
def _template() -> Template:
    from xlreport.safe.jinja import environment

    env = environment(Path(__file__).with_name("web"), WEB, escape=True)
    env.globals.update(
        OF_TABLES,
        address=_address,
        told=told,
        no_mark=Mark(),
        guesses=GUESSES,
        open=OPEN,
    )
    return env.get_template("page.html")
