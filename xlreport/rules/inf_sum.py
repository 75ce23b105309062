"""INF-SUM: facts that the draft states agree with the tables and with each other."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.form.weigh import Number
from xlreport.report import NOT_APPLICABLE, Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule
from xlreport.workbook.plan import WORDS, fact_rows

CODE = "INF-SUM"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    form, blanks = report.statute, report.blanks()

    def known(id_: str) -> Number | None:
        if id_ in form.figures:
            return None if id_ in blanks else report.figures.get(id_)
        answer = report.facts.get(id_)
        return 0 if answer == NOT_APPLICABLE else None if isinstance(answer, str) else answer

    for limit in form.limits:
        parts, whole = [known(id_) for id_ in limit.facts], [known(id_) for id_ in limit.whole]
        given = [part for part in parts if part is not None]
        bound = [part for part in whole if part is not None]
        if not given or len(bound) < len(whole):
            continue
        total, most = sum(given), sum(bound)
        if total > most or (limit.equal and len(given) == len(parts) and total < most):
            rows = fact_rows(form)
            values = {
                "facts": "、".join(f"“{form.facts[id_].question}”" for id_ in limit.facts),
                "total": words.number(total),
                "whole": "、".join(_name(report, id_) for id_ in limit.whole),
                "most": words.number(most),
            }
            yield Finding(
                CODE,
                "error",
                f"findings.{CODE}.{'equal' if limit.equal else 'most'}",
                values,
                cells=tuple(id_ for id_ in limit.whole if id_ in form.figures),
                addresses=tuple(f"{WORDS}!B{rows[id_]}" for id_ in limit.facts),
            )


def _name(report: Report, id_: str) -> str:
    form = report.statute
    return form.figures[id_].title if id_ in form.figures else f"“{form.facts[id_].question}”"


RULE = Rule(
    code=CODE,
    severity="error",
    basis=("notice-figures", "tool"),
    judge=_judge,
    wrong=Example({"t3.concluded.total": 10}, facts={"concluded_in_time": 99}),
    right=Example({"t3.concluded.total": 10}, facts={"concluded_in_time": 10}),
)
