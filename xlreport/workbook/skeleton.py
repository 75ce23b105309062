"""What a sheet is made of, apart from its looks: labels, formulas, merged cells and validations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from xlreport.errors import InputError
from xlreport.safe.zips import Package
from xlreport.workbook.formula import Area, areas, shared
from xlreport.workbook.places import column_number

At = tuple[int, int]
"""Row and column of a cell, from 1."""

LAST_ROW, LAST_COLUMN = 400, 80
"""No further is looked: ours end at row 85 and column AZ."""
MOST_RULES = 5_000

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
    """texts: of cells that hold a value, as strings; formulas: without "=", shared ones spelled out."""

    texts: Mapping[At, str]
    formulas: Mapping[At, str]
    merges: frozenset[Area]
    validations: tuple[Validation, ...]


class Skeletons:
    """The sheets of a workbook, each parsed when it is asked for. Raises InputError for parts that do not parse."""

    def __init__(self, package: Package) -> None:
        self._parts = package.parts
        self._strings: list[ET.Element] | None = None

    def sheet(self, part_name: str) -> Sheet:
        """The sheet in that part."""
        root = _parse(part_name, self._parts.get(part_name, b""))
        texts: dict[At, str] = {}
        formulas: dict[At, str] = {}
        masters: dict[str, tuple[At, str]] = {}
        for at, cell in _cells(root):
            formula = cell.find("{*}f")
            if formula is None:
                if text := self._text(cell):
                    texts[at] = text
                continue
            text = formula.text or ""
            if (index := formula.get("si")) is not None and formula.get("t") == "shared":
                if text:
                    masters[index] = at, text
                elif index in masters:
                    (row, column), text = masters[index]
                    text = shared(text, at[0] - row, at[1] - column)
            formulas[at] = text
            texts[at] = self._text(cell)
        merges = (areas(merge.get("ref", "")) for merge in root.iterfind("{*}mergeCells/{*}mergeCell"))
        return Sheet(texts, formulas, frozenset(area[0] for area in merges if area), tuple(_validations(root)))

    def _text(self, cell: ET.Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return "" if inline is None else _string(inline)
        value = (cell.findtext("{*}v") or "").strip()
        if kind == "s":
            strings = self._table()
            index = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else len(strings)
            return _string(strings[index]) if index < len(strings) else ""
        if kind == "n":
            try:
                return f"{float(value):.15g}"
            except ValueError:
                return value
        return value

    def _table(self) -> list[ET.Element]:
        if self._strings is None:
            part = self._parts.get(_STRINGS)
            self._strings = [] if part is None else _parse(_STRINGS, part).findall("{*}si")
        return self._strings


def _cells(root: ET.Element) -> Iterator[tuple[At, ET.Element]]:
    """The cells of a sheet; one without an address comes after the one before it."""
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        given = row.get("r", "")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number + 1
        column = 0
        for cell in row:
            match = _ADDRESS.fullmatch(cell.get("r", ""))
            column = column_number(match[1]) if match else column + 1
            if len(cell) and number <= LAST_ROW and column <= LAST_COLUMN:
                yield (number, column), cell


def _string(element: ET.Element) -> str:
    """The text of a string, its runs joined, without readings (rPh)."""
    runs = (t.text or "" for t in (*element.iterfind("{*}t"), *element.iterfind("{*}r/{*}t")))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(runs))


def _validations(root: ET.Element) -> Iterator[Validation]:
    """In the sheet's own list and in the extension that Excel keeps for lists on other sheets."""
    for count, element in enumerate(root.iter("{*}dataValidation")):
        if count > MOST_RULES:
            return
        where = element.get("sqref") or element.findtext("{*}sqref") or ""
        bounds = (element.find("{*}formula1"), element.find("{*}formula2"))
        formulas = ("".join(bound.itertext()) for bound in bounds if bound is not None)
        operator = element.get("operator", "between")
        yield Validation(tuple(areas(where[:20_000])), element.get("type", "none"), operator, tuple(formulas))


def _parse(name: str, part: bytes) -> ET.Element:
    try:
        return ET.fromstring(part)  # noqa: S314  # no DOCTYPE passes the preflight, so no entities
    except (ET.ParseError, ValueError):
        raise InputError("safe.damaged", part=name) from None
