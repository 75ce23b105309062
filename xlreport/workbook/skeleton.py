"""What a sheet is made of, apart from its looks: labels, formulas, merged cells and validations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree as ET

from xlreport.errors import InputError
from xlreport.form import column_number
from xlreport.safe.zips import Package
from xlreport.workbook.formula import Area, areas, shared

At = tuple[int, int]
"""Row and column of a cell, from 1."""

LAST_ROW, LAST_COLUMN = 400, 80
"""No further is looked: ours end at row 85 and column AZ."""
MOST_AREAS = 5_000
"""Of merged cells, and of validations: those beyond are not looked at. Ours have some fifty."""
LONGEST_LABEL = 2_000

_STRINGS = "xl/sharedStrings.xml"
_ADDRESS = re.compile(r"([A-Z]{1,2})([1-9][0-9]{0,3})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into some areas: type, operator and bounds."""

    areas: tuple[Area, ...]
    kind: str
    operator: str
    formulas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """texts: of cells that hold a value, as strings; formulas: without "=", shared ones spelled out.

    validations: None where they are not known, in a workbook that is open in a program. used: the last row and the last
    column that have cells, be they blank.
    """

    texts: Mapping[At, str]
    formulas: Mapping[At, str]
    merges: frozenset[Area]
    validations: tuple[Validation, ...] | None
    used: At

    @property
    def size(self) -> At:
        """The last row and the last column that hold anything."""
        used = [*self.texts, *self.formulas, (1, 1)]
        return max(row for row, _ in used), max(column for _, column in used)


class Skeletons:
    """The sheets of a workbook, each parsed when it is asked for. Raises InputError for parts that do not parse."""

    def __init__(self, package: Package) -> None:
        self._parts = package.parts
        self._strings: list[ET.Element] | None = None
        self._read: dict[int, str] = {}

    def sheet(self, part_name: str) -> Sheet:
        """The sheet in that part."""
        root = _parse(part_name, self._parts.get(part_name, b""))
        texts: dict[At, str] = {}
        formulas: dict[At, str] = {}
        masters: dict[str, tuple[At, str]] = {}
        used = 1, 1
        for at, kind, children in _cells(root):
            used = max(used[0], at[0]), max(used[1], at[1])
            if not children:
                continue
            text = self._text(kind, children)
            formula = children.get("f")
            if formula is not None:
                formulas[at] = _spelled(formula, at, masters)
            if text or formula is not None:
                texts[at] = text
        merges = islice(root.iterfind("{*}mergeCells/{*}mergeCell"), MOST_AREAS)
        merged = frozenset(area for merge in merges for area in areas(merge.get("ref", "")[:40]))
        return Sheet(texts, formulas, merged, tuple(_validations(root)), used)

    def _text(self, kind: str, children: Mapping[str, ET.Element]) -> str:
        if kind == "inlineStr":
            return _string(children["is"]) if "is" in children else ""
        value = (children["v"].text or "").strip() if "v" in children else ""
        if kind == "s":
            return self._shared(int(value)) if value.isascii() and value.isdigit() and len(value) < 9 else ""
        if kind == "n" and value:
            try:
                return f"{float(value):.15g}"
            except ValueError:
                return value
        return value

    def _shared(self, index: int) -> str:
        if self._strings is None:
            part = self._parts.get(_STRINGS)
            self._strings = [] if part is None else _parse(_STRINGS, part).findall("{*}si")
        if index not in self._read and index < len(self._strings):
            self._read[index] = _string(self._strings[index])
        return self._read.get(index, "")


def _cells(root: ET.Element) -> Iterator[tuple[At, str, dict[str, ET.Element]]]:
    """The cells of a sheet: place, type, parts. One without an address comes after the one before it."""
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        given = row.get("r", "")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number + 1
        column = 0
        for cell in row if number <= LAST_ROW else ():
            match = _ADDRESS.fullmatch(cell.get("r", ""))
            column = column_number(match[1]) if match else column + 1
            if column <= LAST_COLUMN:
                yield (number, column), cell.get("t", "n"), {part.tag.rpartition("}")[2]: part for part in cell}


def _spelled(formula: ET.Element, at: At, masters: dict[str, tuple[At, str]]) -> str:
    """A formula's text; of one that shares another's, as it is in its own cell."""
    text, index = formula.text or "", formula.get("si", "")
    if formula.get("t") != "shared":
        return text
    if text:
        masters[index] = at, text
    elif index in masters:
        (row, column), text = masters[index]
        return shared(text, at[0] - row, at[1] - column)
    return text


def _string(element: ET.Element) -> str:
    """The text of a string, its runs joined, without readings (rPh)."""
    texts = []
    for part in element:
        tag = part.tag.rpartition("}")[2]
        if tag == "t":
            texts.append(part.text or "")
        elif tag == "r":
            texts += [text.text or "" for text in part.iterfind("{*}t")]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(texts)[:LONGEST_LABEL])


def _validations(root: ET.Element) -> Iterator[Validation]:
    """In the sheet's own list and in the extension that Excel keeps for lists on other sheets."""
    left = MOST_AREAS
    for element in root.iterfind(".//{*}dataValidation"):
        where = element.get("sqref") or element.findtext("{*}sqref") or ""
        bounds = (element.find("{*}formula1"), element.find("{*}formula2"))
        formulas = ("".join(bound.itertext()) for bound in bounds if bound is not None)
        operator = element.get("operator", "between")
        covered = areas(where[: left * 8])
        left -= 1 + len(covered)
        if left < 0:
            return
        yield Validation(tuple(covered), element.get("type", "none"), operator, tuple(formulas))


def _parse(name: str, part: bytes) -> ET.Element:
    try:
        return ET.fromstring(part)  # noqa: S314  # no DOCTYPE passes the preflight, so no entities
    except (ET.ParseError, ValueError):
        raise InputError("safe.damaged", part=name) from None
