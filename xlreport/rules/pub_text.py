"""PUB-TEXT: words of a published report have no certain section. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="PUB-TEXT", severity="warning", basis=("notice-accurate", "tool"))
