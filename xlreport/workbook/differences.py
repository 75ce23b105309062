"""What a clerk must know of a workbook that differs from its template: one finding for each thing that was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from xlreport.finding import Finding, Severity
from xlreport.form import Form, column_name
from xlreport.messages import Phrase
from xlreport.workbook.cells import shown
from xlreport.workbook.formula import canonical, shape
from xlreport.workbook.moved import Fate, Fates
from xlreport.workbook.places import Place
from xlreport.workbook.skeleton import At, Sheet

CELLS_MOVED = "workbook.cells_moved"
DELETED = frozenset({"workbook.sheet_missing", "workbook.row_deleted", "workbook.column_deleted", CELLS_MOVED})
"""Keys of the findings that tell of something deleted. Their cells are the figures that nobody knows any more."""

SEVERAL = 3
"""More changes of one kind on one sheet are told in one finding."""

FORMULA = 400
"""Characters of a formula that are told: those of the tables whole, so that they can be typed back."""

_ORDERED = ("whole", "decimal", "date", "time", "textLength")
"""Kinds of validation that compare; others have no operator."""
_BETWEEN = ("between", "notBetween")
"""Operators with a second bound: where there is none, LibreOffice writes 0."""


@dataclass(frozen=True, slots=True)
class Original:
    """The template: its sheets, what stands fast in them as words, where its names point, which of them are figures."""

    form: Form
    sheets: Mapping[str, Sheet]
    labels: Mapping[str, Mapping[At, str]]
    names: Mapping[str, Place]
    figures: Mapping[Place, str]

    def on(self, sheet: str, lines: range | None = None, axis: int = 0) -> tuple[str, ...]:
        """The figures on a sheet, or on rows (axis 0) or columns of it."""
        places = ((place, cell) for place, cell in self.figures.items() if place.sheet == sheet)
        return tuple(cell for place, cell in places if lines is None or place[1 + axis] in lines)

    def lost(self, gone: tuple[str, ...]) -> tuple[str, ...]:
        """Of figures that were deleted those that nobody knows, then the other totals that nobody knows without them.

        A total that was deleted is known where its parts are: it is computed from them.
        """
        totals = self.form.totals
        unknown = self.form.summed(cell for cell in gone if cell not in totals)
        own = tuple(cell for cell in gone if cell not in totals or cell in unknown)
        return (*own, *(cell for cell in totals if cell in unknown and cell not in own))


def differences(original: Original, fates: Fates) -> Iterator[Finding]:
    """Everything but names, sheet by sheet."""
    for name, before in original.sheets.items():
        fate = fates.of.get(name)
        if fate is None:
            gone = original.on(name)
            lost = original.lost(gone)
            places, told = [Place(name, 1, 1)], {"sheet": name, "lost": _lost(gone, lost)}
            yield _finding("WB-SHAPE", "sheet_missing", places, *lost, **told)
            continue
        if fate.name != name:
            yield _finding("WB-SHAPE", "sheet_renamed", [Place(fate.name, 1, 1)], sheet=name, now=shown(fate.name))
        yield from _lines(original, name, fate)
        yield from _labels(fate, original.labels[name])
        yield from _formulas(original, fates, name)
        yield from _merges(fate, before)
        inputs = [(x.row, x.column) for x in original.names.values() if x.sheet == name]
        yield from _validations(fate, before, [at for at in inputs if at not in before.formulas])


def _finding(code: str, key: str, places: list[Place], *cells: str, **told: object) -> Finding:
    severity: Severity = "note" if code == "WB-VALID" else "error"
    addresses = tuple(place.address for place in places)
    return Finding(code, severity, f"workbook.{key}", {"address": addresses[0], **told}, cells, addresses)


def _examples(places: list[Place]) -> str:
    return "、".join(place.address for place in places[:SEVERAL])


def _lines(original: Original, name: str, fate: Fate) -> Iterator[Finding]:
    """Rows and columns of the sheet `name` that came or went."""
    labels = original.labels[name]
    for axis, kind, lines in ((0, "row", fate.rows), (1, "column", fate.columns)):
        for first, count in lines.inserted:
            yield _finding(
                "WB-SHAPE", f"{kind}_inserted", [_head(fate, axis, first)], **_told(fate, axis, first, count)
            )
        for first, last in _runs(lines.deleted):
            words = [text for at, text in sorted(labels.items()) if at[axis] == first]
            label = shown("".join(words[-1].split()), 30) if words else "—"
            gone = original.on(name, range(first, last + 1), axis)
            lost = original.lost(gone)
            told = {**_told(fate, axis, first, last - first + 1), "label": label, "lost": _lost(gone, lost)}
            yield _finding("WB-SHAPE", f"{kind}_deleted", [_head(fate, axis, first)], *lost, **told)


def _lost(gone: tuple[str, ...], lost: tuple[str, ...]) -> Phrase | str:
    """What is said of those of the figures `gone` that are `lost`."""
    count = sum(cell in lost for cell in gone)
    return Phrase("workbook.figures_lost", {"count": count}) if count else ""


def _head(fate: Fate, axis: int, line: int) -> Place:
    return Place(fate.name, 1, line) if axis else Place(fate.name, line, 1)


def _told(fate: Fate, axis: int, line: int, count: int) -> dict[str, str | int]:
    return {"sheet": fate.name, "line": column_name(line) if axis else line, "count": count}


def _runs(lines: tuple[int, ...]) -> list[tuple[int, int]]:
    """Lines that follow each other, as first and last."""
    if not lines:
        return []
    breaks = [(a, b) for a, b in pairwise(lines) if b > a + 1]
    return list(zip([lines[0], *(b for _, b in breaks)], [*(a for a, _ in breaks), lines[-1]], strict=True))


def _labels(fate: Fate, labels: Mapping[At, str]) -> Iterator[Finding]:
    changed: list[tuple[Place, str, str]] = []
    for cell, label in labels.items():
        at = fate.at(cell)
        if at is None:
            continue
        formula = fate.sheet.formulas.get(at)
        actual = fate.sheet.texts.get(at, "") if formula is None else f"={formula}"
        if "".join(label.split()) != "".join(actual.split()):
            changed.append((Place(fate.name, *at), label, actual))
    if len(changed) > SEVERAL:
        places = [place for place, _, _ in changed]
        yield _finding("WB-LABEL", "labels", places, sheet=fate.name, count=len(changed), examples=_examples(places))
        return
    for place, label, actual in changed:
        key = "label" if actual.strip() else "label_gone"
        yield _finding("WB-LABEL", key, [place], expected=shown(label, 60), actual=shown(actual))


def _formulas(original: Original, fates: Fates, name: str) -> Iterator[Finding]:
    fate = fates.of[name]
    changed: dict[Place, tuple[str, str | None, tuple[str, ...]]] = {}
    for cell, formula in original.sheets[name].formulas.items():
        at = fate.at(cell)
        if at is None:
            continue
        actual = fate.sheet.formulas.get(at)
        if actual is None or not (actual == formula or _same(fates, name, formula, actual)):
            figure = original.figures.get(Place(name, *cell))
            changed[Place(fate.name, *at)] = formula, actual, (figure,) if figure else ()
    if len(changed) > SEVERAL:
        cells = (cell for _, _, own in changed.values() for cell in own)
        told = {"sheet": fate.name, "count": len(changed), "examples": _examples(list(changed))}
        yield _finding("WB-CALC", "calcs", list(changed), *cells, **told)
        return
    for place, (formula, actual, own) in changed.items():
        expected, value = f"={shown(formula, FORMULA)}", fate.sheet.texts.get((place.row, place.column), "").strip()
        if actual is not None:
            yield _finding("WB-CALC", "calc", [place], *own, expected=expected, actual=f"={shown(actual, 40)}")
        elif value:
            yield _finding("WB-CALC", "calc_value", [place], *own, expected=expected, actual=shown(value))
        else:
            yield _finding("WB-CALC", "calc_gone", [place], *own, expected=expected)


def _same(fates: Fates, name: str, formula: str, actual: str) -> bool:
    """Is `actual` the template's formula of the sheet `name`, as it was or as it has followed its cells?

    A reference that broke with a deleted row is told with the row.
    """
    if len(actual) > 2 * len(formula) + 200:
        return False
    home = fates.of[name].name
    found = canonical(actual, home)
    if found == canonical(formula, name) or (fates.lost and "#REF!" in found):
        return True
    return found == canonical(formula, name, fates.area, home)


def _merges(fate: Fate, before: Sheet) -> Iterator[Finding]:
    """Merged cells that are no more, or else that have come; what moved with its rows is told with them."""
    after = fate.sheet.merges
    moved = {area: now for area in before.merges if fate.whole(area) and (now := fate.area(area)) is not None}
    known = set(moved.values()) | (before.merges if fate.moved else set())
    gone = sorted(now for area, now in moved.items() if now not in after and not (fate.moved and area in after))
    rows, columns = before.size
    new = [] if fate.moved else sorted(x for x in after - known if x.top <= rows and x.left <= columns)
    if wrong := gone or new:
        places = [Place(fate.name, area.top, area.left) for area in wrong]
        examples = "、".join(area.cells for area in wrong[:SEVERAL])
        key = "unmerged" if gone else "merged"
        yield _finding("WB-SHAPE", key, places, sheet=fate.name, count=len(wrong), examples=examples)


def _validations(fate: Fate, before: Sheet, inputs: list[At]) -> Iterator[Finding]:
    wrong = []
    for cell in inputs if fate.sheet.validations is not None else ():
        rule, at = _rule(before, cell), fate.at(cell)
        if rule is None or at is None or rule == _rule(fate.sheet, at):
            continue
        if not (fate.moved and rule == _rule(fate.sheet, cell)):
            wrong.append(Place(fate.name, *at))
    if wrong:
        yield _finding("WB-VALID", "validation", wrong, sheet=fate.name, count=len(wrong), examples=_examples(wrong))


def _rule(sheet: Sheet, at: At) -> tuple[str, ...] | None:
    """What may be typed into a cell, as far as it can be compared."""
    for rule in sheet.validations or ():
        if any(x.top <= at[0] <= x.bottom and x.left <= at[1] <= x.right for x in rule.areas):
            compares = rule.kind in _ORDERED
            bounds = rule.formulas if compares and rule.operator in _BETWEEN else rule.formulas[:1]
            return (rule.kind, rule.operator if compares else "", *map(shape, bounds))
    return None
