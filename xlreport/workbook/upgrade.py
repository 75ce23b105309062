"""An older or damaged workbook of ours → a fresh one with all that was filled in, as it was typed.

Cells are found by their names, and by their labels where names have gone astray. Nothing is corrected: what is wrong
in the old workbook is wrong in the new one, where it is found again. What has no place in the new one is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xlreport.finding import Finding
from xlreport.form import Form
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.safe.workbooks import preflight
from xlreport.workbook import cells
from xlreport.workbook.cells import PENDING, Value, shown
from xlreport.workbook.comments import comments
from xlreport.workbook.differences import Original
from xlreport.workbook.file import File
from xlreport.workbook.fill import sums
from xlreport.workbook.grid import Grid, values_at
from xlreport.workbook.leftovers import leftovers
from xlreport.workbook.moved import Fates
from xlreport.workbook.patch import patch_places
from xlreport.workbook.places import Place, layout, names_of, recognise
from xlreport.workbook.read import read_grid
from xlreport.workbook.template import template_bytes
from xlreport.workbook.verify import astray, located, places_now

SHOWN = 5
"""Cells that a sentence names of many."""


class Upgraded(NamedTuple):
    """The fresh workbook; what of the old one is not in it; what is in it otherwise than typed; what is wrong in it."""

    content: bytes
    lost: tuple[Phrase, ...]
    changed: tuple[Phrase, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Old:
    """The old workbook, and where everything stands in it now."""

    file: File
    form: Form
    template: Original
    fates: Fates
    places: Mapping[str, Place]

    def formula(self, place: Place) -> str | None:
        """The formula in a cell of ours, without "="."""
        sheet = next((fate.sheet for fate in self.fates.of.values() if fate.name == place.sheet), None)
        return sheet.formulas.get((place.row, place.column)) if sheet else None


def upgrade(data: bytes, source: str = "") -> Upgraded:
    """What is filled into a workbook (.xlsx, .xlsm), in the current template of its form; `source` is its file name.

    Raises InputError for what is no workbook, UnsafeError for what could harm, FormError for what is none of ours.
    """
    old = _opened(data, source)
    form = old.form
    totals = {form.figures[cell].defined_name for cell in form.totals}
    wanted = [name for name in names_of(form.id) if name not in totals]
    fresh = preflight(template_bytes(form.id))
    skeleton = layout(fresh)
    carried: dict[str, Value] = {}
    lost: list[Phrase] = list(_nowhere(old, [name for name in wanted if name not in old.places]))
    changed: list[Phrase] = []
    for name, value in values_at(old.file, old.places, [name for name in wanted if name in old.places]).items():
        place = old.places[name]
        if value == PENDING or cells.error_text(value):
            told = {"address": place.address, "formula": shown(old.formula(place) or "", 60)}
            key = "upgrade.pending" if value == PENDING else "upgrade.error"
            lost.append(Phrase(key, {**told, "text": cells.error_text(value)}))
        elif not cells.blank(value):
            carried[name] = value if cells.number(value) is not None else _text(value)
            changed += _otherwise(old, place, value)
    grid = Grid(form, skeleton.names, {**dict.fromkeys(names_of(form.id), ""), **carried})
    reading = read_grid(grid)
    content = patch_places(
        fresh,
        skeleton,
        {skeleton.names[name]: _written(carried[name]) if name in carried else None for name in wanted},
        caches={skeleton.names[form.figures[cell].defined_name]: sum_ for cell, sum_ in sums(reading.report).items()},
        kept=(),
        fit=True,
    )
    return Upgraded(content, (*lost, *_left(old)), tuple(changed), reading.findings)


def _opened(data: bytes, source: str) -> _Old:
    file = File(data, source)
    form = recognise(file.layout, file.properties)
    template, fates = located(file, form)
    found, _ = places_now(template, file.layout.names, fates)
    places = {name: place for name, place in found.items() if place.sheet in file.sheets}
    lost = astray(template, file.layout.names, fates)
    still = {name: place for name, place in _unmoved(template, fates).items() if name not in lost}
    return _Old(file, form, template, fates, {**still, **places})


def _unmoved(template: Original, fates: Fates) -> dict[str, Place]:
    """Every cell of the sheets that no row or column has come to or gone from: it stands where it stood."""
    still = {name for name, fate in fates.of.items() if not fate.moved}
    places = {name: fates.place(where) for name, where in template.names.items() if where.sheet in still}
    return {name: place for name, place in places.items() if place is not None}


def _written(value: Value) -> Number | str:
    """A number as a number, all else as text."""
    found = cells.number(value)
    return _text(value) if found is None else found


def _text(value: Value) -> str:
    return str(value).upper() if isinstance(value, bool) else cells.words(value)


def _otherwise(old: _Old, place: Place, value: Value) -> Iterator[Phrase]:
    """What is to be said of a value that is not carried as it stands in the old workbook."""
    formula = old.formula(place)
    told = {"address": place.address, "value": shown(_text(value))}
    if formula is not None:
        yield Phrase("upgrade.formula", {**told, "formula": shown(formula, 60)})
    elif isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        yield Phrase("upgrade.as_text", told)


def _nowhere(old: _Old, names: list[str]) -> Iterator[Phrase]:
    """Cells of the template that the old workbook does not have, sheet by sheet."""
    by_sheet: dict[str, list[str]] = {}
    for name in names:
        place = old.template.names[name]
        by_sheet.setdefault(place.sheet, []).append(place.cell)
    for sheet, found in by_sheet.items():
        more = "……" if len(found) > SHOWN else ""
        told = {"sheet": sheet, "count": len(found), "cells": "、".join(found[:SHOWN]), "more": more}
        yield Phrase("upgrade.nowhere", told)


def _left(old: _Old) -> Iterator[Phrase]:
    """What stands in the old workbook where the template has nothing to fill in."""
    for address, text in leftovers(old.template, old.fates, frozenset(old.places.values())):
        yield Phrase("upgrade.left", {"address": address, "text": shown(text, 40)})
    ours = {fate.name for fate in old.fates.of.values()}
    for name in old.file.sheets:
        if name not in ours and any(text.strip() for text in old.file.sheet(name).texts.values()):
            yield Phrase("upgrade.sheet", {"sheet": shown(name, 40)})
    for name, cell, text in comments(old.file.package, old.file.layout):
        yield Phrase("upgrade.comment", {"address": f"{shown(name, 40)}!{cell}", "text": shown(text, 40)})
