"""T3-SUM: in each column of table 3, 三（七） is the sum of 三（一） to 三（六）."""

from __future__ import annotations

from xlreport.rules.identity import identity
from xlreport.rules.rule import Example, Rule

_KNOWN = {"t3.granted.enterprise": 5, "t3.refused.third_party_rights.enterprise": 2, "t3.other.other.enterprise": 1}

RULE = Rule(
    code="T3-SUM",
    severity="error",
    basis=("table3-sum", "notice-requests"),
    judge=identity("T3-SUM"),
    wrong=Example({**_KNOWN, "t3.concluded.enterprise": 7}),
    right=Example({**_KNOWN, "t3.concluded.enterprise": 8}),
)
