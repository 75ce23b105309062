"""Which cells of the tables a verdict marks."""

from __future__ import annotations

from tests.results.verdicts import many, wrong
from xlreport.finding import Finding
from xlreport.results import told
from xlreport.results.marks import REFERENCES, marks
from xlreport.workbook.cells import wrong_figure
from xlreport.workbook.places import Place


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


def test_only_the_likeliest_suspect() -> None:
    """Of several suspects, only the first one's cells bear a suggestion: two stories are not one."""
    (first,) = wrong().suspects
    found = marks((), (first, first._replace(cells=("t3.received.other",))))
    assert [cell for cell, mark in found.items() if mark.suggested] == list(first.cells)


def test_a_long_sum_is_numbered_at_its_total() -> None:
    """Of a relation over many cells, only the total bears the number."""
    verdict = wrong()
    (sum_,) = (finding for finding in verdict.findings if finding.code == "T3-SUM")
    found = marks([sum_], ())
    assert [cell for cell, mark in found.items() if mark.numbers] == ["t3.concluded.natural_person"]
    assert set(found) == set(sum_.cells)


def test_what_is_no_figure() -> None:
    """What was typed in place of a figure is shown; a label that was changed is marked by its address."""
    title, address = "表三“一、本年新收·自然人”", "表三!D6"
    typed = wrong_figure("12件", Place("表三", 6, 4), title, ("t3.received.natural_person",))
    label = Finding("WB-LABEL", "error", "workbook.text", addresses=("表三!A7",))
    found = marks([typed, label], ())
    assert typed.addresses == (address,)
    assert found["t3.received.natural_person"].typed == "12件"
    assert (found["表三!A7"].numbers, found["表三!A7"].typed) == ((2,), "")
    shape = Finding("WB-SHAPE", "error", "workbook.text", addresses=("表三",))
    assert "表三!A7" not in marks([typed, label, shape], ()), "rows have moved"


def test_a_cell_of_many_findings() -> None:
    """A cell bears a few numbers, and counts the rest."""
    mark = marks(many(50).findings, ())["t3.received.total"]
    assert mark.numbers == (1, 2, 3, 4)
    assert mark.more == 50 - REFERENCES


def test_the_gravest_whatever_the_order() -> None:
    """A cell has the gravest severity also where a lesser one is told first."""
    cell = "t3.received.total"
    found = [Finding("A", severity, "", cells=(cell,)) for severity in ("note", "error", "warning")]
    assert marks(found, ())[cell].severity == "error"
