"""The sum of reports along the roster, level by level. Pure: reports in, figures out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from xlreport.collect.roster import WHOLE, Roster, Unit
from xlreport.collect.unfit import Part, unfit
from xlreport.errors import InputError, refuse
from xlreport.form import Form
from xlreport.form.weigh import Number
from xlreport.report import Report

Role = Literal["part", "whole", "shown", "missing", "level"]
"""part: added; whole: typed by somebody else, compared with the sum; shown: on the list only; level: has parts."""


class Difference(NamedTuple):
    """A figure of a whole that somebody else typed, and what its parts add up to."""

    unit: str
    cell: str
    parts: Number
    whole: Number


class Member(NamedTuple):
    """A unit in the sum: what it is in it, how deep it stands, its figures, and how many reports are due and there."""

    unit: Unit
    role: Role
    depth: int
    file: str
    figures: Mapping[str, Number]
    due: int = 1
    there: int = 1


class Total(NamedTuple):
    """The sum. members: every unit, from the top down; parts: those whose own reports were added."""

    form: Form
    year: int
    figures: Mapping[str, Number]
    members: tuple[Member, ...]
    differences: tuple[Difference, ...]

    @property
    def parts(self) -> tuple[Member, ...]:
        """The members whose own reports make up the sum."""
        return tuple(member for member in self.members if member.role == "part")


def add(form: Form, figures: Iterable[Mapping[str, Number]]) -> dict[str, Number]:
    """Each input added up; it is blank where every part leaves it blank."""
    found: dict[str, Number] = {}
    inputs = form.inputs
    for one in figures:
        for cell in inputs:
            if cell in one:
                found[cell] = found.get(cell, 0) + one[cell]
    return {cell: found[cell] for cell in inputs if cell in found}


def total(parts: Sequence[Part], roster: Roster | None) -> Total:
    """The sum of reports that fit together, each unit once. Raises InputError with every cause: `unfit`."""
    parts = sorted(parts, key=lambda part: (part.unit.name, part.file))
    refuse(list(unfit(parts, roster)))
    form, year = parts[0].report.statute, parts[0].report.year
    assert year is not None
    by_unit = {part.unit.name: part for part in parts}
    below = roster.parts if roster else {"": tuple(part.unit for part in parts)}
    differences: list[Difference] = []

    def member(unit: Unit, depth: int, *, counted: bool) -> list[Member]:
        """The unit and all below it, itself first. counted: what it is part of is part of the sum."""
        own, children = by_unit.get(unit.name), below.get(unit.name, ()) if unit.name else ()
        counted = counted and unit.summed
        if not children:
            if own is None:
                return [Member(unit, "missing", depth, "", {}, int(counted), 0)]
            return [_alone(own, depth, counted=counted)]
        lists = [member(child, depth + 1, counted=counted) for child in children]
        heads = [each[0] for each in lists if each[0].unit.summed]
        given = [head.figures for head in heads if head.figures]
        due, there = sum(head.due for head in heads), sum(head.there for head in heads)
        all_below = [one for each in lists for one in each]
        if own is None:
            return [Member(unit, "level", depth, "", add(form, given), due, there), *all_below]
        if own.kind != WHOLE:  # its own business, one part among the others
            figures = add(form, [own.report.figures, *given])
            level = Member(unit, "level", depth, "", figures, due + counted, there + counted)
            return [level, _alone(own, depth + 1, counted=counted), *all_below]
        if not given:  # only the whole came up
            return [_alone(own, depth, counted=counted), *(one._replace(due=0) for one in all_below)]
        figures = add(form, given)
        differences.extend(_differences(unit, form, figures, own.report.figures))
        typed = Member(unit, "whole", depth + 1, own.file, own.report.figures)
        return [Member(unit, "level", depth, "", figures, due, there), typed, *all_below]

    tops = [member(unit, 0, counted=True) for unit in below.get("", ())]
    figures = add(form, [top[0].figures for top in tops if top[0].unit.summed])
    return Total(form, year, figures, tuple(one for top in tops for one in top), tuple(differences))


def _alone(part: Part, depth: int, *, counted: bool) -> Member:
    role: Role = "part" if counted else "shown"
    return Member(part.unit, role, depth, part.file, part.report.figures, int(counted), int(counted))


def _differences(
    unit: Unit, form: Form, parts: Mapping[str, Number], whole: Mapping[str, Number]
) -> Iterable[Difference]:
    for cell in form.inputs:
        if parts.get(cell, 0) != whole.get(cell, 0):
            yield Difference(unit.name, cell, parts.get(cell, 0), whole.get(cell, 0))


def compare(total_: Total, whole: Report, name: str) -> tuple[Difference, ...]:
    """What a whole that somebody else typed says otherwise than the sum. Raises InputError for another form or year."""
    if whole.form != total_.form.id or (whole.year is not None and whole.year != total_.year):
        raise InputError("rollup.other_whole", file=name, form=whole.form, year=whole.year or "—")
    return tuple(_differences(Unit(whole.agency or name), total_.form, total_.figures, whole.figures))
