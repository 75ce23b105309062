"""What a clerk typed into one cell, as what it was meant to be; or the finding that says why it is not."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal

from xlreport.finding import Finding
from xlreport.form import Fact, Figure
from xlreport.form.weigh import Number
from xlreport.report import NOT_APPLICABLE
from xlreport.workbook.places import Place

Value = str | float | int | bool | dt.date | dt.time | dt.timedelta
"""What calamine gives for a cell; "" when it is blank."""

ERROR = "\uf8ff"
"""Precedes the text of an error value (a private character, set by the grid)."""

PENDING = "\uf8fe"
"""Stands for the value of a formula that no program has computed yet (likewise)."""

_DATES = (dt.date, dt.time, dt.timedelta)
_DIGITS = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(?:件|条|项|个|份|次|人|万元|元)?")
_NOTHING = {"/", "\\", "-", "--", "—", "——", "–", "无", "零", "〇", "○", "O", "o", "没有", "暂无", "None", "N/A"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile("\r\n|[\r\x0b\x0c]")
_YEAR = re.compile(r"\s*((?:20)\d\d|2100)\s*(?:年度?)?\s*")
_SEPARATOR = re.compile("[\n、，,；;]")


def number(value: Value) -> Number | None:
    """A number as reports hold it: int, or Decimal where there is a fraction; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if isinstance(value, int):
        return value
    return int(value) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))


def blank(value: Value) -> bool:
    """Nothing, or nothing but white space."""
    return isinstance(value, str) and not value.strip()


def wrong_figure(value: Value, place: Place, title: str, cells: tuple[str, ...]) -> Finding:
    """Why a cell that holds something holds no figure: FIG-ERR, FIG-DATE or FIG-TEXT."""
    values: dict[str, object] = {"title": title, "address": place.address}
    code, key = "FIG-TEXT", "workbook.text"
    if isinstance(value, _DATES):
        code, key = "FIG-DATE", "workbook.date"
        values["text"] = str(value)[:20]
    elif value == PENDING:
        key = "workbook.pending"
    elif error := error_text(value):
        code, key = "FIG-ERR", "workbook.error"
        values["text"] = error
    else:
        text = str(value).upper() if isinstance(value, bool) else str(value).strip()
        values["text"] = shown(text)
        meant = _meant(text)
        if meant is not None:
            key = "workbook.text_number"
            values["number"] = meant
        elif text in _NOTHING:
            key = "workbook.text_nothing"
    return Finding(code, "error", key, values, cells, (place.address,))


def figure_title(figure: Figure, *, last: bool = False) -> str:
    """What a clerk calls a figure; `last`: as it is asked of last year's report."""
    return f"上一年{figure.title}" if last else figure.title


def error_text(value: Value) -> str:
    """Such as #DIV/0!, or "" when the cell holds no error value."""
    return value[1:20] if isinstance(value, str) and value.startswith(f"{ERROR}#") else ""


def words(value: Value) -> str:
    """A cell as text: line breaks are newlines, what cannot be printed is left out, numbers and dates as spoken."""
    if isinstance(value, str):
        return _CONTROL.sub("", _BREAK.sub("\n", value))
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    found = number(value)
    return str(value) if found is None else format(Decimal(found), "f")


def year(value: Value) -> int | None:
    """The year of 2024, "2024" or "2024年"; None for what is no year from 2008 to 2100."""
    found = number(value)
    if isinstance(value, str) and (match := _YEAR.fullmatch(unicodedata.normalize("NFKC", value[:40]))):
        found = int(match[1])
    return int(found) if found is not None and 2008 <= found <= 2100 and found == int(found) else None


def fact(value: Value, asked: Fact) -> Number | str | None:
    """The answer to a fact; None when it is not of the fact's kind."""
    if error_text(value) or isinstance(value, bool):
        return None
    text = words(value)
    if text.strip() == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if asked.kind in ("count", "amount"):
        found = number(value)
        fits = found is not None and found >= 0 and (asked.kind == "amount" or found == int(found))
        return found if fits else None
    if asked.kind == "text":
        return text
    if not asked.many:
        return text.strip() if text.strip() in asked.options else None
    chosen = [line.strip() for line in text.split("\n") if line.strip()]
    if not set(chosen) <= set(asked.options):
        chosen = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    return "\n".join(chosen) if set(chosen) <= set(asked.options) else text  # one's own words are welcome


def shown(text: str, length: int = 20) -> str:
    """A cell's text as it may be quoted in a sentence: one line, not long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length]}…"


def _meant(text: str) -> str | None:
    """The number that somebody who typed "１２", "12件" or "1,234" meant, as it should be typed."""
    match = _DIGITS.fullmatch(unicodedata.normalize("NFKC", text[:40]))
    return match[1].replace(",", "").removeprefix("+") if match else None
