"""Plain text and Markdown."""

from __future__ import annotations

import pytest

from tests.published.made import read
from tests.samples import city
from xlreport.errors import InputError
from xlreport.form import FORMS, load_form
from xlreport.published.rows import rows_of
from xlreport.report import Report

HEADS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


def written(report: Report, joint: str, edge: str = "") -> str:
    """A report as text: each row of a table a line, label and cells with `joint` between."""
    form = report.statute
    lines = [f"{report.agency}{report.year}年政府信息公开工作年度报告", ""]
    for section in form.sections:
        lines += [section.heading, ""]
        if section.table:
            table = form.table(section.table)
            heads = [x.text for x in table.labels if x.role == "head"]
            lines += [f"{edge}{joint.join(heads)}{edge}"]
            for row in dict.fromkeys(figure.row for figure in table.figures):
                stubs = [x.text for x in table.labels if x.role == "stub" and x.row == row]
                cells = [str(report.figures.get(f.id, "")) for f in table.figures if f.row == row]
                lines += [edge + joint.join([*stubs, *cells]) + edge]
        lines += [line for key, _ in section.text for line in report.words.get(key, "").split("\n")]
    return "\n".join(lines)


def test_too_many_rows() -> None:
    """Of a text with more rows than a report can have none is looked at."""
    assert rows_of(["某某 1 2 3"] * 1_001) == []


def test_blank_lines_of_bars() -> None:
    """A list begins at its first value, however many bars stand before it, and ends with its last."""
    found = rows_of(["规章", *["|"] * 20_000, "7", *["||"] * 9, "", "第二十条"])
    assert [(row.line, row.label) for row in found] == [(20_001, "规章")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("joint", "edge"), [(" ", ""), ("\t", ""), ("    ", "  "), (" | ", "|"), ("|", "")])
def test_lines(form: str, joint: str, edge: str) -> None:
    """Rows on lines of their own are read to the last figure, whatever stands between the cells."""
    figures = {figure.id: 2 for figure in load_form(form).figures.values()}
    report = Report(form, "某市某局", 2024, figures, {"problems": "一是不够。\n二是改进。"}).totalled()
    found = read(written(report, joint, edge).encode(), "txt").report
    assert found.figures == report.figures
    assert (found.form, found.agency, found.year) == (form, "某市某局", 2024)
    assert found.text["problems"] == "一是不够。\n二是改进。"


def test_a_report() -> None:
    """A city's report as Markdown gives its figures, agency, year and text."""
    found = read(written(city(), " | ", "|").encode("gb18030"), "md").report
    assert found.figures == city().figures
    assert (found.agency, found.year) == (city().agency, city().year)
    assert found.text["problems"] == city().words["problems"]


def test_never_wrong() -> None:
    """A line that is missing, and a row that does not add up without its label, leave figures blank, not wrong."""
    lines = written(city(), " ").split("\n")
    for at, line in enumerate(lines):
        if not line or not line[-1].isdecimal():
            continue
        for damaged in ([*lines[:at], *lines[at + 1 :]], [*lines[:at], line.split(" ", 1)[1], *lines[at + 1 :]]):
            found = read("\n".join(damaged).encode(), "txt").report.figures
            assert not {cell for cell, number in found.items() if number != city().figures[cell]}, line


@pytest.mark.parametrize(
    "text", ["", "政府信息公开工作年度报告", "1 2 3 4 5 6 7\n" * 5000, "9" * 100_000, "| " * 50_000]
)
def test_nothing(text: str) -> None:
    """Text without a report is refused."""
    with pytest.raises(InputError):
        read(text.encode(), "txt")
