"""发文字号, 附件说明, 署名 and 成文日期: where GB/T 9704-2012 puts them (7.2.5, 7.3.4, 7.3.5.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.document.outline import Aside


@dataclass(frozen=True, slots=True)
class Extras:
    """What an office adds to the report. `date`: as it is printed; with it the report is signed by the agency."""

    number: str = ""
    date: str = ""
    attachments: tuple[str, ...] = ()


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
