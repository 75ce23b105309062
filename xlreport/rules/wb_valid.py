"""WB-VALID: what limits the input of a cell was changed or pasted over. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="WB-VALID", severity="note", basis=("tool",))
