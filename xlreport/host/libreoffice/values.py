"""Cell values between LibreOffice and xlwings, as pure functions.

LibreOffice knows numbers, texts and errors; that a number is a date, a time or a truth value is told by its format.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
from collections.abc import Callable, Iterable, Sequence
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
DATE, TIME, TRUTH = 2, 4, 1024
"""Bits of com.sun.star.util.NumberFormat."""

ERRORS = {
    **dict.fromkeys((502, 504, 508, 509, 510, 511, 519, 522), "#VALUE!"),
    503: "#NUM!",
    521: "#NULL!",
    524: "#REF!",
    **dict.fromkeys((525, 530, 531), "#NAME?"),
    532: "#DIV/0!",
}


class CellError(str):
    """An error value, by Excel's name for it."""

    __slots__ = ()


def error(number: int) -> CellError:
    """LibreOffice's error number as the error that it saves in Excel's files: #N/A for what Excel does not have."""
    return CellError(ERRORS.get(number, "#N/A"))


def from_office(read: Sequence[Any]) -> list[list[Any]]:
    """Rows of float, bool, str, datetime, CellError or None, of what the bridge's `read` gave."""
    data, errors, kinds = read
    rows = [[None if value == "" else value for value in row] for row in data]
    for top, left, bottom, right, kind in kinds:
        for row in rows[top : bottom + 1]:
            for x in range(left, right + 1):
                value = row[x]
                if isinstance(value, float):
                    row[x] = typed(value, kind)
    for y, x, number in errors:
        rows[y][x] = error(number)
    return rows


def typed(value: float, kind: int) -> Any:
    """A number as what its format says it is; one that no calendar has, or that is no truth value, stays a number."""
    if kind & TRUTH and value in (0, 1):  # as it is saved in Excel's files
        return bool(value)
    if kind & DATE or kind & TIME:
        try:
            return EPOCH + dt.timedelta(microseconds=round(value * 86_400_000) * 1000)
        except OverflowError:
            return value
    return value


def serial(moment: dt.date | dt.time | dt.timedelta) -> float:
    """A date, time or span in days, since the epoch of spreadsheets."""
    if isinstance(moment, dt.timedelta):
        return moment / dt.timedelta(days=1)
    if isinstance(moment, dt.time):
        moment = dt.datetime.combine(EPOCH.date(), moment.replace(tzinfo=None))
    elif not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def prepared(value: Any) -> Any:
    """What Python gives as something a cell can hold: float, bool, str, date, or None for an empty cell."""
    if value is None or isinstance(value, bool | str | dt.date | dt.time | dt.timedelta):
        return None if value != value else value  # noqa: PLR0124 - pandas' NaT is a datetime
    if type(value).__name__ == "datetime64":
        return prepared(value.astype("datetime64[us]").item())
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return prepared(value.item())  # a numpy scalar
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else None
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    return str(value)


def cleaned(
    value: Any, dates: Callable[..., Any], empty: Any, as_number: Callable[[float], Any] | None, *, errors: bool
) -> Any:
    """A value of `from_office` as the options of a range ask: date type, empty cells, number type, errors as text."""
    if value is None:
        return empty
    if isinstance(value, CellError):
        return str(value) if errors else None
    if isinstance(value, dt.datetime):
        if dates is dt.datetime:
            return value
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return dates(**{part: getattr(value, part) for part in parts}, tzinfo=None)
    if as_number is not None and isinstance(value, float):
        return as_number(value)
    return value


def rows_of(value: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """What may be written to a range, as rows: a single value fills it, a flat list is a row."""
    if not isinstance(value, list | tuple):
        return [[value] * shape[1] for _ in range(shape[0])]
    if value and not isinstance(value[0], list | tuple):
        value = [value]
    return [list(row) for row in value]


def plain(value: Any) -> float | str:
    """A prepared value as `setDataArray` takes it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.removeprefix("'")  # Excel's mark for "this is text"
    if isinstance(value, bool | int | float):
        return float(value)
    return serial(value)


def typed_in(value: Any) -> str:
    """A prepared value as `setFormulaArray` takes it: what one would type, text marked as such."""
    value = plain(value) if not isinstance(value, str) else value
    if isinstance(value, float):
        return repr(value)
    return f"'{value.removeprefix(chr(39))}" if value else ""


def as_typed(value: Any) -> str:
    """A constant given as a formula: a text is what one would type."""
    return value if isinstance(value, str) else typed_in(value)


def constant(value: Any) -> str:
    """A cell's constant, as a formula bar shows it."""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value or "")


def is_formula(value: Any) -> bool:
    """Whether a value to be written is a formula."""
    return isinstance(value, str) and len(value) > 1 and value[0] == "="


def kind_of(value: Any) -> int:
    """The format that a value asks for: DATE, TIME, both or TRUTH; 0 for none."""
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, dt.datetime):
        return DATE | TIME if value.time() != dt.time() else DATE
    if isinstance(value, dt.date):
        return DATE
    return TIME if isinstance(value, dt.time | dt.timedelta) else 0


def halves(top: int, left: int, bottom: int, right: int) -> list[tuple[int, int, int, int]]:
    """A box in two, by columns while it has several."""
    if right > left:
        middle = (left + right) // 2
        return [(top, left, bottom, middle), (top, middle + 1, bottom, right)]
    middle = (top + bottom) // 2
    return [(top, left, middle, right), (middle + 1, left, bottom, right)]


def strips(rows: Iterable[Sequence[Any]], of: Callable[[Any], int]) -> dict[int, list[tuple[int, int, int, int]]]:
    """For each kind but 0, the boxes of its cells, from 0: one for each run in a row, joined downwards where equal."""
    open_: dict[tuple[int, int, int], tuple[int, int]] = {}
    done: list[tuple[int, tuple[int, int, int, int]]] = []
    for y, row in enumerate([*rows, []]):
        here: set[tuple[int, int, int]] = set()
        x = 0
        while x < len(row):
            kind, start = of(row[x]), x
            while x < len(row) and of(row[x]) == kind:
                x += 1
            if kind:
                here.add((kind, start, x - 1))
        for run in [run for run in open_ if run not in here]:
            first, last = open_.pop(run)
            done.append((run[0], (first, run[1], last, run[2])))
        for run in here:
            open_[run] = (open_.get(run, (y, y))[0], y)
    found: dict[int, list[tuple[int, int, int, int]]] = {}
    for kind, box in done:
        found.setdefault(kind, []).append(box)
    return found
