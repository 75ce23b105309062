"""Which cells of the tables a verdict marks."""

from __future__ import annotations

from tests.results.verdicts import many, wrong
from xlreport.results import told
from xlreport.results.marks import REFERENCES, marks


def test_marks() -> None:
    """A cell has the gravest severity of its findings and their numbers; the likeliest suspect what it should be."""
    verdict = wrong()
    findings = told.ordered(verdict.findings)
    found = marks(findings, verdict.suspects)
    number = {finding.code: i for i, finding in enumerate(findings, 1)}
    granted = found["t3.granted.natural_person"]
    assert (granted.severity, granted.suggested) == ("error", "1408")
    assert number["T3-SUM"] in found["t3.concluded.natural_person"].numbers
    assert found["t4.reconsideration.pending"].severity == "warning"
    assert "t3.granted.other" in found, "a cell of the row"
    assert "t2.rules.issued" not in found


def test_a_long_sum_is_numbered_at_its_total() -> None:
    """Of a relation over many cells, only the total bears the number."""
    verdict = wrong()
    (sum_,) = (finding for finding in verdict.findings if finding.code == "T3-SUM")
    found = marks([sum_], ())
    assert [cell for cell, mark in found.items() if mark.numbers] == ["t3.concluded.natural_person"]
    assert set(found) == set(sum_.cells)


def test_a_cell_of_many_findings() -> None:
    """A cell bears a few numbers, and counts the rest."""
    mark = marks(many(50).findings, ())["t3.received.total"]
    assert mark.numbers == (1, 2, 3, 4)
    assert mark.more == 50 - REFERENCES
