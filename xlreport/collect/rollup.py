"""The sum of many reports, from a folder to the locked workbook, and the list of its parts beside it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from xlreport import __version__, job
from xlreport.collect import work
from xlreport.collect.adjust import Adjustment, adjusted, read_adjustments
from xlreport.collect.compact import Compact
from xlreport.collect.files import read_all
from xlreport.collect.journal import Journal
from xlreport.collect.lines import refuse_lines
from xlreport.collect.mapped import Moved, mapped, moved
from xlreport.collect.roster import VERTICAL, WHOLE, Roster, Unit, read_roster
from xlreport.collect.settings import Settings
from xlreport.collect.total import Difference, Member, Total, add, compare, total
from xlreport.collect.unfit import NAMED, Blank, Part, blank, few, unfit
from xlreport.collect.walk import EMPTY, Found
from xlreport.collect.work import bare
from xlreport.errors import InputError, UsageError
from xlreport.finding import Finding
from xlreport.form.weigh import Number
from xlreport.messages import Phrase, say
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.ruleset import ruleset


class Rollup(NamedTuple):
    """A roll-up: the report that goes into the workbook, and all that is to be told of how it came about.

    doubtful: files whose own figures contradict each other, with how often. findings: errors of the sum itself.
    older: files of another form that were counted into this one; moved: their figures with another id, or left out.
    other: the unit that the sum was compared with, where that is another. blanks: what its parts left blank, which
    is no fault of the sum. misread: the first cell of a file that cannot be read. roster: whether there was one.
    """

    report: Report
    total: Total
    adjustments: tuple[Adjustment, ...]
    differences: tuple[Difference, ...]
    doubtful: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    group: Literal["kind", "parent"]
    older: tuple[str, ...] = ()
    other: str = ""
    moved: tuple[Moved, ...] = ()
    blanks: tuple[Blank, ...] = ()
    misread: str = ""
    roster: bool = True

    @property
    def left_out(self) -> tuple[Moved, ...]:
        """Figures that have no like in the form of the sum."""
        return tuple(one for one in self.moved if not one.target)

    @property
    def missing(self) -> tuple[Member, ...]:
        """The units that should be in the sum and are not."""
        return tuple(member for member in self.total.members if member.role == "missing" and member.due)

    @property
    def covered(self) -> tuple[Member, ...]:
        """The units that should have reported, and are in the sum only through somebody else's whole."""
        return tuple(member for member in self.total.members if member.role == "covered")

    @property
    def due(self) -> dict[str, int]:
        """How many reports there should be, how many there are, and how many are missing."""
        tops = [member for member in self.total.members if not member.depth]
        due, there = sum(top.due for top in tops), sum(top.there for top in tops)
        return {"due": due, "there": there, "missing": due - there}

    def told(self, language: str = "zh") -> Iterator[str]:
        """What is wrong with it, a line each."""
        if self.missing:
            names = few([member.unit.name for member in self.missing])
            yield say("rollup.missing", language, count=len(self.missing), names=names)
        if self.covered:
            names = few([member.unit.name for member in self.covered])
            yield say("rollup.covered", language, count=len(self.covered), names=names)
        if self.other:
            yield say("rollup.other_unit", language, unit=self.other, name=self.report.agency)
        for one in self.differences[:NAMED]:
            about = {"unit": one.name, "title": self.total.form.figures[one.cell].title, "cell": one.cell}
            if one.whole is None:
                yield say("rollup.differs_blank", language, parts=words.number(one.parts), **about)
                continue
            numbers = {"parts": one.parts, "whole": one.whole, "difference": one.whole - one.parts}
            sides = {name: words.number(value) for name, value in numbers.items()}
            yield say("rollup.differs", language, **about, **sides)
        if more := len(self.differences[NAMED:]):
            yield say("rollup.more_differs", language, count=more)
        if self.doubtful:
            files = few([name for name, _ in self.doubtful])
            yield say("rollup.doubtful", language, count=len(self.doubtful), files=files)
        if self.older:
            files = few(self.older)
            yield say("rollup.mapped", language, count=len(self.older), files=files, left=len(self.left_out))
        if self.findings:
            yield say("rollup.findings", language, count=len(self.findings), message=self.findings[0].message(language))
        yield from self._told_of_cells(language)

    def _told_of_cells(self, language: str) -> Iterator[str]:
        """Cells of parts that are in the sum as 0."""
        if self.misread:
            yield say("rollup.misread", language, first=self.misread)
        if self.blanks:
            told: list[object] = [
                Phrase("rollup.of_cells", {"unit": one.unit, "cells": one.cells}) for one in self.blanks[:NAMED]
            ]
            examples = (*told, *(["……"] if self.blanks[NAMED:] else []))
            cells = sum(one.number for one in self.blanks)
            yield say("rollup.blanks", language, count=len(self.blanks), cells=cells, examples=examples)

    @property
    def sound(self) -> bool:
        """Whether everybody is in it, and nothing contradicts."""
        lacking = self.missing or self.covered or self.left_out
        return not (lacking or self.differences or self.other or self.doubtful or self.findings)


def rollup(
    folder: Path,
    settings: Settings,
    *,
    roster: Path | None = None,
    adjust: Path | None = None,
    whole: Path | None = None,
    agency: str = "",
    group: Literal["kind", "parent"] = "kind",
    form: str | None = None,
    without: Iterable[Path] = (),
) -> Rollup:
    """Add up the reports under `folder`, but for files `without`, along the roster.

    form: that of the sum; reports of an older one are counted into it as far as their figures are the same thing.

    Raises InputError, with every cause at once, where they must not be added: a unit twice, two years or forms, a
    unit of a vertical system outside its own line, a file that cannot be read, a unit that is not on the roster.
    """
    if not folder.is_dir():
        raise UsageError("collect.no_folder", path=folder)
    units = read_roster(roster) if roster else None
    ours = [*without, *(path for path in (roster, adjust, whole) if path)]
    parts, doubtful, blanks, misread, causes = _parts(folder, ours, units, settings)
    if parts or not causes:
        parts.sort(key=lambda part: (part.unit.name, part.file))
        causes += unfit(parts, units, any_form=form is not None)
    refuse_lines(causes, "rollup.more")
    older = [part for part in parts if form is not None and part.report.form != form]
    sum_ = total([part._replace(report=mapped(part.report, form or part.report.form)) for part in parts], units)
    adjustments = read_adjustments(adjust, sum_.form) if adjust else ()
    name = agency or _top(units)
    differences, other = sum_.differences, ""
    if whole is not None:
        typed = job.read_whole(whole).report
        differences += compare(sum_, typed, str(whole))
        other = "" if _same(name, typed.agency, units) else typed.agency
    added = {member.file for member in sum_.parts}
    figures = MappingProxyType(adjusted(sum_.figures, adjustments))
    report = Report(sum_.form.id, name, sum_.year, figures, kind=WHOLE).totalled()
    return Rollup(
        report,
        sum_,
        adjustments,
        differences,
        doubtful,
        _errors(report),
        group,
        older=tuple(part.file for part in older),
        other=other,
        moved=tuple(one for part in older for one in moved(part.report, report.form, part.file, part.unit.name)),
        blanks=tuple(sorted(one for one in blanks if one.file in added)),
        misread=misread,
        roster=units is not None,
    )


def _top(units: Roster | None) -> str:
    """The name of the one unit at the top of the roster; those that are only shown or of a vertical system are none."""
    tops = [unit for unit in units.parts[""] if unit.summed] if units else []
    own = [unit for unit in tops if unit.kind != VERTICAL] or tops
    return own[0].name if len(own) == 1 else ""


def _same(name: str, other: str, units: Roster | None) -> bool:
    """Whether both are names of one unit, as far as they are known."""
    mine, theirs = (units.unit(one) if units else None for one in (name, other))
    return not (name and other) or bare(name) == bare(other) or (mine is not None and mine == theirs)


def no_part(target: Path, folder: Path) -> None:
    """Refuse an output in the place of a unit's report under `folder`: an earlier sum may go.

    Raises UsageError, and InputError for what cannot be read.
    """
    if not (target.is_file() and Path(os.path.realpath(target)).is_relative_to(os.path.realpath(folder))):
        return
    report = job.read(target).report
    if report.kind != WHOLE:
        raise UsageError("rollup.part", path=target, agency=report.agency or "—")


def _parts(
    folder: Path, without: Iterable[Path], units: Roster | None, settings: Settings
) -> tuple[list[Part], tuple[tuple[str, int], ...], list[Blank], str, list[InputError]]:
    """The reports, those that contradict themselves, what is blank, a misread cell, the files that cannot be added."""
    parts: list[Part] = []
    refused: list[str] = []
    strangers: list[str] = []
    doubtful: list[tuple[str, int]] = []
    blanks: list[Blank] = []
    misread = ""
    with tempfile.TemporaryDirectory() as store:
        path = Path(store) / "store"
        with Journal(path / "read") as journal:
            reader = work.Reader(f"{__version__}-{ruleset()}")
            for one, known in read_all(folder, without, path, reader=reader, journal=journal, settings=settings):
                if one.skipped and one.skipped != EMPTY:
                    continue
                if known is None or "report" not in known[1]:
                    refused.append(one.name if refused[NAMED:] else _why(one, known and known[1], settings))
                    continue
                kept, exact = known[1]["report"], known[1]["exact"]
                figures = Compact(kept["form"], _numbers(exact))
                kept = Report(kept["form"], kept["agency"], kept["year"], figures, kind=kept.get("kind"))
                unit = units.unit(kept.agency) if units else Unit(kept.agency, kind=kept.kind or "")
                if unit is None and kept.agency:
                    strangers.append(one.name)
                    continue
                parts.append(Part(unit or Unit(""), one.name, kept))
                if left := blank(parts[-1], known[1]["unread"]):
                    blanks.append(left)
                if known[1]["wrong"]:
                    doubtful.append((one.name, known[1]["wrong"]))
                    if not misread and (first := known[1]["misread"]):
                        misread = f"{one.name}: {first[settings.language]}"
    causes = []
    if refused:
        shown = (*refused[:NAMED], *(["……"] if refused[NAMED:] else []))
        causes.append(InputError("rollup.unreadable", count=len(refused), files=shown))
    if strangers:
        causes.append(InputError("rollup.stranger", count=len(strangers), files=few(strangers)))
    return parts, tuple(doubtful), blanks, misread, causes


def _why(one: Found, known: Mapping[str, Any] | None, settings: Settings) -> str:
    """The file and why it cannot be used."""
    language = settings.language
    if known:
        return str(known["refused"][language])
    key = one.skipped or one.refused or "rollup.lost"
    seconds, memory = settings.limits
    of_ours = key.startswith(("collect.", "rollup."))
    told = say(key, language, seconds=int(seconds), megabytes=memory >> 20) if of_ours else key
    return f"{one.name}: {told}"


def _numbers(figures: Mapping[str, str]) -> Mapping[str, Number]:
    return {cell: int(text) if text.lstrip("-").isdigit() else Decimal(text) for cell, text in figures.items()}


def _errors(report: Report) -> tuple[Finding, ...]:
    """The errors of the sum's own figures; its text is still to be written."""
    from xlreport.rules import judge

    found, _ = judge(report)
    return tuple(one for one in found if one.severity == "error" and one.code.startswith(("T2-", "T3-", "T4-", "FIG-")))


def groups(made: Rollup) -> dict[str, dict[str, Number]]:
    """The sums by kind of unit, or by what they stand under, from the top; together the sum before adjustments."""
    places = {member.unit.name: place for place, member in enumerate(made.total.members)}
    by: dict[str, list[Mapping[str, Number]]] = {}
    for member in made.total.parts:
        name = member.unit.kind if made.group == "kind" else member.unit.parent
        by.setdefault(name or "—", []).append(member.figures)
    return {
        name: add(made.total.form, theirs)
        for name, theirs in sorted(by.items(), key=lambda one: (places.get(one[0], -1), one[0]))
    }
