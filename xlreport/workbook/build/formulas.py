"""The template's formulas, made from the relations of the form.

Where a figure stands is told by a `Locate`, so that the same formulas can be written for any layout. Only functions
that Excel 2007, WPS and LibreOffice share are used, and none needs array entry.

A text or an error value in an input counts as blank: SUMIF and COUNT pass over both, where SUM would stumble.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlreport.form import CREDIBLE, Form, Relation, column_name
from xlreport.workbook.plan import Locate

HOLDS, FAILS, OPEN = "√ 相符", "× 不符", "— 有空格，未判定"
NO_BUSINESS = 'COUNTIF(fact_no_business,"是")=1'  # an error value there is no choice, and no error everywhere
TOLERANCE = "0.0000001"  # what binary fractions need, far below any figure


def areas(cells: Iterable[str], locate: Locate) -> tuple[str, ...]:
    """The fewest rectangles that cover these cells exactly, such as 表三!D6:I27, in the order of the sheet."""
    places = sorted({locate(cell) for cell in cells}, key=lambda p: (p[0], p[2], p[1]))
    runs: list[list[int | str]] = []  # sheet, first column, last column, first row, last row
    for sheet, column, row in places:
        last = runs[-1] if runs else None
        if last and last[0] == sheet and last[3] == row and last[2] == column - 1:
            last[2] = column
        else:
            runs.append([sheet, column, column, row, row])
    blocks: list[list[int | str]] = []
    for run in runs:
        above = next((b for b in blocks if b[:3] == run[:3] and b[4] == int(run[3]) - 1), None)
        if above:
            above[4] = run[4]
        else:
            blocks.append(run)
    return tuple(_area(str(b[0]), int(b[1]), int(b[2]), int(b[3]), int(b[4])) for b in blocks)


def _area(sheet: str, left: int, right: int, top: int, bottom: int) -> str:
    first, last = f"{column_name(left)}{top}", f"{column_name(right)}{bottom}"
    return (f"{sheet}!" if sheet else "") + (first if first == last else f"{first}:{last}")


def total(areas_: Sequence[str]) -> str:
    """The sum of every number in these areas; text and error values are passed over."""
    return "+".join(f'SUMIF({area},">=-1E+300")' for area in areas_)


def numbers(areas_: Sequence[str]) -> str:
    """How many cells of these areas hold a number."""
    return f"COUNT({','.join(areas_)})"


def leaves(form: Form, cells: Iterable[str]) -> tuple[str, ...]:
    """The inputs behind these cells: a total stands for its parts, and they for theirs."""
    found: dict[str, None] = {}
    for cell in cells:
        relation = form.totals.get(cell)
        found |= dict.fromkeys(leaves(form, relation.left) if relation else (cell,))
    return tuple(found)


def total_cell(relation: Relation, locate: Locate, no_business: str = NO_BUSINESS) -> str:
    """A total, without =: the sum of its parts, and blank where all of them are."""
    parts = areas(relation.left, locate)
    return f'IF(AND({numbers(parts)}=0,NOT({no_business})),"",{total(parts)})'


@dataclass(frozen=True, slots=True)
class Weighing:
    """Formula texts, without =: both sums, and how many inputs behind each have no number."""

    left: str
    right: str
    left_blanks: str
    right_blanks: str

    def verdict(self, left: str, right: str, no_business: str = NO_BUSINESS) -> str:
        """HOLDS, FAILS or OPEN as `form.weigh` says, where `left` and `right` are the cells that hold the sums."""
        blanks = f"IF({left}<{right},{self.left_blanks},{self.right_blanks})"
        is_open = f"AND(NOT({no_business}),{blanks}>0)"
        return f'IF(ABS({left}-{right})<{TOLERANCE},"{HOLDS}",IF({is_open},"{OPEN}","{FAILS}"))'


def weighing(form: Form, relation: Relation, locate: Locate) -> Weighing:
    """How the sheet weighs this relation."""

    def blanks(cells: tuple[str, ...]) -> str:
        inputs = leaves(form, cells)
        return f"{len(inputs)}-{numbers(areas(inputs, locate))}"

    left, right = relation.left, relation.right
    return Weighing(total(areas(left, locate)), total(areas(right, locate)), blanks(left), blanks(right))


def empty(inputs: Sequence[str], count: int, no_business: str = NO_BUSINESS) -> str:
    """How many of `count` inputs are empty."""
    return f"IF({no_business},0,{count}-COUNTA({','.join(inputs)}))"


def texts(inputs: Sequence[str]) -> str:
    """How many inputs hold text, or TRUE, which Excel takes for neither text nor number."""
    return f"COUNTA({','.join(inputs)})-{numbers(inputs)}-({errors(inputs)})"


def errors(inputs: Sequence[str]) -> str:
    """How many inputs hold an error value."""
    return "+".join(f"SUMPRODUCT(--ISERROR({area}))" for area in inputs)


def negatives(inputs: Sequence[str]) -> str:
    """How many inputs are below zero."""
    return "+".join(f'COUNTIF({area},"<0")' for area in inputs)


def oversized(inputs: Sequence[str]) -> str:
    """How many inputs are larger than any office can mean."""
    return "+".join(f'COUNTIF({area},">{CREDIBLE}")+COUNTIF({area},"<-{CREDIBLE}")' for area in inputs)


def fractions(inputs: Sequence[str]) -> str:
    """How many inputs are not whole: 1/(x-INT(x)) is an error, and so no number, for everything but a fraction."""
    return "+".join(f"SUMPRODUCT(ISNUMBER({area})*ISNUMBER(1/({area}-INT({area}))))" for area in inputs)
