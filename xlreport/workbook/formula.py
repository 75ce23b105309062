"""Formulas as text: the same formula in the spellings of several programs, and as it is after cells have moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from xlreport.form import column_name, column_number


class Area(NamedTuple):
    """A rectangle of cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> str:
        """Such as D6:I6, or D6 for a single cell."""
        first, last = (f"{column_name(x)}{y}" for x, y in ((self.left, self.top), (self.right, self.bottom)))
        return first if first == last else f"{first}:{last}"


Move = Callable[[str, Area], tuple[str, Area] | None]
"""Where an area of a sheet stands now (sheet, area); None when it is gone."""

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"]|"")*")
      | (?P<broken>(?:'(?:[^']|'')+'!|[\w.]+!)?\#REF!)
      | (?P<reference>(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?
            \$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>[1-9][0-9]{0,6})
            (?::\$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>[1-9][0-9]{0,6}))?(?![\w.(!]))
      | (?P<truth>(?i:TRUE|FALSE)(?![\w.!])(?:\s*\(\s*\))?)
      | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)
      | (?P<name>[^\W\d][\w.]*)
      | (?P<space>\s+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_RELATIVE = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')+'!)|(\$?)\b([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])""")
_PREFIXES = ("_XLFN.", "_XLWS.", "COM.MICROSOFT.")
LONGEST = 2_000
"""Characters of a formula that are looked at; ours are shorter."""


def canonical(formula: str, sheet: str, move: Move | None = None, home: str = "") -> str:
    """One spelling for what different programs write for one formula of a cell on `sheet`.

    Spaces, dollar signs, quotes of sheets, the own sheet's name, case, FALSE() and prefixes of functions make no
    difference. `move`: as the formula is after its cells have moved; `home`: what `sheet` is called by then.
    """
    pieces: list[str] = []
    for found in _TOKEN.finditer(formula[:LONGEST].removeprefix("of:").lstrip("= ")):
        kind = found.lastgroup
        text = found[0]
        if kind in ("reference", "sheet", "left", "top", "right", "bottom"):
            text = _reference(found, sheet, move, home or sheet)
        elif kind == "broken":
            text = "#REF!"
        elif kind == "truth":
            text = text[:5].rstrip("( ").upper()
        elif kind == "number":
            text = repr(float(text))
        elif kind == "name":
            text = _name(text)
        elif kind == "space":
            continue
        pieces.append(text)
    return "".join(pieces)


@lru_cache(maxsize=2_000)  # the formulas of the template come again in every workbook
def shape(formula: str) -> str:
    """What a formula does, whatever cells it does it to."""
    return canonical(formula, "", lambda _, __: None)


def shared(formula: str, down: int, right: int) -> str:
    """A shared formula as it is in a cell so many rows and columns from the first."""

    def move(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        column = found[3] if found[2] else column_name(max(1, column_number(found[3]) + right))
        row = found[5] if found[4] else str(max(1, int(found[5]) + down))
        return f"{found[2]}{column}{found[4]}{row}"

    return _RELATIVE.sub(move, formula)


def areas(text: str) -> list[Area]:
    """The areas of a list such as "D6:I28 D30". What is none (a whole column) is left out."""
    found = (_AREA.fullmatch(piece) for piece in text.replace("$", "").split())
    return [Area(int(x[2]), column_number(x[1]), int(x[4] or x[2]), column_number(x[3] or x[1])) for x in found if x]


_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


def _reference(found: re.Match[str], own: str, move: Move | None, home: str) -> str:
    sheet = found["sheet"] or own
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    left, top = column_number(found["left"].upper()), int(found["top"])
    right = column_number(found["right"].upper()) if found["right"] else left
    area = Area(top, left, int(found["bottom"] or top), right)
    if move is not None:
        now = move(sheet, area)
        if now is None:
            return "#REF!"
        sheet, area = now
    return area.cells if sheet == home else f"{sheet}!{area.cells}"


def _name(text: str) -> str:
    text = text.upper()
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text
