"""T3-BAL: in each column of table 3, 一 + 二 = 三（七） + 四."""

from __future__ import annotations

from xlreport.rules.identity import identity
from xlreport.rules.rule import Example, Rule

_KNOWN = {"t3.received.natural_person": 11, "t3.carried_in.natural_person": 1, "t3.carried_out.natural_person": 1}

RULE = Rule(
    code="T3-BAL",
    severity="error",
    basis=("table3-head", "notice-requests"),
    judge=identity("T3-BAL"),
    wrong=Example({**_KNOWN, "t3.concluded.natural_person": 10}),
    right=Example({**_KNOWN, "t3.concluded.natural_person": 11}),
)
