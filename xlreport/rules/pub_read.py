"""PUB-READ: a published figure was read from more than a number. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="PUB-READ", severity="note", basis=("notice-accurate", "tool"))
