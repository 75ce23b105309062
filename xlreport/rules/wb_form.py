"""WB-FORM: not a workbook of a form that we know, or of a newer version. Found by the reader of the file."""

from __future__ import annotations

from xlreport.rules.rule import Rule

RULE = Rule(code="WB-FORM", severity="unusable", basis=("regulation-50", "tool"))
