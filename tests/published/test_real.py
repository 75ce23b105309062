"""Real published pages and PDFs: every figure right, or blank with a reason; none wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.published.made import read
from xlreport.data import parse_report


@pytest.mark.parametrize(
    ("name", "kind"), [("hongze_2024", "pdf"), ("shanghai_office_2019", "html"), ("shuyang_ndrc_2023", "html")]
)
def test_real(shared: Path, name: str, kind: str) -> None:
    """Every cell that somebody read by eye is read the same, whatever the page did to its tables."""
    folder = shared / "cases" / "published"
    due = parse_report((folder / f"{name}.json").read_bytes())
    reading = read((folder / f"{name}.{kind}").read_bytes(), kind, lenient=True)
    assert reading.report.form == due.form
    assert reading.report.year in (None, due.year)  # two of them are the middle of a page, without its title
    assert {cell: reading.report.figures.get(cell) for cell in due.figures} == due.figures
    told = {cell for finding in reading.findings for cell in finding.cells}
    assert due.statute.figures.keys() - reading.report.figures.keys() - due.blanks() <= told


TEXTS = {  # and the share of cells that text leaves readable
    "hongze_2024": 1.0,
    "pingtan_2019": 0.9,  # nobody can cut table 二 of those three, but where it has zeros only
    "pingtan_2021": 0.97,
    "pingtan_2022": 0.97,
    "shanghai_stc_2024": 0.96,  # its heads are torn, and a row without its total does not add up
    "suqian_2023": 0.92,
    "suqian_2024": 0.92,
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(shared: Path, name: str) -> None:
    """Of text that lost its cells, most figures are found, none is wrong, and each that is not found is told."""
    folder = shared / "cases" / "published"
    due = parse_report((folder / f"{name}.json").read_bytes())
    reading = read((folder / f"{name}.txt").read_bytes(), "txt", lenient=True)
    assert reading.report.form == due.form
    found = reading.report.figures
    assert not {
        cell: (found[cell], due.figures[cell])
        for cell in due.figures
        if found.get(cell, due.figures[cell]) != due.figures[cell]
    }
    assert sum(cell in found for cell in due.figures) >= TEXTS[name] * len(due.figures)
    told = {cell for finding in reading.findings for cell in finding.cells}
    assert due.figures.keys() - found.keys() <= told


def test_one_row(shared: Path) -> None:
    """（六） in one row is read as 3.其他, and said so."""
    reading = read((shared / "cases" / "published" / "hongze_2024.pdf").read_bytes(), "pdf")
    assert reading.report.figures["t3.other.other.total"] == 0
    assert "t3.other.fee_overdue.total" not in reading.report.figures
    assert "published.one_row" in {finding.key for finding in reading.findings}
    assert (reading.report.agency, reading.report.year) == ("淮安市洪泽区人民政府", 2024)
    assert {"preamble", "overview.lead", "problems", "other_matters"} <= reading.report.text.keys()
