"""Reports of an older form, counted into a newer one: what is the same thing, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from xlreport.collect.compact import Compact
from xlreport.errors import UsageError
from xlreport.form.mapping import mapping
from xlreport.form.weigh import Number
from xlreport.report import Report


class Moved(NamedTuple):
    """A figure that the newer form does not have under its id: where it went, or "" where it was left out."""

    file: str
    unit: str
    form: str
    cell: str
    value: Number
    target: str


def mapped(report: Report, form: str) -> Report:
    """The report as one of `form`. Raises UsageError where nothing is known to be the same thing."""
    if report.form == form:
        return report
    like = _like(report, form)
    figures = {like[cell]: value for cell, value in report.figures.items() if cell in like}
    return replace(report, form=form, figures=Compact(form, figures))


def moved(report: Report, form: str, file: str, unit: str) -> Iterator[Moved]:
    """The figures of the report, zeros left out, that do not stand under the same id in `form`."""
    like = _like(report, form)
    for cell in report.statute.inputs:
        value = report.figures.get(cell)
        if value and like.get(cell) != cell:
            yield Moved(file, unit, report.form, cell, value, like.get(cell, ""))


def _like(report: Report, form: str) -> Mapping[str, str]:
    try:
        return mapping(report.form, form)
    except KeyError:
        raise UsageError("rollup.no_mapping", form=report.form, wanted=form) from None
