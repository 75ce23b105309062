"""When suspects are looked for."""

from __future__ import annotations

import pytest

from tests.rules.made import with_cell
from tests.samples import city
from xlreport.rules import judge
from xlreport.rules import locate as locating
from xlreport.rules.suspects import suspects


def test_where_sides_differ() -> None:
    """A cell that breaks an equation is looked for; what `locate` finds is what is told."""
    report = with_cell(city(), "t3.received.natural_person", 999)
    found, _ = judge(report)
    assert suspects(report, found, ()) == locating.locate(report, ())
    assert ("t3.received.natural_person",) in [one.cells for one in suspects(report, found, ())]


def test_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only warnings are found, or errors that compare nothing, nobody looks."""
    monkeypatch.setattr(locating, "locate", None)
    found, _ = judge(with_cell(city(), "t3.received.natural_person", 999))
    graded = [finding._replace(severity="warning") for finding in found]
    assert suspects(city(), graded, ()) == ()
    assert suspects(city(), [finding._replace(expected=None) for finding in found], ()) == ()
