"""What a document shows against what it should show: figure by figure, label by label, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xlreport.envelope import NOTHING, Beside
from xlreport.finding import Finding
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.published.beside import is_name
from xlreport.published.page import squeezed
from xlreport.published.shown import Shown
from xlreport.published.values import bare
from xlreport.published.wording import wording
from xlreport.report import Report

_LONGEST = 60
"""Characters of a label that are quoted."""


class Printed(NamedTuple):
    """What our own document of a report says: its paragraphs, title first. Its tables follow from report and form.

    beside: what the document that is looked at may show otherwise.
    """

    report: Report
    lines: tuple[str, ...]
    beside: Beside = NOTHING


def differences(shown: Shown, due: Printed, *, looks: bool = True) -> Iterator[Finding]:
    """Where the document shows something else than `due`. A text that only wraps or is spaced otherwise is the same.

    looks: see `wording`; a document that says itself what stands beside its report is not judged by them.
    """
    if shown.report.form != due.report.form:
        yield Finding("VER-FORM", "error", "verify.form", {"shown": shown.report.form, "due": due.report.form})
        return
    yield from _figures(shown, due.report)
    yield from _labels(shown)
    yield from _title(shown.report, due)
    yield from wording(shown.lines, due.lines, due.report.agency, due.beside, looks=looks)


def same(shown: Shown, due: Printed) -> bool:
    """Whether the document shows `due`, and nothing else but what is known to stand beside it."""
    return not any(found.severity != "note" and found.code != "VER-LABEL" for found in differences(shown, due))


def _title(shown: Report, due: Printed) -> Iterator[Finding]:
    """A title of the office's own wording may not tell another agency or year."""
    report, agency, year = due.report, squeezed(shown.agency), shown.year
    other = (agency and not is_name(agency, report.agency)) or year not in (None, report.year)
    if other and due.lines[0] in due.beside.less:
        values = {"shown": f"{agency}{year or ''}", "due": f"{report.agency}{report.year or ''}"}
        yield Finding("VER-TEXT", "error", "verify.title", values)


def _figures(shown: Shown, report: Report) -> Iterator[Finding]:
    for cell, figure in report.statute.figures.items():
        value, due = shown.values.get(cell), report.figures.get(cell)
        if value is not None and value.number == due and (value.how == "blank" if due is None else bare(value)):
            continue
        said = Phrase("verify.none") if value is None else value.text[:20] or Phrase("verify.blank")
        values = {
            "address": figure.address,
            "title": "·".join(figure.names),
            "shown": said,
            "due": Phrase("verify.blank") if due is None else _digits(due),
        }
        actual = None if value is None else value.number
        yield Finding("VER-FIG", "error", "verify.figure", values, (cell,), (figure.address,), due, actual)


def _labels(shown: Shown) -> Iterator[Finding]:
    for sheet, due, found in shown.labels:
        key = "verify.label.added" if not due else "verify.label.missing" if not found else "verify.label.changed"
        values = {"sheet": sheet, "due": due[:_LONGEST], "shown": found[:_LONGEST]}
        yield Finding("VER-LABEL", "warning", key, values, (), (f"{sheet}!",))
    for sheet, line in shown.added:
        values = {"sheet": sheet, "shown": line[:_LONGEST]}
        yield Finding("VER-FIG", "error", "verify.row", values, (), (f"{sheet}!",))


def _digits(number: Number) -> str:
    return f"{number:f}" if not isinstance(number, int) else str(number)
