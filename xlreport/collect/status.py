"""A collection as a workbook: a line for each unit, a line for each file, links to what goes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from xlreport.collect import back
from xlreport.collect.collection import ALSO, RETURNS, UNITS, Collection
from xlreport.collect.match import WRONG, Seen, flags
from xlreport.collect.remarks import remarks
from xlreport.messages import say
from xlreport.results.links import Link, reference
from xlreport.results.lists import COUNTS, NUMBER, Column, Line
from xlreport.results.stream import Sheet, workbook

_UNITS = (
    NUMBER,
    Column("unit", 32),
    Column("code", 14),
    Column("parent", 22),
    Column("kind", 12, "centre"),
    Column("state", 10, "centre"),
    Column("verdict", 14, "centre"),
    *COUNTS,
    Column("open", 9, "number"),
    Column("flags", 48),
    Column("back", 24, "link"),
    Column("source", 36),
)
_FILES = (
    NUMBER,
    Column("source", 44),
    Column("agency", 30),
    Column("year", 8, "centre"),
    Column("form", 8, "centre"),
    Column("verdict", 14, "centre"),
    *COUNTS,
    Column("open", 9, "number"),
    Column("back", 24, "link"),
    Column("why", 56),
)
_COUNTS = (Column("item", 36), Column("count", 12, "number"))
_GRADES: dict[str, str] = {**dict.fromkeys(WRONG, "fail"), "refused": "unusable", "late": "warnings"}
"""What colours the state of a unit."""


def status_list(collection: Collection, language: str = "zh") -> bytes:
    """The .xlsx. The same collection gives the same bytes."""
    units, files, counts = (say(f"collect.sheet.{name}", language) for name in ("units", "files", "counts"))
    counted = list(_counts(collection, language))
    sheets = (
        Sheet(units, "collect", _UNITS, _units(collection, language), len(collection.lines)),
        Sheet(files, "collect", _FILES, _files(collection, language), len(collection.files)),
        Sheet(counts, "collect", _COUNTS, counted, len(counted)),
    )
    return workbook(sheets, say("collect.title", language), language)


def _units(collection: Collection, language: str) -> Iterator[Line]:
    for number, line in enumerate(collection.lines, 1):
        unit = line.unit
        name, link = _back(line.files, language)
        if link is None and (
            first := next((seen for seen in line.files if seen.key and any(remarks(line, seen))), None)
        ):
            name, link = _link(first, 1, language)
        yield Line(
            (
                number,
                unit.name or "—",
                unit.code,
                unit.parent,
                unit.kind,
                say(f"collect.state.{line.state}", language),
                _verdict(line.status, language),
                *(line.counts if any(seen.key for seen in line.files) else (None,) * 4),
                flags(line, language),
                name,
                "\n".join(seen.name for seen in line.files),
            ),
            grade=line.status,
            grades={"state": _GRADES.get(line.state, "")},
            outside=link,
            linked=12,
        )


def _files(collection: Collection, language: str) -> Iterator[Line]:
    lines = ((line, seen) for line in collection.lines for seen in line.files if seen.key)
    remarked = {seen.name for line, seen in lines if any(remarks(line, seen))}
    for number, seen in enumerate(collection.files, 1):
        name, link = _back((seen,), language)
        if link is None and seen.name in remarked:
            name, link = _link(seen, 1, language)
        counts = seen.counts if seen.key else (None,) * 4
        verdict = _verdict(seen.status, language)
        row = (number, seen.name, seen.agency, seen.year, seen.form, verdict, *counts, name, seen.why)
        yield Line(row, grade=seen.status, outside=link, linked=10)


def _counts(collection: Collection, language: str) -> Iterator[Line]:
    """How many units stand how, and how many were judged how."""
    found = collection.standing()
    names = dict.fromkeys((*(UNITS if collection.roster else ("duplicate",)), *ALSO))
    for name in names:
        yield Line((say(f"collect.item.{name}", language), found[name]))
    verdicts = Counter(line.verdict for line in collection.lines if line.unit.name)
    for name in ("pass", "warnings", "fail", "unusable"):
        label = say("collect.page.by_unit", language, verdict=say(f"collect.verdict.{name}", language))
        yield Line((label, verdicts[name]), opens=name == "pass")


def _verdict(status: str, language: str) -> str:
    return say(f"collect.verdict.{status}", language) if status else ""


def _back(files: tuple[Seen, ...], language: str) -> tuple[str, Link | None]:
    """What goes back about the first of these files that something goes back about."""
    for seen in files:
        if seen.key and seen.status in ("fail", "warnings", "unusable"):
            return _link(seen, 0, language)
    return "", None


def _link(seen: Seen, place: int, language: str) -> tuple[str, Link]:
    """To the list, 0, or the message, 1."""
    path = back.places(Path(RETURNS), seen.name)[place]
    return say(("collect.open_back", "collect.open_message")[place], language), Link(reference(path.as_posix()), "")
