"""Reports that came in to be added up, and every reason why they must not be. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from xlreport.collect.roster import VERTICAL, WHOLE, Roster, Unit
from xlreport.collect.work import bare
from xlreport.errors import InputError
from xlreport.messages import Names, Phrase
from xlreport.report import Report

NAMED = 3
"""Examples in a line that tells of many."""


class Part(NamedTuple):
    """A report that came in: its unit, the file it stands in, its figures."""

    unit: Unit
    file: str
    report: Report

    @property
    def kind(self) -> str:
        """The kind of its office, as the roster has it, else as it says itself; who says of itself to be a sum, is."""
        said = self.report.kind or ""
        return said if said == WHOLE else self.unit.kind or said


def few(names: Sequence[str]) -> Names:
    """The first of many."""
    return Names(names) if len(names) <= NAMED else Names((*names[: NAMED - 1], f"{names[NAMED - 1]}……"))


class Blank(NamedTuple):
    """What a part left blank, and what its sum takes for 0: how many inputs, and how the first of them are told."""

    unit: str
    file: str
    number: int
    cells: tuple[str, ...]


def blank(part: Part, unread: Collection[str]) -> Blank | None:
    """None where nothing is. unread: cells that hold what cannot be used, of which others tell."""
    form = part.report.statute
    found = [form.figures[cell] for cell in form.inputs if cell not in part.report.figures and cell not in unread]
    if not found:
        return None
    sheets = ["", *(one.address.rpartition("!")[0] for one in found)]
    told = [one.cell if sheets[at] == sheets[at + 1] else one.address for at, one in enumerate(found[: NAMED + 1])]
    return Blank(part.unit.name, part.file, len(found), few(told))


def unfit(parts: Sequence[Part], roster: Roster | None, *, any_form: bool = False) -> Iterator[InputError]:
    """A cause of refusal each, all of them, with the files. any_form: those of another are counted in."""
    if not parts:
        yield InputError("rollup.nothing")
    yield from _some("rollup.no_agency", [part for part in parts if not part.unit.name])
    yield from _some("rollup.no_year", [part for part in parts if part.report.year is None])
    yield from _twice(parts)
    years: list[tuple[Part, object]] = [(part, part.report.year) for part in parts if part.report.year is not None]
    yield from _unlike("rollup.two_years", years)
    if not any_form:
        yield from _unlike("rollup.two_forms", [(part, part.report.form) for part in parts])
    yield from _out_of_line(parts, roster)


def _some(key: str, parts: Sequence[Part]) -> Iterator[InputError]:
    if parts:
        yield InputError(key, count=len(parts), files=few([part.file for part in parts]))


def _twice(parts: Sequence[Part]) -> Iterator[InputError]:
    by_unit: dict[str, list[Part]] = {}
    for part in parts:
        by_unit.setdefault(bare(part.unit.name), []).append(part)
    many = [theirs for name, theirs in by_unit.items() if name and len(theirs) > 1]
    if many:
        told: list[object] = [
            Phrase("rollup.of_unit", {"unit": theirs[0].unit.name, "files": few([part.file for part in theirs])})
            for theirs in many[:NAMED]
        ]
        yield InputError("rollup.twice", count=len(many), units=(*told, *(["……"] if many[NAMED:] else [])))


def _unlike(key: str, values: Sequence[tuple[Part, object]]) -> Iterator[InputError]:
    """A cause for each value that is not the most frequent one; of two that are as frequent, that is the later."""
    counted = Counter(value for _, value in values)
    most = max(counted, key=lambda value: (counted[value], str(value)), default=None)
    for value in sorted(counted.keys() - {most}, key=str):
        files = few([part.file for part, theirs in values if theirs == value])
        yield InputError(key, most=counted[most], wanted=most, count=counted[value], found=value, files=files)


def _out_of_line(parts: Sequence[Part], roster: Roster | None) -> Iterator[InputError]:
    """A unit of a vertical system reports up its own line only."""
    vertical = [part for part in parts if part.kind == VERTICAL]
    if roster is None:
        if len(vertical) < len(parts):
            yield from _some("rollup.vertical", vertical)
        return
    tops = {unit.kind == VERTICAL for unit in roster.parts[""] if unit.summed}
    mixed: list[Part] = []
    for part in vertical:
        above = roster.unit(part.unit.parent)
        if not part.unit.summed:
            continue
        if above is not None and above.kind != VERTICAL:
            yield InputError("rollup.outside", unit=part.unit.name, parent=above.name, file=part.file)
        elif above is None and False in tops - {part.unit.kind == VERTICAL}:
            mixed.append(part)
    yield from _some("rollup.vertical", mixed)
