"""VER-LABEL: labels of a published table are not those of the form. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="VER-LABEL", severity="warning", basis=("notice-accurate", "tool"))
