"""PUB-CELL: a figure has no certain place in a published table. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="PUB-CELL", severity="warning", basis=("notice-accurate", "tool"))
