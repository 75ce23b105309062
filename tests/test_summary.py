"""The year in one picture says what the tables say, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import bureau, city
from xlreport.report import Report
from xlreport.summary import Chart, Summary, summarise


def chart(summary: Summary, id_: str) -> Chart:
    return next(chart for chart in summary.charts if chart.id == id_)


def changed(**figures: int | None) -> Report:
    """The city's report with some cells of table 3 changed; None leaves one blank."""
    cells = {f"t3.{name.replace('__', '.')}": value for name, value in figures.items()}
    left = {cell: value for cell, value in city().figures.items() if cell not in cells}
    given = {cell: value for cell, value in cells.items() if value is not None}
    return replace(city(), figures={**left, **given})


def test_figures():
    """Every bar is a figure of the tables, or the sum of the figures of its group; shares are of the chart's sum."""
    summary, figures = summarise(city()), city().figures
    assert [bar.value for bar in summary.numbers] == [3525, 121, 3521, 125, 170, 77]
    assert [(b.label, b.value, b.share) for b in chart(summary, "applicants").bars][:4] == [
        ("自然人", 3440, "97.6%"),
        ("商业企业", 75, "2.1%"),
        ("科研机构", 0, "0.0%"),
        ("社会公益组织", 1, "<0.1%"),
    ]
    outcomes = {bar.label: bar.value for bar in chart(summary, "outcomes").bars}
    assert list(outcomes) == ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]
    refused = [value for cell, value in figures.items() if cell.startswith("t3.refused.") and cell.endswith(".total")]
    assert outcomes["不予公开"] == sum(refused) == 92
    assert sum(value or 0 for value in outcomes.values()) == figures["t3.concluded.total"]
    reasons = chart(summary, "reasons")
    assert ("无法提供", "本机关不掌握相关政府信息", 897, "78.0%") in [
        (b.part, b.label, b.value, b.share) for b in reasons.bars
    ]
    assert all(bar.value for bar in reasons.bars)
    assert reasons.remark == "没有列出的理由都是0件。"


def test_last_year():
    """Both years stand side by side where last year's report is given, and what it lacks is left out."""
    trend = chart(summarise(city()), "trend").bars
    assert [(bar.part, bar.label, bar.value) for bar in trend[:2]] == [
        ("本年新收", "2023年", 3511),
        ("本年新收", "2024年", 3525),
    ]
    last = city().last_year
    assert last
    kept = {cell: value for cell, value in last.figures.items() if not cell.startswith("t4.litigation")}
    without = summarise(replace(city(), last_year=replace(last, figures=kept)))
    assert "行政诉讼" not in [bar.part for bar in chart(without, "trend").bars]


@pytest.mark.parametrize("year", [None, 2022, 2024])
def test_not_last_year(year):
    """A report of another year is not compared."""
    last = city().last_year
    assert last
    summary = summarise(replace(city(), last_year=replace(last, year=year)))
    assert "trend" not in [chart.id for chart in summary.charts]
    assert "trend" not in [chart.id for chart in summarise(replace(city(), last_year=None)).charts]


def test_blanks():
    """A blank is told, and no share is computed beside it; a sum with a blank in it is blank."""
    summary = summarise(changed(received__enterprise=None, refused__state_secret__total=None))
    applicants, outcomes = chart(summary, "applicants"), chart(summary, "outcomes")
    assert [(bar.told, bar.share) for bar in applicants.bars[:2]] == [("3440", ""), ("未填", "")]
    assert applicants.remark == "有的数没有填写，不算比例。"
    assert {bar.label: bar.told for bar in outcomes.bars}["不予公开"] == "未填"
    assert "未填" in [bar.told for bar in chart(summary, "reasons").bars]
    assert "未填" in summary.words


def test_derived_blanks():
    """A total computed from blank cells is blank."""
    report = replace(city(), figures={"t3.received.natural_person": 3}).totalled()
    assert report.figures["t3.received.total"] == 3
    assert summarise(report).numbers[0].told == "未填"


def test_negative():
    """No share is computed from a figure below zero, which is shown as it stands."""
    applicants = chart(summarise(changed(received__enterprise=-1)), "applicants")
    assert ("商业企业", "-1", "") in [(bar.label, bar.told, bar.share) for bar in applicants.bars]


def test_nothing_to_count():
    """A report of zeros says so in a sentence, and so does one that is not filled in; the two are not the same."""
    zeros, empty = summarise(bureau()), summarise(Report("2021", "某局", 2024))
    assert zeros.remark.startswith("本年没有收到政府信息公开申请")
    assert empty.remark == "表三和表四还没有填写，填好以后这里就有图。"
    assert not [chart for chart in (*zeros.charts, *empty.charts) if chart.id != "trend"]
    assert {bar.told for bar in empty.numbers} == {"未填"}


def test_a_chart_of_zeros():
    """Where only one chart has nothing to draw, it alone says so."""
    reasons = {c: 0 for c in city().figures if c.startswith(("t3.refused", "t3.unavailable", "t3.unprocessed"))}
    summary = summarise(replace(city(), figures={**city().figures, **reasons}))
    assert chart(summary, "reasons").remark == "本年没有不予公开、无法提供或者不予处理的申请。"
    assert chart(summary, "outcomes").bars


def test_shares_are_never_rounded_to_all_or_nothing():
    """What is a little is not 0.0%, and what is not all is not 100.0%."""
    little = dict.fromkeys((c for c in city().figures if c.startswith("t3.received.")), 0)
    figures = {**city().figures, **little, "t3.received.natural_person": 99_999, "t3.received.other": 1}
    bars = chart(summarise(replace(city(), figures=figures)), "applicants").bars
    assert [bars[0].share, bars[1].share, bars[-1].share] == [">99.9%", "0.0%", "<0.1%"]


def test_older_form():
    """The form of 2019, whose 其他处理 is one row, has the same charts."""
    cells = Report("2019", "某局", 2020).statute.figures
    summary = summarise(Report("2019", "某局", 2020, dict.fromkeys(cells, 2)))
    assert [chart.id for chart in summary.charts] == ["applicants", "outcomes", "reasons"]
    assert chart(summary, "outcomes").bars[-1][:2] == ("其他处理", 2)


def test_words():
    """The sentences name every bar that is drawn."""
    summary = summarise(city())
    for one in summary.charts:
        assert one.title in summary.words
        for bar in one.bars:
            assert f"{bar.label}{bar.told}件" in summary.words
