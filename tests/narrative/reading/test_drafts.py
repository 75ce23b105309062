"""What the product itself drafts says what the tables say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

from hypothesis import HealthCheck, given, settings

from tests.narrative.test_properties import reports
from xlreport.narrative.draft import draft
from xlreport.narrative.reading import stated

_PROFILE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
STATUTORY = ("overview.on_request", "overview.proactive", "overview.management")


@_PROFILE
@given(reports())
def test_never_contradicts(report):
    """A draft never contradicts the figures that it was made from."""
    text = draft(report)
    figures = report.settled()
    assert not [told for told in stated(replace(figures, text=text)) if told.status == "contradicts"]


def test_recall():
    """Nearly all figures of a draft without facts are tied, and would be found wrong if their cells were changed."""
    seen: Counter[str] = Counter()
    found = 0

    @_PROFILE
    @given(reports())
    def count(report):
        nonlocal found
        bare = replace(report, facts=MappingProxyType({}), last_year=None)
        words = {key: text for key, text in draft(bare).items() if key in STATUTORY and "【" not in text}
        bare = replace(bare, text=words)
        seen.update(told.status for told in stated(bare))
        moved = MappingProxyType({cell: value + 7 for cell, value in bare.figures.items()})
        found += sum(told.status == "contradicts" for told in stated(replace(bare, figures=moved)))

    count()
    assert seen["agrees"] > 0.95 * seen.total()
    assert found > 0.9 * seen["agrees"]
