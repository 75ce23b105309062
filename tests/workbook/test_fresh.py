"""What a fresh workbook takes over from last year's report."""

from __future__ import annotations

from dataclasses import replace

from tests.samples import city
from xlreport.report import Report
from xlreport.workbook.fresh import carried_over


def test_carried_over() -> None:
    """Last year's 四 becomes this year's 二, but for its total, which the template sums; the rest stays last year's."""
    now = carried_over(Report("2021", "", None), city())
    carried = {cell.replace("carried_in", "carried_out"): number for cell, number in now.figures.items()}
    assert len(carried) == 6
    assert carried.items() <= city().figures.items()
    assert (now.agency, now.year, now.kind, now.contact) == (city().agency, 2025, city().kind, city().contact)
    assert now.last_year == replace(city(), last_year=None)
    assert dict(now.text) == dict(now.facts) == {}


def test_what_is_said_now_counts() -> None:
    """An agency and a year that are given stand, whatever last year's report says."""
    now = carried_over(Report("2021", "某某局", 2030), city())
    assert (now.agency, now.year) == ("某某局", 2030)
