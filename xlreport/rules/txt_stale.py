"""TXT-STALE: figures or facts changed after the draft was made. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="TXT-STALE", severity="warning", basis=("notice-figures", "tool"))
