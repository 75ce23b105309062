"""What a document shows against what it should show: figure by figure, label by label, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from xlreport.finding import Finding
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.published.page import squeezed
from xlreport.published.shown import Shown
from xlreport.published.values import bare
from xlreport.report import Report

_CONTEXT = 12
"""Characters quoted before and after what differs."""
_LONGEST = 60


class Printed(NamedTuple):
    """What our own document of a report says: its paragraphs, title first. Its tables follow from report and form."""

    report: Report
    lines: tuple[str, ...]


def differences(shown: Shown, due: Printed) -> Iterator[Finding]:
    """Where the document shows something else than `due`. A text that only wraps or is spaced otherwise is the same."""
    if shown.report.form != due.report.form:
        yield Finding("VER-FORM", "error", "verify.form", {"shown": shown.report.form, "due": due.report.form})
        return
    yield from _figures(shown, due.report)
    yield from _labels(shown)
    yield from _texts(shown.lines, due.lines)


def same(shown: Shown, due: Printed) -> bool:
    """Whether the document shows `due` and nothing else."""
    return not any(finding.code != "VER-LABEL" for finding in differences(shown, due))


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
        values = {"sheet": sheet, "due": due[:_LONGEST], "shown": found[:_LONGEST]}
        yield Finding("VER-LABEL", "warning", "verify.label", values, (), (f"{sheet}!",))


def _texts(shown: Sequence[str], due: Sequence[str]) -> Iterator[Finding]:
    """Paragraphs that differ; how text is cut into paragraphs is told only where the words differ too."""
    left, right = [squeezed(line) for line in due], [squeezed(line) for line in shown]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal" or "".join(left[i:j]) == "".join(right[k:m]):
            continue
        place = next((line for line in reversed(due[: i + 1]) if _is_heading(line)), due[0] if due else "")
        last = i == len(left) and j == len(left)
        yield from _pieces(place, "".join(left[i:j]), "".join(right[k:m]), last=last)


def _pieces(place: str, due: str, shown: str, *, last: bool) -> Iterator[Finding]:
    """One finding for what is missing, added or changed, quoted with a few characters round it."""
    if not shown:
        yield Finding("VER-TEXT", "error", "verify.text.missing", {"place": place, "due": _cut(due)})
    elif not due:
        severity, key = ("warning", "verify.text.after") if last else ("error", "verify.text.added")
        yield Finding("VER-TEXT", severity, key, {"place": place, "shown": _cut(shown)})  # type: ignore[arg-type]
    else:
        start = next((n for n, (a, b) in enumerate(zip(due, shown, strict=False)) if a != b), min(len(due), len(shown)))
        tail = next(
            (n for n, (a, b) in enumerate(zip(reversed(due[start:]), reversed(shown[start:]), strict=False)) if a != b),
            min(len(due), len(shown)) - start,
        )
        around = max(0, start - _CONTEXT)
        values = {
            "place": place,
            "due": _cut(due[around : len(due) - tail + _CONTEXT], cut=around > 0),
            "shown": _cut(shown[around : len(shown) - tail + _CONTEXT], cut=around > 0),
        }
        yield Finding("VER-TEXT", "error", "verify.text.changed", values)


def _cut(text: str, *, cut: bool = False) -> str:
    return ("…" if cut else "") + (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _is_heading(line: str) -> bool:
    return len(line) < 40 and line[:2] in {f"{number}、" for number in "一二三四五六"}


def _digits(number: Number) -> str:
    return f"{number:f}" if not isinstance(number, int) else str(number)
