"""T3-CARRY: in each column of table 3, 二 is what last year's report left open in 四."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule

CODE = "T3-CARRY"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    if report.last_year is None:
        return
    form, blanks, unknown = report.statute, report.blanks(), report.last_year.blanks()
    for before, now in form.carry:
        expected, actual = report.last_year.figures.get(before, 0), report.figures.get(now, 0)
        if expected == actual:
            continue
        figure = form.figures[now]
        values = {
            "address": figure.address,
            "name": words.name(figure),
            "last": words.number(expected),
            "value": words.number(actual),
        }
        if now in blanks and actual < expected:
            yield Unassessed(CODE, (now,), f"findings.open.{CODE}", values)
        elif before in unknown and expected < actual:
            yield Unassessed(CODE, (now,), f"findings.open.{CODE}-BEFORE", values)
        else:
            yield Finding(
                CODE, "error", f"findings.{CODE}", values, (now,), (figure.address,), expected=expected, actual=actual
            )


RULE = Rule(
    code=CODE,
    severity="error",
    basis=("table3-head", "notice-figures"),
    judge=_judge,
    wrong=Example({"t3.carried_in.enterprise": 2}, last_year={"t3.carried_out.enterprise": 3}),
    right=Example({"t3.carried_in.enterprise": 3}, last_year={"t3.carried_out.enterprise": 3}),
)
