"""One sheet's XML, edited in place: cells and rows are found or made in order, styles stay."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

from xlreport.errors import InputError
from xlreport.form import column_name, column_number
from xlreport.form.weigh import Number
from xlreport.safe.xml import parse
from xlreport.workbook.places import Place

LONGEST = 32_767
"""Characters (UTF-16 code units) that a cell can hold."""
TALLEST = 409.0
"""Points that a row can be high."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A: the underscore itself must be escaped
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE = 17.0  # points, of 12-point text
_PIXELS = 7  # of one unit of column width
_WIDE = 16  # pixels, of a Chinese character of 12 points


class Sheet:
    """A worksheet part, parsed. `name` is the sheet's, for places; edits show in `xml()`."""

    def __init__(self, name: str, part_name: str, part: bytes) -> None:
        self.name = name
        self._root = parse(part_name, part)
        data = self._root.find("{*}sheetData")
        if data is None:
            raise InputError("safe.damaged", part=part_name)
        self._data = data
        self._tag = data.tag.removesuffix("sheetData")
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[tuple[int, int], etree._Element] = {}
        self._index()

    def xml(self) -> bytes:
        """The part as it now is."""
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def formulas(self) -> Iterator[tuple[Place, etree._Element]]:
        """Every cell that has a formula."""
        for (row, column), cell in self._cells.items():
            if cell.find(f"{self._tag}f") is not None:
                yield Place(self.name, row, column), cell

    def set(self, place: Place, value: Number | str | None) -> bool:
        """Put a value, and only it, into a cell. True when a formula gave way.

        Raises InputError for text that no cell can hold, and for a formula that other cells share.
        """
        cell = self._cell(place.row, place.column)
        formula = cell.find(f"{self._tag}f")
        if formula is not None and formula.get("ref", place.cell) not in (place.cell, f"{place.cell}:{place.cell}"):
            raise InputError("workbook.shared_formula", where=place.address)
        for child in list(cell):
            cell.remove(child)
        for name in ("t", "cm", "vm"):
            _drop(cell, name)
        if isinstance(value, str):
            self._set_text(cell, writable(value, place.address))
        elif value is not None:
            self._child(cell, "v").text = spelled(value)
        return formula is not None

    def holds_formula(self, place: Place) -> bool:
        """Whether a formula stands in that cell."""
        cell = self._cells.get((place.row, place.column))
        return cell is not None and cell.find(f"{self._tag}f") is not None

    def cache(self, cell: etree._Element, value: Number | None) -> None:
        """Give a formula's cell the value that it has now; None leaves it to whoever opens the file."""
        for tag in ("v", "is"):
            for child in cell.findall(f"{self._tag}{tag}"):
                cell.remove(child)
        _drop(cell, "t")
        if value is not None:
            self._child(cell, "v").text = spelled(value)

    def fit(self, place: Place, text: str) -> None:
        """Make a row tall enough to read wrapped text in that cell; never lower than it was."""
        row = self._row(place.row)
        height = height_of(text, self._width(place))
        if height > _float(row.get("ht")):
            row.set("ht", f"{height:g}")
            row.set("customHeight", "1")

    def _index(self) -> None:
        number = 0
        for row in self._data.iterchildren(f"{self._tag}row"):
            number = int(row.get("r", number + 1))
            self._rows[number] = row
            column = 0
            for cell in row.iterchildren(f"{self._tag}c"):
                match = _ADDRESS.fullmatch(cell.get("r", ""))
                column = column_number(match[1]) if match else column + 1
                cell.set("r", f"{column_name(column)}{number}")
                self._cells[number, column] = cell

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            row = self._data.makeelement(f"{self._tag}row", {"r": str(number)})
            after = sum(1 for other in self._rows if other < number)
            self._data.insert(after, row)
            self._rows[number] = row
        return self._rows[number]

    def _cell(self, number: int, column: int) -> etree._Element:
        if (number, column) not in self._cells:
            row = self._row(number)
            _drop(row, "spans")  # a hint that a new cell may make untrue; so is the sheet's dimension
            for dimension in self._root.findall(f"{self._tag}dimension"):
                self._root.remove(dimension)
            cell = row.makeelement(f"{self._tag}c", {"r": f"{column_name(column)}{number}"})
            row.insert(sum(1 for at in self._cells if at[0] == number and at[1] < column), cell)
            self._cells[number, column] = cell
        return self._cells[number, column]

    def _child(self, parent: etree._Element, tag: str) -> etree._Element:
        child = parent.makeelement(f"{self._tag}{tag}", {})
        parent.append(child)
        return child

    def _set_text(self, cell: etree._Element, text: str) -> None:
        cell.set("t", "inlineStr")
        element = self._child(self._child(cell, "is"), "t")
        element.text = text
        if text != text.strip() or "\n" in text or "  " in text:
            element.set(_SPACE, "preserve")

    def _width(self, place: Place) -> float:
        """Units of column width that the cell's text has, merged neighbours included."""
        last = place.column
        for merge in self._root.iterfind(f"{self._tag}mergeCells/{self._tag}mergeCell"):
            start, _, end = merge.get("ref", "").partition(":")
            match = _ADDRESS.fullmatch(end)
            if start == place.cell and match:
                last = column_number(match[1])
        return sum(self._column_width(column) for column in range(place.column, last + 1))

    def _column_width(self, column: int) -> float:
        for col in self._root.iterfind(f"{self._tag}cols/{self._tag}col"):
            if _float(col.get("min")) <= column <= _float(col.get("max")):
                return _float(col.get("width")) or 9.0
        return 9.0


def height_of(text: str, width: float) -> float:
    """Points that a row needs for wrapped text in a cell so many units of column width wide."""
    per_line = max(4, int(width * _PIXELS / _WIDE) - 1)
    lines = sum(max(1, math.ceil(_columns(line) / per_line)) for line in text.split("\n"))
    return min(TALLEST, lines * _LINE + 8)


def writable(text: str, where: str) -> str:
    """`text` as a cell's XML spells it. Raises InputError when no cell can hold it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNWRITABLE.search(text):
        raise InputError("workbook.control", where=where, code=f"U+{ord(found[0]):04X}")
    length = len(text.encode("utf-16-le")) // 2
    if length > LONGEST:
        raise InputError("workbook.too_long", where=where, length=length, limit=LONGEST)
    return _ESCAPE.sub("_x005F_", text)


def spelled(value: Number) -> str:
    """A number as a cell's XML spells it, the shortest that reads back equal."""
    return str(value) if isinstance(value, int) else repr(float(value))


def _drop(element: etree._Element, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]


def _columns(line: str) -> float:
    return sum(1 if character > "\u2e7f" else 0.5 for character in line)


def _float(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
