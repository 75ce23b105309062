"""The one value that everything passes on."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from xlreport.form import load_form
from xlreport.report import NO_BUSINESS, Report

NOTHING = Report("2021", "示例局", 2024, facts=MappingProxyType({NO_BUSINESS: "是"}))
TOTAL = "t3.received.total"


def test_no_business() -> None:
    """无业务 makes every figure zero, and the totals count as computed."""
    settled = NOTHING.settled()
    assert dict(settled.figures) == dict.fromkeys(load_form("2021").figures, 0)
    assert settled.derived == frozenset(load_form("2021").totals)


def test_no_business_keeps_what_is_typed() -> None:
    """无业务 changes no figure that was typed, and computes the totals that were not."""
    typed = {"t3.granted.other": 2, "t3.granted.total": 5}
    settled = replace(NOTHING, figures=MappingProxyType(typed)).settled()
    assert settled.figures["t3.granted.total"] == 5
    assert settled.figures["t3.concluded.other"] == 2
    assert settled.figures["t3.granted.enterprise"] == 0
    assert "t3.granted.total" not in settled.derived


def test_no_business_recomputes_computed_totals() -> None:
    """Where the template computed the totals, 无业务 leaves none of them blank."""
    sheet = replace(NOTHING, figures=MappingProxyType({"t3.received.other": 3})).totalled()
    assert sheet.figures[TOTAL] == 3
    assert len(sheet.figures) == 2
    settled = sheet.settled()
    assert settled.figures[TOTAL] == 3
    assert settled.blanks() == frozenset()


def test_without_no_business() -> None:
    """Without the choice, or with 否, nothing is filled in."""
    for facts in ({}, {NO_BUSINESS: "否"}):
        source = replace(NOTHING, facts=MappingProxyType(facts))
        assert source.settled() is source


def test_totalled() -> None:
    """Totals are the sums of their parts, blank where all parts are; a typed total gives way."""
    source = Report("2021", "示例局", 2024, MappingProxyType({"t3.granted.other": 2, "t3.granted.total": 9}))
    totalled = source.totalled()
    assert dict(totalled.figures) == {
        "t3.granted.other": 2,
        "t3.granted.total": 2,
        "t3.concluded.other": 2,
        "t3.concluded.total": 2,
    }
    assert "t3.received.total" in totalled.blanks()
    assert "t3.granted.total" in totalled.blanks()
    assert "t3.granted.total" not in source.blanks()


def test_words() -> None:
    """The final text wins over the draft, key by key."""
    source = replace(NOTHING, draft={"problems": "稿", "other_matters": "稿"}, text={"problems": "定"})
    assert source.words == {"problems": "定", "other_matters": "稿"}
