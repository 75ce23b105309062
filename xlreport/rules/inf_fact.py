"""INF-FACT: an answer on 正文 or 基本信息 that does not fit its question. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="INF-FACT", severity="error", basis=("tool",))
