"""VER-DATA: a published document carries data of another report. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="VER-DATA", severity="error", basis=("notice-accurate", "tool"))
