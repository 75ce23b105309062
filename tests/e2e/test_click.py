"""The whole way of a clerk, with a real mouse: wrong figures, 校验, mending them, 校验 again, 生成报告."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.document.pdftexts import pdf_tables
from tests.document.texts import docx_tables, html_tables
from tests.e2e.calc import Calc
from tests.e2e.conftest import PICTURES, Open
from tests.e2e.desktop import until
from tests.samples import city, write_workbook
from xlreport import job
from xlreport.cli import main as xlreport
from xlreport.form.weigh import Number

pytestmark = pytest.mark.office

PLACES: dict[str, tuple[str, Number]] = {
    "表二!B9": ("t2.licensing.decisions", Decimal("3.5")),  # not whole
    "表三!D8": ("t3.granted.natural_person", 1480),  # 1408 with two digits the other way round: relations fail
    "表四!H6": ("t4.litigation_direct.other", -1),  # negative
}
"""Where something is wrong, which figure that is, and what was typed."""


def mistyped(path: Path) -> Path:
    """The city's workbook with three figures wrong."""
    return write_workbook(replace(city(), figures={**city().figures, **dict(PLACES.values())}), path)


def click(calc: Calc, button: str) -> None:
    """Click a button of 校验."""
    calc.show("校验", "A5")
    calc.screen.settle()
    calc.screen.click(calc.button(button))


def links(calc: Calc) -> dict[str, str]:
    """Where on 校验 the links are that the last check has listed, by where they lead."""
    found = calc.document.NamedRanges.getByName("found").getReferredCells().RangeAddress
    first, last = found.StartRow + 1, found.StartRow + 100
    sheet = calc.document.Sheets.getByName("校验")
    shown = sheet.getCellRangeByName(f"G{first}:G{last}").getDataArray()
    return {text: f"G{row}" for row, (text,) in reversed(list(enumerate(shown, first))) if text}


def here(calc: Calc) -> str:
    """The selected cell, or the first of those merged with it."""
    return str(
        calc.document.getCurrentSelection()
        .AbsoluteName.partition(":")[0]
        .replace("$", "")
        .replace(".", "!")
        .replace("'", "")
    )


def test_the_whole_way(start: Open, workbook: Path) -> None:
    """Three wrong cells are marked, listed, found by their links, mended, found right, and the report is made."""
    calc = start(mistyped(workbook))
    screen, before = calc.screen, calc.colours()
    verdict = job.check(workbook)

    click(calc, "xlr_validate")
    text = calc.answered(lambda: screen.picture(PICTURES / "1-errors.png"))
    assert str(len(verdict.errors)) in text
    marked = {place for place, colour in calc.colours().items() if before.get(place) != colour}
    wrong = {place for finding in verdict.errors for place in finding.addresses}
    assert marked == wrong | {"表三!D8"}
    assert set(PLACES) <= set(links(calc))
    screen.picture(PICTURES / "2-listed.png")

    for place, (figure, _) in PLACES.items():
        right = str(city().figures[figure])
        screen.click(calc.cell("校验", links(calc)[place]), held="ctrl")
        until(lambda: here(calc) == place, f"the link to lead to {place}")  # noqa: B023
        screen.picture(PICTURES / f"3-{place.replace('!', '-')}.png")
        screen.type(right)
        screen.keys("Return")
        until(lambda: calc.text(*place.split("!")) == right, "the figure to be typed")  # noqa: B023

    click(calc, "xlr_validate")
    text = calc.answered(lambda: screen.picture(PICTURES / "4-pass.png"))
    assert text.startswith("校验通过")
    assert calc.colours() == before

    click(calc, "xlr_export")
    text = calc.answered(lambda: screen.picture(PICTURES / "5-exported.png"), key="Escape")
    files = {kind: workbook.with_suffix(f".{kind}") for kind in ("docx", "pdf", "html")}
    assert all(str(path) in text for path in files.values())

    screen.keys("ctrl+s")
    until(lambda: not calc.document.isModified(), "the workbook to be saved")
    assert xlreport(["template", "verify", str(workbook)]) == 0
    assert xlreport(["check", str(workbook)]) == 0
    report = job.read(workbook).report
    assert report.figures == city().figures
    tables = docx_tables(job.render(report, "docx"))
    assert (
        tables
        == docx_tables(files["docx"].read_bytes())
        == pdf_tables(files["pdf"].read_bytes())
        == html_tables(files["html"].read_text(encoding="utf-8"))
    )
