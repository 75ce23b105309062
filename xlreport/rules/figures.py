"""Judging figures one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.form import Figure
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Judge


def each_figure(code: str, wrong: Callable[[Figure, Number], bool]) -> Judge:
    """A judge with one error for each figure that is `wrong`.

    Computed totals are left out: what is wrong with them is wrong with a part, where it can be put right.
    """

    def judge(report: Report) -> Iterator[Finding | Unassessed]:
        form = report.statute
        for cell, value in report.figures.items():
            figure = form.figures[cell]
            if wrong(figure, value) and cell not in report.derived:
                yield Finding(
                    code=code,
                    severity="error",
                    key=f"findings.{code}",
                    values={"address": figure.address, "name": words.name(figure), "value": words.number(value)},
                    cells=(cell,),
                    addresses=(figure.address,),
                )

    return judge
