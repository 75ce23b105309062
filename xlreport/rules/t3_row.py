"""T3-ROW: in each row of table 3, 总计 is the sum of the six kinds of applicant."""

from __future__ import annotations

from xlreport.rules.identity import identity
from xlreport.rules.rule import Example, Rule

_KNOWN = {"t3.granted.natural_person": 5, "t3.granted.enterprise": 3}

RULE = Rule(
    code="T3-ROW",
    severity="error",
    basis=("table3-total", "notice-requests"),
    judge=identity("T3-ROW"),
    wrong=Example({**_KNOWN, "t3.granted.total": 9}),
    right=Example({**_KNOWN, "t3.granted.total": 8}),
)
