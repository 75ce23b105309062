"""FIG-TEXT: text where a number belongs. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Example, Rule

RULE = Rule(
    code="FIG-TEXT",
    severity="error",
    basis=("notice-figures", "tool"),
    wrong=Example({"t3.received.natural_person": "12件", "t3.received.enterprise": "/"}),
    right=Example({"t3.received.natural_person": 12, "t3.received.enterprise": 0}),
)
