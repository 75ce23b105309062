"""Reports whose words are under test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.narrative.reading import stated
from xlreport.report import Report

CELLS: Mapping[str, Number] = MappingProxyType(
    {
        "t2.rules.issued": 2,
        "t2.normative_documents.issued": 5,
        "t2.normative_documents.repealed": 3,
        "t2.normative_documents.in_force": 29,
        "t2.licensing.decisions": 1204,
        "t2.penalty.decisions": 310,
        "t2.fees.amount": 52,
        "t3.received.natural_person": 37,
        "t3.received.enterprise": 3,
        "t3.received.other": 1,
        "t3.received.total": 41,
        "t3.carried_in.natural_person": 4,
        "t3.carried_in.total": 4,
        "t3.granted.total": 18,
        "t3.partly_granted.total": 6,
        "t3.refused.third_party_rights.total": 2,
        "t3.refused.process_information.total": 7,
        "t3.unavailable.not_held.total": 8,
        "t3.concluded.total": 43,
        "t3.carried_out.total": 2,
        "t3.other.other.total": 2,
        "t4.reconsideration.upheld": 10,
        "t4.reconsideration.pending": 1,
        "t4.reconsideration.total": 11,
        "t4.litigation_direct.upheld": 3,
        "t4.litigation_direct.total": 3,
        "t4.litigation_after_reconsideration.corrected": 2,
        "t4.litigation_after_reconsideration.total": 2,
    }
)


def report(
    text: str,
    cells: Mapping[str, Number] = CELLS,
    *,
    key: str = "overview.on_request",
    form: str = "2021",
    agency: str = "东河县水务局",
) -> Report:
    """A report of 2024, zero where `cells` says nothing, with one text."""
    ids = load_form(form).figures
    figures = dict.fromkeys(ids, 0) | {cell: value for cell, value in cells.items() if cell in ids}
    return Report(form, agency, 2024, MappingProxyType(figures), {key: text})


def read(text: str, **more: Any) -> list[tuple[str, str]]:
    """(figure, status) of every figure in `text`."""
    return [(told.figure, told.status) for told in stated(report(text, **more))]


def wrong(text: str, **more: Any) -> list[str]:
    """The figures in `text` that contradict."""
    return [figure for figure, status in read(text, **more) if status == "contradicts"]
