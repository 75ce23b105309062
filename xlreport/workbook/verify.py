"""A workbook against the template of its form: labels, formulas, names, merges, sheets and validations.

Not compared: styles, widths, colours, fonts, print settings, what is filled in, sheets of one's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from xlreport.finding import Finding
from xlreport.form import Form, load_form
from xlreport.workbook.differences import CELLS_MOVED, Original, differences
from xlreport.workbook.file import File
from xlreport.workbook.moved import Fates
from xlreport.workbook.moved import fates as fates_of
from xlreport.workbook.places import Place, recognise
from xlreport.workbook.skeleton import Skeletons
from xlreport.workbook.source import Source
from xlreport.workbook.untouched import Comparison, template


def verify(data: bytes, source: str = "") -> tuple[Finding, ...]:
    """What differs from the template: WB-SHAPE, WB-LABEL, WB-CALC, and WB-VALID as a note.

    Raises InputError for what is no workbook, UnsafeError for what could harm, FormError for what is none of ours.
    """
    file = File(data, source)
    form = recognise(file.layout, file.properties)
    return () if file.untouched(form.id) else compare(file, form).findings


def compare(source: Source, form: Form) -> Comparison:
    """The same of a workbook that is open already."""
    before, fates = located(source, form)
    places, names = places_now(before, source.layout.names, fates)
    gone = frozenset(name for name, where in before.names.items() if fates.place(where) is None)
    deleted = gone | astray(before, source.layout.names, fates)
    return Comparison((*differences(before, fates), *names), places, deleted)


def located(source: Source, form: Form) -> tuple[Original, Fates]:
    """The template of the form, and what has become of its sheets in a workbook."""
    before = original(form.id)
    typed = {place for place, cell in before.figures.items() if cell not in form.totals}
    return before, fates_of(before.sheets, before.labels, list(source.sheets), source.sheet, typed)


@lru_cache
def original(form_id: str) -> Original:
    """The committed template of a form, taken apart."""
    committed = template(form_id)
    skeleton = committed.layout
    parts = Skeletons(committed.package)
    sheets = {name: parts.sheet(part_name) for name, part_name in skeleton.sheets.items()}
    named = set(skeleton.names.values())
    labels = {
        name: {at: text for at, text in sheet.texts.items() if at not in sheet.formulas and (name, *at) not in named}
        for name, sheet in sheets.items()
    }
    form = load_form(form_id)
    figures = {skeleton.names[figure.defined_name]: cell for cell, figure in form.figures.items()}
    return Original(form, sheets, labels, skeleton.names, figures)


def places_now(before: Original, names: Mapping[str, Place], fates: Fates) -> tuple[dict[str, Place], list[Finding]]:
    """Where each named cell stands, and a finding a sheet for names that are gone or point elsewhere.

    By its labels where they say so; nowhere where its line is gone, or where a name may have been left behind: openpyxl
    moves rows and columns without their names, so what stands at the address is a neighbour's. Nowhere, too, what is
    `astray`.
    """
    lost = astray(before, names, fates)
    places = {name: place for name, place in names.items() if name not in lost}
    now = {name: fates.place(where) for name, where in before.names.items()}
    sure = {name for name, where in before.names.items() if now[name] is not None and fates.certain(where)}
    taken = {now[name] for name in sure}
    wrong: dict[str, list[tuple[str, Place, Place | None]]] = {}
    for name, where in before.names.items():
        found, here = names.get(name), now[name]
        if name in lost:
            continue
        left_behind = found == where and (here != where or fates.open(where))
        if here is None or (name not in sure and (found in taken or left_behind)):
            places.pop(name, None)
        if here is None or found == here:
            continue
        if name in sure:
            places[name] = here
        elif found is not None:
            continue
        if not (found == where and (fates.of[where.sheet].moved or here.sheet != where.sheet)):
            wrong.setdefault(where.sheet, []).append((name, here, found))
    return places, [*(_told(all_) for all_ in wrong.values()), *_told_astray(before, lost)]


def astray(before: Original, names: Mapping[str, Place], fates: Fates) -> frozenset[str]:
    """Names of cells of which nobody knows where they stand: single cells were deleted, put in or cut.

    Then names go along with the numbers and labels stay, so what stands beside a label is a neighbour's. It shows
    where a name has come to the cell of another that has left it, too, or has taken the number along. All names of the
    sheet that are neither where they were nor where the labels say are then astray. So is a figure whose name alone is
    gone from its sheet with the number: its cell was deleted.
    """
    homes = {
        name: here
        for name, where in before.names.items()
        if (here := fates.place(where)) is not None and names.get(name) not in (here, where)
    }
    left, sheets, alone = set(homes.values()), set(), set()
    named = {before.names[name].sheet for name in names if name in before.names}
    for name, here in homes.items():
        found, where = names.get(name), before.names[name]
        sheet = fates.of[where.sheet].sheet
        empty = here[1:] in sheet.formulas or not sheet.texts.get(here[1:])
        if found is None:
            typed = where in before.figures and where[1:] not in before.sheets[where.sheet].formulas
            if typed and empty and where.sheet in named:
                alone.add(name)
        elif fates.certain(where):
            carried = empty and found.sheet == here.sheet and sheet.texts.get(found[1:])
            if found in left or carried:
                sheets.add(where.sheet)
    return frozenset(name for name in homes if name in alone or before.names[name].sheet in sheets)


def _told_astray(before: Original, names: Collection[str]) -> Iterator[Finding]:
    """A finding a sheet for what is astray."""
    places = sorted((before.names[name], name) for name in names)
    for sheet, grouped in groupby(places, lambda one: one[0].sheet):
        own = list(grouped)
        gone = tuple(before.figures[place] for place, _ in own if place in before.figures)
        told = {"sheet": sheet, "count": len(own), "address": own[0][0].address, "name": own[0][1]}
        yield Finding(
            "WB-SHAPE", "error", CELLS_MOVED, told, before.lost(gone), tuple(place.address for place, _ in own)
        )


def _told(wrong: list[tuple[str, Place, Place | None]]) -> Finding:
    """Names that do not point at their cells, of one sheet."""
    name, now, found = wrong[0]
    key = "workbook.name_gone" if found is None else "workbook.name_moved"
    told = {"count": len(wrong), "name": name, "address": now.address, "actual": found.address if found else ""}
    return Finding("WB-SHAPE", "error", key, told, (), tuple(place.address for _, place, _ in wrong))
