"""Adjustments of a sum: each a line with cell, amount and reason, from a CSV file. Applied in the order of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from re import sub
from typing import NamedTuple
from unicodedata import normalize

from xlreport.collect.lines import read_lines, refuse_lines
from xlreport.errors import InputError
from xlreport.form import CREDIBLE, Form
from xlreport.form.weigh import Number
from xlreport.safe.load import naming

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cell": ("单元格", "指标", "cell"),
    "amount": ("调整数", "数额", "增减", "amount"),
    "reason": ("原因", "理由", "reason"),
}


class Adjustment(NamedTuple):
    """A cell, what is added to it (less than zero: taken off), and why."""

    cell: str
    amount: Number
    reason: str


def read_adjustments(path: Path, form: Form) -> tuple[Adjustment, ...]:
    """The lines of the file. A cell is its id or its address (表三!D6). Raises InputError for every wrong line."""
    places = {figure.address: cell for cell, figure in form.figures.items()}
    found: list[Adjustment] = []
    wrong: list[InputError] = []
    with naming(path):
        for row, line in read_lines(path, COLUMNS, tuple(COLUMNS), "rollup.adjust"):
            try:
                found.append(_adjustment(row, line, places, form))
            except InputError as error:
                wrong.append(error)
        refuse_lines(wrong, "rollup.adjust.more")
    return tuple(found)


def _adjustment(row: int, line: Mapping[str, str], places: Mapping[str, str], form: Form) -> Adjustment:
    cell = places.get(_address(line["cell"]), line["cell"])
    if cell not in form.figures:
        raise InputError("rollup.adjust.cell", row=row, cell=line["cell"][:40])
    if cell in form.totals:
        raise InputError("rollup.adjust.total", row=row, cell=line["cell"][:40])
    if not line["reason"]:
        raise InputError("rollup.adjust.reason", row=row)
    amount = _amount(line["amount"], row)
    if form.figures[cell].kind != "amount" and not isinstance(amount, int):
        raise InputError("rollup.adjust.whole", row=row, cell=line["cell"][:40], value=line["amount"][:40])
    return Adjustment(cell, amount, line["reason"])


def _address(text: str) -> str:
    """表三!D6, however it was typed: ＄, ！, d6 and '表三'!$D$6 are what people write and programs paste."""
    return sub(r"[\s$']", "", normalize("NFKC", text)).upper()


def _amount(text: str, row: int) -> Number:
    try:
        amount = Decimal(text.replace("−", "-").replace("＋", "+"))
    except InvalidOperation:
        raise InputError("rollup.adjust.amount", row=row, value=text[:40]) from None
    if not amount.is_finite() or not 0 < abs(amount) < CREDIBLE:
        raise InputError("rollup.adjust.amount", row=row, value=text[:40])
    return int(amount) if amount == amount.to_integral_value() else amount


def adjusted(figures: Mapping[str, Number], adjustments: Sequence[Adjustment]) -> dict[str, Number]:
    """The figures with all adjustments made."""
    found = dict(figures)
    for one in adjustments:
        found[one.cell] = found.get(one.cell, 0) + one.amount
    return found
