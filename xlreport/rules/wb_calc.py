"""WB-CALC: a locked formula was changed or overwritten by a number. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="WB-CALC", severity="error", basis=("notice-figures", "tool"))
