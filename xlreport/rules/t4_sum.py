"""T4-SUM: in each of the three blocks of table 4, 总计 is the sum of the four results."""

from __future__ import annotations

from xlreport.rules.identity import identity
from xlreport.rules.rule import Example, Rule

_KNOWN = {"t4.reconsideration.upheld": 4, "t4.reconsideration.pending": 1}

RULE = Rule(
    code="T4-SUM",
    severity="error",
    basis=("table4-total", "notice-disputes"),
    judge=identity("T4-SUM"),
    wrong=Example({**_KNOWN, "t4.reconsideration.total": 4}),
    right=Example({**_KNOWN, "t4.reconsideration.total": 5}),
)
