"""Verdicts as files."""

from __future__ import annotations

import json

from tests.results.verdicts import passing, wrong
from xlreport.results.kinds import RESULTS, results

BEGINS = {"json": b"{", "html": b"<!DOCTYPE html>", "xlsx": b"PK", "explain": b"# "}


def test_each_kind() -> None:
    """Each kind is what it is called, in the language that is asked for."""
    for kind in RESULTS:
        made = results([wrong()], kind, "en")
        assert made.startswith(BEGINS.get(kind, b"")), kind
        assert made != results([wrong()], kind, "zh"), kind


def test_several() -> None:
    """JSON of one verdict is an object, of several an array in their order; text tells one after the other."""
    assert json.loads(results([passing()], "json"))["verdict"] == "pass"
    assert [one["verdict"] for one in json.loads(results([wrong(), passing()], "json"))] == ["fail", "pass"]
    both = results([wrong(), passing()], "text").decode()
    assert both.index("甲.xlsx") < both.index("乙.json")
