"""INF-YEAR: the year on 基本信息 is no year that a report can be about. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="INF-YEAR", severity="error", basis=("regulation-49",))
