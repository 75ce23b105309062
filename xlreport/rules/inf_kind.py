"""INF-KIND: the kind of office on 基本信息 is none that the form knows. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="INF-KIND", severity="error", basis=("notice-filers",))
