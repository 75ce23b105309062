"""Filling the template, and reading back what was filled."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.reports import reports
from tests.workbook.test_read import NAME, put
from xlreport.data import parse_report
from xlreport.errors import FormError, InputError
from xlreport.form import FORMS, load_form
from xlreport.report import Report
from xlreport.safe.zips import open_zip, repack
from xlreport.workbook.fill import fill, given_totals_that_differ, unkept, write_draft
from xlreport.workbook.patch import patch
from xlreport.workbook.read import read_workbook
from xlreport.workbook.template import template_bytes

SLOW = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


@SLOW
@given(st.sampled_from(FORMS).flatmap(reports))
def test_what_is_filled_reads_back_equal(report):
    """Figures, facts, text, draft and last year come back as they were, totals as their sums, with nothing to say."""
    reading = read_workbook(fill(report))
    assert reading.report == report.totalled().settled()
    assert reading.findings == ()
    assert unkept(report) == ()


def test_the_real_reports_are_kept(shared: Path):
    """Every published report fills its template: inputs come back equal, totals are their sums."""
    cases = [p for p in sorted((shared / "cases/published").glob("*.json")) if ".notes" not in p.name]
    assert len(cases) >= 9
    for case in cases:
        report = parse_report(case.read_bytes())
        reading = read_workbook(fill(report))
        expected = report.totalled()
        assert reading.report == expected, case.name
        for cell in report.statute.inputs:
            assert reading.report.figures.get(cell) == report.figures.get(cell)
        assert reading.findings == ()
        differing = {c: given for c, given in report.figures.items() if given != expected.figures[c]}
        assert {cell: given for cell, given, _ in given_totals_that_differ(report)} == differing


@pytest.mark.parametrize("text", ["一" * 32_767, "=" * 32_767, "甲\n" * 16_000, "_x0041_" * 3_000])
def test_the_longest_text_is_kept(text):
    """A cell's full 32,767 characters come back, line breaks and escapes included."""
    report = Report("2021", "某局", 2024, text={"problems": text})
    assert read_workbook(fill(report)).report.text == {"problems": text}


@pytest.mark.parametrize(
    ("text", "key"), [("一" * 32_768, "too_long"), ("😀" * 16_384, "too_long"), ("a\x01", "control")]
)
def test_text_that_no_cell_can_hold_is_refused(text, key):
    """Text too long for a cell, counted as Excel counts, or with a control character, is named and not cut."""
    with pytest.raises(InputError) as caught:
        fill(Report("2021", "某局", 2024, text={"problems": text}))
    assert caught.value.key == f"workbook.{key}"
    assert "正文" in caught.value.tell()


def test_the_same_report_gives_the_same_bytes():
    """Filling twice gives the same file."""
    report = Report("2021", "某局", 2024, {"t2.fees.amount": Decimal("3.25")}, {"problems": "一"})
    assert fill(report) == fill(report)


def test_what_cannot_be_kept_is_named():
    """Headings, and whatever of last year's report 基本信息 does not ask, are listed by their keys."""
    last = Report(
        "2019", "旧局", 2021, {"t3.granted.other": 1, "t3.received.other": 2}, {"preamble": "x", "problems": "y"}
    )
    report = Report("2021", "某局", 2024, headings={"problems": "五、问题"}, last_year=last)
    assert unkept(report) == (
        "headings.problems",
        "last_year.form",
        "last_year.agency",
        "last_year.year",
        "last_year.figures.t3.granted.other",
        "last_year.text.preamble",
    )
    kept = read_workbook(fill(report)).report.last_year
    assert kept == Report("2021", "某局", 2023, {"t3.received.other": 2}, {"problems": "y"})


def test_given_totals_are_compared_with_sums():
    """A given total that is not the sum of its parts is told with both numbers; one that is, is not."""
    figures = {"t3.received.natural_person": 3, "t3.received.total": 4, "t3.granted.other": 2, "t3.granted.total": 2}
    report = Report("2021", "某局", 2024, figures)
    assert given_totals_that_differ(report) == (("t3.received.total", 4, 3),)


def test_a_template_of_another_form_is_refused():
    """Data of one form do not go into the template of the other."""
    with pytest.raises(FormError):
        fill(Report("2021", "某局", 2024), template_bytes("2019"))


def test_filling_over_a_filled_workbook_leaves_nothing_of_the_old():
    """A workbook filled before ends as the new report says, blanks included."""
    old = fill(Report("2021", "旧局", 2020, {"t3.granted.other": 1}, {"problems": "旧"}, contact="旧"))
    new = Report("2021", "新局", 2024, {"t3.received.other": 1})
    assert read_workbook(fill(new, old)).report == new.totalled()


def test_only_inputs_change():
    """Every part but the sheets, the styles included, keeps its bytes."""
    template = open_zip(template_bytes("2021"))
    filled = open_zip(fill(Report("2021", "某局", 2024, {"t3.granted.other": 1}, {"problems": "一"})))
    assert list(filled.parts) == list(template.parts)
    changed = [name for name, part in template.parts.items() if filled.parts[name] != part]
    assert all(name.startswith("xl/worksheets/") for name in changed)


def test_long_text_gets_a_tall_row():
    """The row of a long paragraph grows; 409 points is the tallest that a row can be."""
    heights = []
    for length in (10, 300, 30_000):
        data = fill(Report("2021", "某局", 2024, draft={"note.t2": "一" * length}))
        part = next(p for p in open_zip(data).parts.values() if "一一一".encode() in p)
        row = re.search(rb'<row [^>]*? ht="([0-9.]+)"[^>]*>(?:(?!</row>).)*' + "一一一".encode(), part)
        assert row
        heights.append(float(row[1]))
    assert heights[0] < heights[1] < heights[2] == 409


DRAFT = {"overview.lead": "新的草稿", "problems": "问题"}


def test_a_draft_replaces_only_the_draft_before():
    """Final text, figures and facts stay as the clerk left them; a draft that is no more goes."""
    report = Report("2021", "某局", 2024, {"t3.granted.other": 7}, {"problems": "定稿"}, {"note.t2": "旧"})
    after = read_workbook(write_draft(fill(report), DRAFT)).report
    assert after == dataclasses.replace(report, draft=DRAFT).totalled()
    assert after.words["problems"] == "定稿"


def test_no_business_writes_zeros_where_nothing_is():
    """With 无业务 the draft fills blank inputs with 0, and leaves numbers, and text that is wrong, alone."""
    report = Report("2021", "某局", 2024, {"t3.granted.other": 7}, facts={"no_business": "是"})
    data = patch(fill(report), {"t3_received_other": "12件"})
    after = read_workbook(write_draft(data, DRAFT))
    settled = patch(write_draft(data, DRAFT), {"fact_no_business": None})
    figures = read_workbook(settled).report.figures
    assert figures["t3.granted.other"] == 7
    assert "t3.received.other" not in figures
    assert len(figures) == len(load_form("2021").figures) - 1
    assert [finding.code for finding in after.findings] == ["FIG-TEXT"]


def test_a_clerk_s_own_formula_keeps_its_value():
    """An input typed as =3+4 still reads 7 after a draft was written."""
    data = fill(Report("2021", "某局", 2024, {"t3.granted.other": 7}))
    package = open_zip(data)
    name = next(n for n, p in package.parts.items() if b"<v>7</v></c>" in p)
    part = package.parts[name].replace(b"<v>7</v>", b"<f>3+4</f><v>7</v>", 1)
    after = read_workbook(write_draft(repack(package, {name: part}), DRAFT))
    assert after.report.figures["t3.granted.other"] == 7
    assert after.findings == ()


def test_a_clerk_s_formula_stays_where_no_business_writes_zeros():
    """With 无业务 a formula that gave nothing, or was never calculated, is not blank: no 0 takes its place."""
    report = Report("2021", "某局", 2024, facts={"no_business": "是"})
    for inside in ("<f>我的表!A1</f>", '<f>IF(1,"","")</f><v></v>'):
        typed = put(fill(report), NAME, inside, ' t="str"')
        drafted = open_zip(write_draft(typed, {"problems": "一"})).parts["xl/worksheets/sheet4.xml"].decode()
        assert inside.split("</f>")[0] in drafted
        assert read_workbook(write_draft(typed, {})).report.figures["t3.received.total"] == 0
