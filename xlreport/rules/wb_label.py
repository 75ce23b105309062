"""WB-LABEL: a locked label was changed. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="WB-LABEL", severity="error", basis=("regulation-50", "tool"))
