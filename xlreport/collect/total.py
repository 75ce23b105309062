"""The sum of reports along the roster, level by level. Pure: reports in, figures out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from xlreport.collect.roster import WHOLE, Roster, Unit
from xlreport.collect.unfit import Part
from xlreport.errors import InputError
from xlreport.form import Form
from xlreport.form.weigh import Number
from xlreport.report import Report

Role = Literal["part", "whole", "shown", "missing", "covered", "level"]
"""part: added; whole: typed by somebody else, compared with the sum; shown: on the list only; level: has parts;
covered: missing, but in a whole that stands for it."""


class Difference(NamedTuple):
    """A figure of a whole that somebody else typed, None where it is blank, and what its parts add up to.

    unit: whose whole it is, "" where it does not say; file: where it stands, of one given beside the parts.
    """

    unit: str
    cell: str
    parts: Number
    whole: Number | None
    file: str = ""

    @property
    def name(self) -> str:
        """What to call the whole."""
        return self.unit or self.file

    @property
    def more(self) -> Number | None:
        """By how much the whole is more."""
        return None if self.whole is None else self.whole - self.parts


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
    """The sum of reports that fit together, each unit once: of parts about which `unfit` has nothing to say."""
    parts = sorted(parts, key=lambda part: (part.unit.name, part.file))
    form, year = parts[0].report.statute, parts[0].report.year
    assert year is not None
    by_unit = {part.unit.name: part for part in parts}
    below = roster.parts if roster else {"": tuple(part.unit for part in parts)}
    must = None if roster is None else {unit.name for unit in roster.due} & roster.summed
    differences: list[Difference] = []

    def member(unit: Unit, depth: int, *, counted: bool) -> list[Member]:
        """The unit and all below it, itself first. counted: what it is part of is part of the sum."""
        own, children = by_unit.get(unit.name), below.get(unit.name, ()) if unit.name else ()
        counted = counted and unit.summed
        alone = _alone(unit, own, depth, counted=counted)._replace(due=int(must is None or unit.name in must))
        alone = alone._replace(there=alone.due if own else 0)
        if not children:
            return [alone]
        lists = [member(child, depth + 1, counted=counted) for child in children]
        heads = [each[0] for each in lists if each[0].unit.summed]
        given = [head.figures for head in heads if head.figures]
        due, there = sum(one.due for one in (alone, *heads)), sum(one.there for one in (alone, *heads))
        all_below = [one for each in lists for one in each]
        level = Member(unit, "level", depth, "", add(form, given), due, there)
        inner = alone._replace(depth=depth + 1)
        if own is None:
            return [level, *([inner] if alone.due else []), *all_below]
        if own.kind != WHOLE:  # its own business, one part among the others
            return [level._replace(figures=add(form, [own.report.figures, *given])), inner, *all_below]
        if not given:  # only the whole came up
            return [alone._replace(due=due, there=there), *(_covered(one) for one in all_below)]
        differences.extend(_differences(unit, form, level.figures, own.report.figures))
        return [level, inner._replace(role="whole"), *all_below]

    tops = [member(unit, 0, counted=True) for unit in below.get("", ())]
    figures = add(form, [top[0].figures for top in tops if top[0].unit.summed])
    return Total(form, year, figures, tuple(one for top in tops for one in top), tuple(differences))


def _alone(unit: Unit, part: Part | None, depth: int, *, counted: bool) -> Member:
    """What a unit sent itself."""
    if part is None:
        return Member(unit, "missing", depth, "", {})
    return Member(unit, "part" if counted else "shown", depth, part.file, part.report.figures)


def _covered(member: Member) -> Member:
    return member._replace(role="covered") if member.role == "missing" and member.due else member


def _differences(
    unit: Unit, form: Form, parts: Mapping[str, Number], whole: Mapping[str, Number]
) -> Iterable[Difference]:
    for cell in form.inputs:
        if parts.get(cell, 0) != whole.get(cell, 0):
            yield Difference(unit.name, cell, parts.get(cell, 0), whole.get(cell))


def compare(total_: Total, whole: Report, name: str) -> tuple[Difference, ...]:
    """What a whole that somebody else typed says otherwise than the sum. Raises InputError for another form or year."""
    if whole.form != total_.form.id or (whole.year is not None and whole.year != total_.year):
        raise InputError("rollup.other_whole", file=name, form=whole.form, year=whole.year or "—")
    found = _differences(Unit(whole.agency), total_.form, total_.figures, whole.figures)
    return tuple(one._replace(file=name) for one in found)
