"""The cases of rules whose findings come from the reader of a workbook, through a real workbook."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from xlreport.finding import Finding
from xlreport.form import load_form
from xlreport.rules import RULES, Example, Rule, judge
from xlreport.workbook.fill import fill
from xlreport.workbook.read import read_workbook

READ = [rule for rule in RULES.values() if rule.judge is None and rule.wrong is not None]


def findings_of(example: Example) -> list[Finding]:
    """What reader and rules say of a workbook whose cells hold what the example says."""
    book = openpyxl.load_workbook(BytesIO(fill(example.report())))
    for cell, value in example.figures.items():
        figure = load_form("2021").figures[cell]
        book[figure.sheet][figure.cell] = value
    saved = BytesIO()
    book.save(saved)
    reading = read_workbook(saved.getvalue(), "a.xlsx")
    return [*reading.findings, *judge(reading.report)[0]]


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.code)
def test_wrong(rule: Rule) -> None:
    """The wrong case of a rule's page is found in each of its cells, as that rule and as nothing else."""
    assert rule.wrong is not None
    wrong = [cell for cell, value in rule.wrong.figures.items() if not isinstance(value, int)]
    found = [finding for finding in findings_of(rule.wrong) if finding.code.startswith("FIG-")]
    assert [(f.code, f.severity, f.cells) for f in found] == [(rule.code, rule.severity, (cell,)) for cell in wrong]


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.code)
def test_right(rule: Rule) -> None:
    """The right case of a rule's page has no finding about figures."""
    assert rule.right is not None
    assert not [finding for finding in findings_of(rule.right) if finding.code.startswith("FIG-")]


def test_there_are_some() -> None:
    """Text, error values and dates in cells are such cases."""
    assert {rule.code for rule in READ} == {"FIG-TEXT", "FIG-ERR", "FIG-DATE"}
