"""FIG-DATE: a date in a figure cell, mostly 3-1 that the spreadsheet turned into 3月1日. Found by the reader."""

from __future__ import annotations

from datetime import date

from xlreport.rules.rule import Example, Rule

RULE = Rule(
    code="FIG-DATE",
    severity="error",
    basis=("notice-figures", "tool"),
    wrong=Example({"t3.received.natural_person": date(2024, 3, 1)}),
    right=Example({"t3.received.natural_person": 3}),
)
