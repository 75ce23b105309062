"""发文字号, 附件说明, 署名 and 成文日期: where GB/T 9704-2012 puts them (7.2.5, 7.3.4, 7.3.5.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlreport.document.outline import Aside
from xlreport.errors import InputError

_DATE = re.compile(r"(\d{4})(?:年(\d{1,2})月(\d{1,2})日|-(\d{1,2})-(\d{1,2}))")


@dataclass(frozen=True, slots=True)
class Extras:
    """What an office adds to the report. `date`: as it is printed; with it the report is signed by the agency."""

    number: str = ""
    date: str = ""
    attachments: tuple[str, ...] = ()


def official_date(text: str) -> str:
    """成文日期 as GB/T 9704 wants it (7.3.5.4), Arabic, the year in full, no zero before month and day: 2026年1月15日.

    text: that, or 2026-01-15, or 2026-1-15. Raises InputError for anything else, and for a day that there is not.
    """
    found = _DATE.fullmatch("".join(text.split()))
    try:
        day = date(*(int(number) for number in found.groups() if number)) if found else None
    except ValueError:
        day = None
    if day is None:
        raise InputError("document.date", text=text)
    return f"{day.year}年{day.month}月{day.day}日"


def above(extras: Extras) -> Iterator[Aside]:
    """Below the title, before the report."""
    if extras.number:
        yield Aside(extras.number, "number")


def below(extras: Extras, agency: str) -> Iterator[Aside]:
    """After the report: 附件：1. …, the names one below the other; then 署名 and 成文日期, not sealed.

    The date begins two characters right of the signature; the longer of the two ends two characters from the edge.
    """
    several = len(extras.attachments) > 1
    for number, name in enumerate(extras.attachments, 1):
        mark = f"{number}. " if several else ""
        head = "附件：" if number == 1 else ""
        yield Aside(f"{head}{mark}{name}", "attachment", 2 if number == 1 else 5, first=number == 1)
    if extras.date:
        signed, dated = _width(agency), _width(extras.date)
        slack = signed - dated  # of the date's end, if the signature ends two characters from the edge
        if agency:
            yield Aside(agency, "signature", 2 if slack >= 2 else 4 - slack, first=True)
        yield Aside(extras.date, "date", slack if agency and slack >= 2 else 2, first=not agency)


def _width(text: str) -> float:
    """In characters; digits and Latin letters are half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)
