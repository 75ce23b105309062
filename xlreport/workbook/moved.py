"""Where everything of the template stands in a workbook, by its labels: renamed sheets, moved rows and columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from xlreport.workbook.align import Key, Lines, align, still
from xlreport.workbook.formula import Area, shape
from xlreport.workbook.places import Place
from xlreport.workbook.skeleton import At, Sheet

_ALIKE = 0.5
"""Part of a sheet's labels that another must have to be the same one, renamed."""
_MOST_SHEETS = 20


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of one sheet of the template: its name now, and its lines."""

    name: str
    sheet: Sheet
    rows: Lines
    columns: Lines

    @property
    def moved(self) -> bool:
        """Have rows or columns been inserted or deleted?"""
        return self.rows.moved or self.columns.moved

    def at(self, cell: At) -> At | None:
        """Where a cell of the template stands now."""
        row, column = self.rows.of(cell[0]), self.columns.of(cell[1])
        return None if row is None or column is None else (row, column)

    def whole(self, area: Area) -> bool:
        """Is every line of an area of the template still there?"""
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        return None not in map(self.rows.of, rows) and None not in map(self.columns.of, columns)

    def area(self, area: Area) -> Area | None:
        """What is left of an area of the template."""
        rows, columns = self.rows.span(area.top, area.bottom), self.columns.span(area.left, area.right)
        return None if rows is None or columns is None else Area(rows[0], columns[0], rows[1], columns[1])


@dataclass(frozen=True, slots=True)
class Fates:
    """of: by the template's name of a sheet, without those that are missing; sheets: all that the template has."""

    of: Mapping[str, Fate]
    sheets: frozenset[str]

    @property
    def lost(self) -> bool:
        """Has anything been deleted that a formula may refer to?"""
        gone = any(fate.rows.deleted or fate.columns.deleted for fate in self.of.values())
        return gone or len(self.of) < len(self.sheets)

    def place(self, where: Place) -> Place | None:
        """Where a cell of the template stands now, by the labels."""
        fate = self.of.get(where.sheet)
        at = fate.at((where.row, where.column)) if fate else None
        return Place(fate.name, *at) if fate and at else None

    def certain(self, where: Place) -> bool:
        """Do the labels of its row and of its column say so?"""
        fate = self.of[where.sheet]
        return fate.rows.certain(where.row) and fate.columns.certain(where.column)

    def open(self, where: Place) -> bool:
        """May its row or its column as well be another?"""
        fate = self.of[where.sheet]
        return where.row in fate.rows.open or where.column in fate.columns.open

    def area(self, sheet: str, area: Area) -> tuple[str, Area] | None:
        """Where an area of the template stands now, for `canonical`; what is not of the template stays."""
        if sheet not in self.sheets:
            return sheet, area
        fate = self.of.get(sheet)
        now = fate.area(area) if fate else None
        return (fate.name, now) if fate and now else None


def fates(
    original: Mapping[str, Sheet],
    labels: Mapping[str, Mapping[At, str]],
    sheets: list[str],
    open_: Callable[[str], Sheet],
    figures: Collection[Place] = (),
) -> Fates:
    """What has become of every sheet of the template.

    labels: what stands fast in the template's sheets; sheets: the workbook's; open_: one of them by its name; figures:
    where those stand that are typed.
    """
    names = {name: name for name in original if name in sheets}
    found = {name: open_(name) for name in names}
    others = [name for name in sheets if name not in original][:_MOST_SHEETS] if len(names) < len(original) else []
    strangers = {name: open_(name) for name in others}
    for name in original:
        if name in found or not strangers:
            continue
        own = set(labels[name].values())
        likeness = {other: len(own & set(sheet.texts.values())) / len(own) for other, sheet in strangers.items()}
        best = max(likeness, key=lambda other: likeness[other])
        if likeness[best] >= _ALIKE:
            names[name], found[name] = best, strangers.pop(best)
    of = {name: _fate(names[name], original[name], labels[name], found[name]) for name in original if name in found}
    filled = {place for place in figures if place.sheet in of and _stands(of[place.sheet], (place.row, place.column))}
    if filled:  # else it is a blank form, in which nothing can be lost
        of = {
            name: _emptied(fate, {*labels[name], *original[name].formulas}, _on(name, figures), _on(name, filled))
            for name, fate in of.items()
        }
    return Fates(of, frozenset(original))


def _on(sheet: str, places: Collection[Place]) -> set[At]:
    return {(place.row, place.column) for place in places if place.sheet == sheet}


def _stands(fate: Fate, cell: At) -> bool:
    """Does anything stand in a cell of the template?"""
    at = fate.at(cell)
    return at is not None and (at in fate.sheet.formulas or bool(fate.sheet.texts.get(at, "").strip()))


def _emptied(fate: Fate, fast: set[At], figures: set[At], filled: set[At]) -> Fate:
    """Lines of figures where nothing is left, neither words nor numbers: deleted, with a blank one put in their place.

    fast: cells with words or formulas of the template.
    """
    if fast <= fate.sheet.texts.keys() | fate.sheet.formulas.keys() and not fate.moved:
        return fate
    kept = filled | {at for at in fast if _stands(fate, at)}
    lines = [[{at[axis] for at in cells} for cells in (figures, fast, kept)] for axis in (0, 1)]
    rows, columns = ((own & told) - left for own, told, left in lines)
    return replace(fate, rows=fate.rows.without(rows), columns=fate.columns.without(columns))


def _fate(name: str, before: Sheet, labels: Mapping[At, str], after: Sheet) -> Fate:
    if labels.items() <= after.texts.items() and before.formulas.items() <= after.formulas.items():
        return Fate(name, after, still(before.size[0]), still(before.size[1]))
    marks = _marks(before, labels)
    known = set(marks.values())
    now = {at: mark for at, mark in _marks(after, after.texts).items() if mark in known}
    rows = align(_keys(marks, 0), _keys(now, 0), after.used[0])
    back = {line: i for i, line in enumerate(rows.now, 1) if line is not None}
    columns = align(
        _keys({at: (at[0], mark) for at, mark in marks.items()}, 1),
        _keys({at: (back[at[0]], mark) for at, mark in now.items() if at[0] in back}, 1),
        after.used[1],
    )
    return Fate(name, after, rows, columns)


def _marks(sheet: Sheet, labels: Mapping[At, str]) -> dict[At, object]:
    """What identifies each cell that stands fast: a label's words, or what a formula does."""
    marks: dict[At, object] = {at: "".join(text.split()) for at, text in labels.items() if at not in sheet.formulas}
    return marks | {at: ("=", shape(formula)) for at, formula in sheet.formulas.items()}


def _keys(marks: Mapping[At, object], axis: int) -> list[Key]:
    lines: dict[int, set[object]] = defaultdict(set)
    for at, mark in marks.items():
        lines[at[axis]].add(mark)
    return [frozenset(lines.get(line, ())) for line in range(1, max(lines, default=0) + 1)]
