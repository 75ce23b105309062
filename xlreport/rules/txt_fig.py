"""TXT-FIG: the text states a figure that the tables contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.finding import Finding, Stated, Unassessed
from xlreport.form import Figure
from xlreport.narrative.reading import stated
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

CODE = "TXT-FIG"
_RECEIVED = {"t3.received.natural_person": 12, "t3.received.total": 12}


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    yield from _told(report, stated(report))


def _told(report: Report, figures_in_text: tuple[Stated, ...]) -> Iterator[Finding | Unassessed]:
    form = report.statute
    for told in figures_in_text:
        if told.status == "contradicts" and told.expected is not None:
            figures = [form.figures[cell] for cell in told.cells]
            yield Finding(
                code=CODE,
                severity="warning" if told.part else "error",
                key=f"findings.{CODE}.{'part' if told.part else 'whole'}",
                values={**_about(told, figures), "value": words.number(told.expected)},
                cells=told.cells,
                addresses=tuple(figure.address for figure in figures),
                expected=told.expected,
                actual=told.value,
            )
        elif told.blank:
            figures = [form.figures[cell] for cell in told.blank]
            yield Unassessed(CODE, told.blank, f"findings.open.{CODE}", _about(told, figures))


def _about(told: Stated, figures: Sequence[Figure]) -> dict[str, object]:
    """What the sentence is, and of which cells it speaks."""
    return {
        "quote": told.sentence,
        "figure": told.figure,
        "sheet": figures[0].sheet,
        "name": _name(figures),
        "cells": words.cells(figures),
    }


def _name(figures: Sequence[Figure]) -> str:
    """“一、本年新收·总计”; of several, what their names share: “（三）不予公开”合计."""
    if len(figures) == 1:
        return f"“{words.name(figures[0])}”"
    columns = dict.fromkeys(figure.names[-1] for figure in figures)
    of = f"的“{'、'.join(columns)}”" if len(columns) < 3 and list(columns) != ["总计"] else ""
    rows = dict.fromkeys(words.row(figure) for figure in figures)
    blocks = {figure.names[0] for figure in figures}
    if len(blocks) == 1 and len(rows) > 1:
        return f"“{blocks.pop()}”{of}合计"
    return "＋".join(f"“{row}”" for row in rows) + of


RULE = Rule(
    code=CODE,
    severity="error",
    basis=("notice-accurate", "notice-figures"),
    judge=_judge,
    told=_told,
    wrong=Example(_RECEIVED, text={"overview.on_request": "全年新收政府信息公开申请21件。"}),
    right=Example(_RECEIVED, text={"overview.on_request": "全年新收政府信息公开申请12件。"}),
)
