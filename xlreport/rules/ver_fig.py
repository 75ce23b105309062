"""VER-FIG: a published figure is not the workbook's. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="VER-FIG", severity="error", basis=("notice-accurate", "tool"))
