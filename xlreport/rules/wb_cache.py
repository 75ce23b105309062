"""WB-CACHE: a stored total that its formula does not give. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="WB-CACHE", severity="warning", basis=("tool",))
