"""How well a mistake is found and located: `python -m benchmarks.perturbation`, with --write into docs/localisation.md.

Consistent real reports, typed totals as a published page has them; mistakes of a hand at random places.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import xlreport.demo
from benchmarks.machine import machine
from xlreport.data import parse_report
from xlreport.finding import Stated
from xlreport.form.weigh import Number
from xlreport.narrative.reading import stated
from xlreport.report import Report
from xlreport.rules import judge
from xlreport.rules.locate import locate

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "localisation.md"
CASES = ROOT.parent / "shared" / "cases" / "published"
RELATIONS = ("T3-BAL", "T3-SUM", "T3-ROW", "T4-SUM", "T3-CARRY")
TIMES = 400
"""Mistakes of each kind in each table."""

Figures = Mapping[str, Number]
Mistake = Callable[[Report, str, random.Random], Figures | None]
"""The cells that a mistake at a cell changes; None where it cannot happen."""


def one_off(report: Report, cell: str, chance: random.Random) -> Figures | None:
    value = report.figures[cell] + chance.choice((-1, 1))
    return {cell: value} if value >= 0 else None


def ten_times(report: Report, cell: str, _: random.Random) -> Figures | None:
    return {cell: 10 * report.figures[cell]} if report.figures[cell] else None


def transposed(report: Report, cell: str, chance: random.Random) -> Figures | None:
    text = str(report.figures[cell])
    swaps = {int(text[:i] + text[i + 1] + text[i] + text[i + 2 :]) for i in range(len(text) - 1)}
    return {cell: chance.choice(sorted(swaps - {int(text)}))} if swaps - {int(text)} else None


def to_neighbour(report: Report, cell: str, chance: random.Random) -> Figures | None:
    """The number stands in the next row or column, on top of what belongs there; its own cell is left 0."""
    here = report.statute.figures[cell]
    around = [
        figure.id
        for figure in report.statute.table(here.table).figures
        if abs(figure.row - here.row) + abs(figure.column - here.column) == 1
    ]
    there = chance.choice(around)
    value = report.figures[cell]
    return {cell: 0, there: report.figures[there] + value} if value else None


def swapped(report: Report, cell: str, chance: random.Random) -> Figures | None:
    """Two neighbours, each with the other's number."""
    moved = to_neighbour(report, cell, chance)
    if not moved:
        return None
    there = next(other for other in moved if other != cell)
    one, other = report.figures[cell], report.figures[there]
    return {cell: other, there: one} if one != other else None


ALONE: Mapping[str, Mistake] = {"±1": one_off, "×10": ten_times, "digits transposed": transposed}
ALL: Mapping[str, Mistake] = {**ALONE, "moved to a neighbour": to_neighbour, "swapped with a neighbour": swapped}


@dataclass
class Tally:
    """What came of one kind of mistake. `milliseconds`: of each `locate`."""

    tried: int = 0
    found: int = 0
    first: int = 0
    tied: int = 0
    third: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another counted."""
        self.tried += other.tried
        self.found += other.found
        self.first += other.first
        self.tied += other.tied
        self.third += other.third
        self.milliseconds += other.milliseconds


Setting = Callable[[Report, Report], tuple[Report, tuple[Stated, ...]]]
"""The true report and the wrong one → what is judged, and what its prose says."""


def typed_totals(_: Report, wrong: Report) -> tuple[Report, tuple[Stated, ...]]:
    """A published page: every total is typed."""
    return wrong, ()


def computed_totals(_: Report, wrong: Report) -> tuple[Report, tuple[Stated, ...]]:
    """The locked workbook: totals are formulas, so that only the balance of a column can fail."""
    return wrong.totalled(), ()


def with_evidence(truth: Report, wrong: Report) -> tuple[Report, tuple[Stated, ...]]:
    """The workbook with last year's figures beside it and the report's own text, as it was published."""
    carried = {before: truth.figures[now] for before, now in truth.statute.carry}
    wrong = replace(wrong.totalled(), last_year=Report(truth.form, truth.agency, None, MappingProxyType(carried)))
    return wrong, stated(wrong)


def consistent_reports() -> Iterator[tuple[str, Report]]:
    """Published reports whose every relation holds, a blank being 0; the demo's where there are none."""
    folder = CASES if CASES.is_dir() else Path(xlreport.demo.__file__).parent
    if folder != CASES:
        sys.stderr.write("no ../shared here: only the demo's city report\n")
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(".notes.json"):
            continue
        given = replace(parse_report(path.read_bytes()), last_year=None)
        zeros = dict.fromkeys(given.statute.figures, 0)
        report = replace(given, figures=MappingProxyType({**zeros, **given.figures}))
        if not any(value for cell, value in report.figures.items() if cell.startswith("t3.")):
            sys.stderr.write(f"left out {path.stem}: nothing but zeros\n")
        elif _fails(report):
            sys.stderr.write(f"left out {path.stem}: its tables do not add up\n")
        else:
            yield path.stem, report


def _fails(report: Report) -> bool:
    return any(finding.code in RELATIONS for finding in judge(replace(report, text={}))[0])


def measure(report: Report, changed: Figures, setting: Setting) -> Tally:
    """Judge and locate one mistake."""
    wrong, told = setting(report, replace(report, figures=MappingProxyType({**report.figures, **changed})))
    found = _fails(wrong)
    start = time.process_time()
    suspects = locate(wrong, told)
    spent = 1000 * (time.process_time() - start)
    truth = {cell: report.figures[cell] for cell in changed}
    right = [dict(zip(suspect.cells, suspect.suggested, strict=True)) == truth for suspect in suspects]
    return Tally(1, int(found), int(right[:1] == [True]), int(any(right)), int(any(right[:3])), [spent])


def series(reports: list[Report], table: str, mistake: Mistake, setting: Setting, chance: random.Random) -> Tally:
    """Single mistakes of one kind, in cells that are typed."""
    tally = Tally()
    while tally.tried < TIMES:
        report = chance.choice(reports)
        form = report.statute
        fixed = form.totals if setting is not typed_totals else ()
        cell = chance.choice([figure.id for figure in form.table(table).figures if figure.id not in fixed])
        changed = mistake(report, cell, chance)
        if changed and not any(other in fixed for other in changed):
            tally.add(measure(report, changed, setting))
    return tally


def doubles(reports: list[Report], chance: random.Random) -> Tally:
    """Two mistakes in two cells of tables 3 and 4."""
    tally = Tally()
    while tally.tried < TIMES:
        report = chance.choice(reports)
        cells = [figure.id for table in ("t3", "t4") for figure in report.statute.table(table).figures]
        one, other = (chance.choice(list(ALONE.values()))(report, cell, chance) for cell in chance.sample(cells, 2))
        if one and other:
            tally.add(measure(report, {**one, **other}, typed_totals))
    return tally


@dataclass(frozen=True)
class Row:
    """A line of the page."""

    table: str
    setting: str
    kind: str
    tally: Tally


def rows(reports: list[Report]) -> Iterator[Row]:
    """Every series."""
    chance = random.Random(2024)
    for table in ("t3", "t4"):
        lines = [series(reports, table, mistake, typed_totals, chance) for mistake in ALL.values()]
        yield from (Row(table, "typed", kind, line) for kind, line in zip(ALL, lines, strict=True))
        yield Row(table, "typed", "all of these", _all(lines))
    yield Row("t3, t4", "typed", "two at once", doubles(reports, chance))
    for name, setting in (("computed", computed_totals), ("computed, with last year and the text", with_evidence)):
        for kind, mistake in ALL.items():
            yield Row("t3", name, kind, series(reports, "t3", mistake, setting, chance))


def _all(lines: list[Tally]) -> Tally:
    together = Tally()
    for line in lines:
        together.add(line)
    return together


HEAD = """# Locating mistakes

Made by `python -m benchmarks.perturbation --write`: a mistake at a random cell of a consistent published report,
{times} of each kind. *typed* totals: as on a page; *computed*: as in the locked workbook, where mistakes happen in
inputs only; the text is the report's own. *found*: some relation fails. *first*: the first suspect is exactly the true
cell or cells, with the true values; *in the first three*, *listed*: likewise. `locate`: milliseconds of processor time,
median and slowest.

A move or a swap changes two cells. Where it leaves every sum as it was (two results of one block of table 4; with
computed totals, two results of one column), no arithmetic can find it. Where the totals' column has the same numbers,
or where a block has nothing but one sum (table 4), several stories are equally likely, and they are all listed.
"""


def page(lines: list[Row], names: list[str]) -> str:
    """The page."""
    text = [
        HEAD.format(times=TIMES),
        f"{machine()}; {len(names)} reports: {', '.join(names)}.",
        "",
        "| table | totals | mistake | found | first | in the first three | listed | `locate` |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in lines:
        tally = row.tally
        shares = (f"{100 * n / tally.tried:.0f} %" for n in (tally.found, tally.first, tally.third, tally.tied))
        spent = f"{statistics.median(tally.milliseconds):.0f}, {max(tally.milliseconds):.0f}"
        text.append(f"| {row.table} | {row.setting} | {row.kind} | {' | '.join(shares)} | {spent} |")
    return "\n".join((*text, ""))


def broken(lines: list[Row]) -> Iterator[str]:
    """What we promise and did not keep."""
    typed = [row for row in lines if row.setting == "typed"]
    for row in typed:
        if (row.table == "t3" or row.kind in ALONE) and row.tally.found < row.tally.tried:
            yield f"{row.table}, {row.kind}: not always found"
        if row.kind == "two at once" and row.tally.third < 0.8 * row.tally.tried:
            yield "two at once: in the first three in fewer than 80 of 100"
        if (row.table, row.kind) == ("t3", "all of these") and row.tally.first < 0.95 * row.tally.tried:
            yield "table 3: the first suspect is right in fewer than 95 of 100"


def main() -> int:
    """Print the page; 1 if a promise is not kept."""
    named = list(consistent_reports())
    lines = list(rows([report for _, report in named]))
    text = page(lines, [name for name, _ in named])
    sys.stdout.write(text)
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    missed = list(broken(lines))
    for line in missed:
        sys.stderr.write(f"{line}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
