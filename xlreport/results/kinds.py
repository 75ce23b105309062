"""Verdicts as a file of any kind that we write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from xlreport.finding import Verdict

RESULTS = ("text", "json", "html", "xlsx", "explain")


def results(verdicts: Sequence[Verdict], kind: str, language: str = "zh", target: Path | None = None) -> bytes:
    """Verdicts as one of RESULTS; `target`: where it will be written, for links from a list to its workbooks."""
    if kind == "json":
        shown = [verdict.to_json(language) for verdict in verdicts]
        text = json.dumps(shown if len(shown) > 1 else shown[0], ensure_ascii=False, indent=1) + "\n"
    elif kind == "xlsx":
        from xlreport.results.sheet import findings_list

        return findings_list(verdicts, language, target)
    elif kind == "html":
        from xlreport.results.page import findings_page

        text = findings_page(verdicts, language)
    elif kind == "explain":
        from xlreport.rules.explain import draft

        (verdict,) = verdicts
        text = draft(verdict, language)
    else:
        from xlreport.results.text import verdict_text

        text = "\n".join(verdict_text(verdict, language) for verdict in verdicts)
    return text.encode(errors="backslashreplace")
