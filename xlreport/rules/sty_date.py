"""STY-DATE: dates are written in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import Place, found, passages, whole
from xlreport.rules.rule import Example, Rule

NUMERIC = r"20\d\d[-./]\d"
STYLES = r"(?<![\d./-])(?:(20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)|(20\d\d([-./])\d{1,2}\3\d{1,2}))(?![\d./-])"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One note when 2024年3月1日 and 2024-03-01 stand in one report."""
    if not re.search(NUMERIC, whole(report)):
        return
    spelt: tuple[Place, str] | None = None
    digits: tuple[Place, str] | None = None
    for place, text in passages(report):
        for chinese, numeric, _ in re.findall(STYLES, text):
            spelt = spelt or ((place, chinese) if chinese else None)
            digits = digits or ((place, numeric) if numeric else None)
    if spelt and digits:
        yield found("STY-DATE", "note", place=digits[0], quote=digits[1], other=spelt[1])


RULE = Rule(
    code="STY-DATE",
    severity="note",
    basis=("gbt-15835",),
    judge=_judge,
    wrong=Example(text={"overview.lead": "2024年3月1日举办培训，2024-06-01组织检查。"}),
    right=Example(text={"overview.lead": "2024年3月1日举办培训，2024年6月1日组织检查。"}),
)
