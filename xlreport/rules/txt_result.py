"""TXT-RESULT: governments and towns state the results of assessment, public review and accountability."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import OVERVIEW, found, place_of, whole
from xlreport.rules.rule import Example, Rule

SIGNS = {
    "assessment_result": ("工作考核", r"考核|考评"),
    "public_review_result": ("社会评议", r"评议|测评|评价|评估"),
    "accountability_cases": ("责任追究", r"追究|追责|问责"),
}
"""By the fact that the form asks: what the law calls it, and the words that speak of it."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One warning that names what section 一 says nothing of; an empty one is TXT-EMPTY's."""
    facts = report.statute.facts
    if report.kind is None or not (text := whole(report, OVERVIEW)):
        return
    missing = [
        name
        for fact, (name, signs) in SIGNS.items()
        if report.kind in facts[fact].required and not re.search(signs, text)
    ]
    if missing:
        place = place_of(report, "overview.oversight")
        yield found("TXT-RESULT", "warning", place=place, results="、".join(missing), kind=report.kind)


RULE = Rule(
    code="TXT-RESULT",
    severity="warning",
    basis=("regulation-50", "notice-overview"),
    judge=_judge,
    wrong=Example(text={"overview.oversight": "举办培训2次。"}, kind="乡镇/街道"),
    right=Example(
        text={"overview.oversight": "县级工作考核列第5名，没有开展社会评议，没有被追究责任的情况。"},
        kind="乡镇/街道",
    ),
)
