"""Where every figure of an imported report came from, and how sure it is: the list `xlreport/sources/1`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from xlreport.finding import plain
from xlreport.form.weigh import Number
from xlreport.origin import Origin
from xlreport.published.shown import Shown
from xlreport.published.values import Value
from xlreport.report import Report

Sure = Literal["sure", "read", "blank", "nothing", "text", "lost"]
"""As `values.How`; lost: no certain place."""


class Source(NamedTuple):
    """A figure: its id, its place in the template, what it is read as, how, what stands there, and where."""

    cell: str
    address: str
    value: Number | None
    how: Sure
    text: str
    origin: Origin | None

    def to_json(self) -> dict[str, Any]:
        """With those numbers of its place that the format has; `at` is a workbook's cell."""
        place = {} if self.origin is None else {key: what for key, what in self.origin._asdict().items() if what}
        at = {"at": place.pop("address")} if "address" in place else {}
        value = {"cell": self.cell, "address": self.address, "value": plain(self.value), "how": self.how}
        return {**value, "text": self.text, **at, **place}


def sources(shown: Shown, report: Report) -> tuple[Source, ...]:
    """One for each figure of the form, in its order; `report` is what was made of it."""
    return tuple(_sources(shown, report))


def _sources(shown: Shown, report: Report) -> Iterator[Source]:
    nothing = Value(None, "blank", "")
    for cell, figure in report.statute.figures.items():
        value = shown.values.get(cell, nothing)
        how: Sure = value.how if cell in shown.values else "lost"
        yield Source(cell, figure.address, report.figures.get(cell), how, value.text, shown.origins.get(cell))


def as_json(source: str, report: Report, listed: Sequence[Source]) -> str:
    """The object `xlreport/sources/1`."""
    head = {"schema": "xlreport/sources/1", "source": source, "form": report.form, "agency": report.agency}
    whole = {**head, "year": report.year, "cells": [item.to_json() for item in listed]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
