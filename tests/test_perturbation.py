"""The measurement of how well mistakes are located."""

from __future__ import annotations

import pytest

from benchmarks import perturbation


def test_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mistakes in tables 3 and 4 are always found, and located as often as docs/localisation.md promises."""
    monkeypatch.setattr(perturbation, "TIMES", 20)
    reports = [report for _, report in perturbation.consistent_reports()]
    lines = list(perturbation.rows(reports))
    assert len(lines) > 20
    assert all(row.tally.tried for row in lines)
    assert list(perturbation.broken(lines)) == []


def test_broken_promises() -> None:
    """What is not kept is told."""
    bad = perturbation.Tally(tried=100, found=99, first=94, third=79)
    rows = [("t3", "all of these"), ("t3, t4", "two at once"), ("t4", "±1"), ("t4", "swapped with a neighbour")]
    lines = [perturbation.Row(table, "typed", kind, bad) for table, kind in rows]
    assert len(list(perturbation.broken(lines))) == 4
