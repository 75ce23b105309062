"""FIG-ERR: an error value of the spreadsheet in a figure cell. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Example, Rule

RULE = Rule(
    code="FIG-ERR",
    severity="error",
    basis=("notice-figures", "tool"),
    wrong=Example({"t2.licensing.decisions": "#DIV/0!"}),
    right=Example({"t2.licensing.decisions": 46209}),
)
