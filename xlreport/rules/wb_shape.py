"""WB-SHAPE: rows, columns, sheets, merges or names moved. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="WB-SHAPE", severity="error", basis=("notice-complete", "tool"))
