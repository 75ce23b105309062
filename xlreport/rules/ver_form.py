"""VER-FORM: the published document follows another form than the workbook. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="VER-FORM", severity="error", basis=("notice-accurate", "tool"))
