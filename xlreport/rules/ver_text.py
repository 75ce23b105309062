"""VER-TEXT: published text is not the workbook's. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="VER-TEXT", severity="error", basis=("notice-accurate", "tool"))
