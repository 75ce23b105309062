"""INF-TEXT: an error value in a cell for text. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="INF-TEXT", severity="error", basis=("tool",))
