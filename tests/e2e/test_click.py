"""The whole way of a clerk, with a real mouse: wrong figures, 校验, mending them, 校验 again, 生成报告."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.conftest import PICTURES, Open
from tests.e2e.desktop import until
from tests.samples import city, write_workbook
from xlreport import job
from xlreport.cli import main as xlreport

pytestmark = pytest.mark.office

WRONG = {"t2.licensing.decisions": 3.5, "t3.granted.natural_person": 1480, "t4.litigation_direct.other": -1}
"""Not whole; two digits the other way round, so that two relations fail; negative."""


def mistyped(path: Path) -> Path:
    """The city's workbook with three figures wrong."""
    return write_workbook(replace(city(), figures={**city().figures, **WRONG}), path)


def test_the_whole_way(start: Open, workbook: Path) -> None:
    """三处错误被标红、列出、改正，再校验通过，最后生成三个文件：all by mouse and keys."""
    calc = start(mistyped(workbook))
    screen = calc.screen
    before = calc.colours()
    verdict = job.check(workbook)
    calc.show("校验")
    screen.click(calc.button("xlr_validate"))
    text = calc.answered(lambda: screen.picture(PICTURES / "1-errors.png"))
    assert str(len(verdict.errors)) in text
    marked = {place for place, colour in calc.colours().items() if before.get(place) != colour}
    screen.picture(PICTURES / "2-listed.png")
    assert marked == {place for finding in verdict.errors for place in finding.addresses}
