"""PUB-DATA: a published document carries other data than it shows. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="PUB-DATA", severity="warning", basis=("notice-accurate", "tool"))
