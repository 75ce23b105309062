"""The list beside a roll-up: every unit and what became of it, every cell and what it is the sum of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from xlreport.collect.rollup import Rollup, groups
from xlreport.collect.total import Member
from xlreport.finding import plain
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.messages import say
from xlreport.results.front import front
from xlreport.results.links import Link, reference
from xlreport.results.lists import CELL, NUMBER, Column, Line, Row
from xlreport.results.stream import Sheet, workbook

_UNITS = (
    NUMBER,
    Column("unit", 40, "link"),
    Column("code", 14),
    Column("kind", 14, "centre"),
    Column("parent", 24),
    Column("role", 20, "centre"),
    Column("due", 8, "number"),
    Column("there", 8, "number"),
    Column("received", 12, "number"),
    Column("concluded", 12, "number"),
    Column("doubts", 10, "number"),
    Column("source", 40),
)
_CELLS = (
    *CELL,
    Column("unit", 34, "link"),
    Column("value", 14, "number"),
    Column("cell", 34),
    Column("source", 36),
)
_ADJUSTED = (*CELL, Column("amount", 12, "number"), Column("reason", 60))
_COMPARED = (
    Column("unit", 30),
    *CELL,
    Column("parts", 14, "number"),
    Column("whole", 14, "number"),
    Column("difference", 12, "number"),
)
_MAPPED = (
    Column("unit", 30),
    Column("source", 36),
    Column("form", 8, "centre"),
    *CELL,
    Column("value", 14, "number"),
    Column("target", 46),
)


def details(made: Rollup, target: Path, folder: Path, language: str = "zh") -> bytes:
    """The .xlsx that will stand at `target`; its links lead into `folder`. The same roll-up gives the same bytes.

    What is wrong with the sum stands on the first sheet.
    """
    by_group = groups(made)
    grouped = (
        *CELL,
        Column("sum", 14, "number"),
        *(Column(name, 16, "number") for name in by_group),
    )
    lists: tuple[tuple[str, tuple[Column, ...], Callable[[], Iterator[Line]]], ...] = (
        ("units", _UNITS, lambda: _units(made, target, folder, language)),
        ("cells", _CELLS, lambda: _cells(made, target, folder, language)),
        ("groups", grouped, lambda: _groups(made, by_group)),
        ("adjusted", _ADJUSTED, lambda: _adjustments(made)),
        ("compared", _COMPARED, lambda: _differences(made, language)),
        ("mapped", _MAPPED, lambda: _mapped(made, language)),
    )
    sheets = []
    for name, columns, lines in lists:
        count = sum(1 for _ in lines())  # gone through twice rather than held
        if count or name in ("units", "cells"):
            own = {column.name: column.name for column in columns[3:]} if name == "groups" else {}
            if own and made.adjustments:
                own["sum"] = say("rollup.sum_before", language)
            title = say(f"rollup.sheet.{name}", language)
            sheets.append(Sheet(title, "rollup", columns, lines(), count, own))
    title = say("rollup.title", language)
    wrong = [f"{number}. {line}" for number, line in enumerate(made.told(language), 1)]
    first = say("rollup.look" if made.sound else "rollup.first", language)
    before = [first, *wrong] if made.blanks or not made.sound else []
    return front(workbook(sheets, title, language), before, language, title)


def _link(member: Member, target: Path, folder: Path) -> Link | None:
    """To the file of a unit; a file in a zip has none, the zip has."""
    if not member.file:
        return None
    path = folder.joinpath(*member.file.split("/"))
    while not path.exists() and path != folder:
        path = path.parent
    try:
        return Link(reference(os.path.relpath(path, target.parent)), "")
    except ValueError:  # on another drive of Windows
        return None


def _units(made: Rollup, target: Path, folder: Path, language: str) -> Iterator[Line]:
    doubts = dict(made.doubtful)
    for number, member in enumerate(made.total.members, 1):
        unit = member.unit
        there = bool(member.figures)
        row: Row = (
            number,
            "　" * member.depth + unit.name,
            unit.code,
            unit.kind,
            unit.parent,
            say(f"rollup.role.{member.role}", language),
            member.due,
            member.there,
            _sum(member, "t3.received.") if there else None,
            _sum(member, "t3.") if there else None,
            doubts.get(member.file) if member.file else None,
            member.file,
        )
        grade = (
            "fail"
            if member.role in ("missing", "covered") and member.due
            else "warnings"
            if doubts.get(member.file)
            else ""
        )
        yield Line(row, grades={"role": grade}, outside=_link(member, target, folder), linked=1)


def _sum(member: Member, start: str) -> int | float | None:
    """Applications received, or concluded: the sum of the inputs of these rows."""
    kept = ("t3.received.", "t3.carried_in.", "t3.carried_out.")
    cells = [cell for cell in member.figures if cell.startswith(start) and not cell.endswith(".total")]
    if start == "t3.":
        cells = [cell for cell in cells if not cell.startswith((*kept, "t3.concluded."))]
    return plain(sum(member.figures[cell] for cell in cells))


def _cells(made: Rollup, target: Path, folder: Path, language: str) -> Iterator[Line]:
    """For each cell of the sum that is not zero, its parts that are not, adjustments among them."""
    form = made.total.form
    parts = [(member, _link(member, target, folder)) for member in made.total.parts]
    for cell in form.inputs:
        figure = form.figures[cell]
        lines: list[Line] = []
        for member, link in parts:
            if value := member.figures.get(cell):
                row: Row = (figure.address, figure.title, member.unit.name, _shown(value), cell, member.file)
                lines.append(Line(row, outside=link, linked=2))
        for one in made.adjustments:
            if one.cell == cell:
                name = say("rollup.adjustment", language, reason=one.reason)
                lines.append(Line((figure.address, figure.title, name, _shown(one.amount), cell, "")))
        yield from (
            Line(line.values, outside=line.outside, linked=line.linked, opens=at == 0) for at, line in enumerate(lines)
        )


def _groups(made: Rollup, by_group: dict[str, dict[str, Number]]) -> Iterator[Line]:
    form = made.total.form
    for cell in form.inputs:
        figure = form.figures[cell]
        values = [theirs.get(cell) for theirs in by_group.values()]
        shown = [None if value is None else _shown(value) for value in (made.total.figures.get(cell), *values)]
        yield Line((figure.address, figure.title, *shown))


def _adjustments(made: Rollup) -> Iterator[Line]:
    for one in made.adjustments:
        figure = made.total.form.figures[one.cell]
        yield Line((figure.address, figure.title, _shown(one.amount), one.reason))


def _differences(made: Rollup, language: str) -> Iterator[Line]:
    for one in made.differences:
        figure = made.total.form.figures[one.cell]
        row: Row = (
            one.name,
            figure.address,
            figure.title,
            _shown(one.parts),
            say("rollup.blank", language) if one.whole is None else _shown(one.whole),
            plain(one.more),
        )
        yield Line(row)


def _mapped(made: Rollup, language: str) -> Iterator[Line]:
    """Figures of an older form that went elsewhere or nowhere; those under the same id need no word."""
    for one in made.moved:
        figure = load_form(one.form).figures[one.cell]
        target = made.total.form.figures[one.target].title if one.target else say("rollup.left_out", language)
        row: Row = (one.unit, one.file, one.form, figure.address, figure.title, _shown(one.value), target)
        yield Line(row)


def _shown(value: Number) -> int | float:
    shown = plain(value)
    assert shown is not None
    return shown
