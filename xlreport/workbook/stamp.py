"""The stamp of a draft: a checksum of all that it is made from, kept beside it in the workbook."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlreport.form.weigh import Number
from xlreport.report import Report


def stamp(report: Report) -> str:
    """A checksum of the figures typed, the facts told, who reports, and last year's figures, as a workbook keeps them.

    It is the same before filling and after reading: numbers to the 15 digits of a cell, words without white space and
    marks between the items of a list.
    """
    text = "\n".join(_parts(report.settled()))
    return f"{zlib.crc32(text.encode()):08x}"


def _parts(report: Report) -> Iterator[str]:
    form, last = report.statute, report.last_year
    about: Mapping[str, Number | str | None] = {
        "form": report.form,
        "agency": report.agency,
        "year": report.year,
        "kind": report.kind,
        "contact": report.contact,
    }
    yield from _known("", about)
    yield from _known("", {cell: report.figures.get(cell) for cell in form.inputs})
    yield from _known("fact.", {fact: report.facts.get(fact) for fact in form.facts})
    if last is not None:
        yield from _known("last.", {cell: last.figures.get(cell) for cell in form.last_year_figures})
        yield from _known("last.", {key: last.words.get(key) for key in form.last_year_text})


def _known(prefix: str, values: Mapping[str, Number | str | None]) -> Iterator[str]:
    for key, value in values.items():
        text = re.sub(r"[\s、，,；;]", "", value) if isinstance(value, str) else value
        if text not in (None, ""):
            yield f"{prefix}{key}={text if isinstance(text, str) else f'{Decimal(text or 0):.14e}'}"
