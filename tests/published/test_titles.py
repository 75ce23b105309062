"""Titles: which one is the report's, and when a document has several reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.published.made import read
from tests.published.sketch import Sketch, sketch
from tests.published.written import WRITERS
from tests.samples import city
from xlreport.errors import InputError
from xlreport.report import Report

ZEROS = Report(form="2021", agency="某市财政局", year=2024, figures=dict.fromkeys(city().figures, 0))
KINDS = ("page", "site", "docx", "pdf", "xlsx", "piped", "spaced")


def both(one: Sketch, other: Sketch, *between: str) -> Sketch:
    """One below the other."""
    return one._replace(blocks=(*one.blocks, *between, *other.blocks))


def told(source: Sketch, kind: str) -> tuple[str, int | None]:
    suffix, write = WRITERS[kind]
    report = read(write(source), suffix[1:], lenient=True).report
    return report.agency, report.year


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", [{"agency": "某市教育局"}, {"year": 2023}])
def test_equal_tables(kind: str, other: dict[str, str | int]) -> None:
    """Two reports of other agencies or years are refused by name, though all their figures are the same."""
    source = both(sketch(ZEROS), sketch(replace(ZEROS, **other)))  # type: ignore[arg-type]
    with pytest.raises(InputError) as raised:
        told(source, kind)
    assert raised.value.key == "published.several_titles"
    assert str(next(iter(other.values()))) in raised.value.tell("zh")


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_same(kind: str) -> None:
    """A report that a page has twice, for print or for phones, is read, though the second have no title."""
    one = sketch(ZEROS)
    for other in (one, one._replace(blocks=one.blocks[1:]), one._replace(blocks=("打印", "关闭", *one.blocks))):
        assert told(both(one, other), kind) == ("某市财政局", 2024)


@pytest.mark.parametrize("kind", ["page", "docx", "piped"])
def test_links(kind: str) -> None:
    """Titles of other years in a list of links, before or after the report, are not the report's."""
    links = tuple(f"{year}年政府信息公开工作年度报告" for year in (2023, 2022, 2021))
    before = ("首页", "政务公开", *links)
    source = sketch(ZEROS)
    for blocks in ((*source.blocks, *links), (*before, "信息来源", *source.blocks), (*before, *source.blocks)):
        assert told(source._replace(blocks=blocks), kind)[1] == 2024
    assert told(source._replace(blocks=(*before, *source.blocks)), kind)[0] == "某市财政局"


@pytest.mark.parametrize("kind", KINDS)
def test_within(kind: str) -> None:
    """A line of the text that reads as another year's title makes no second report."""
    source = sketch(replace(ZEROS, text={"overview.lead": "甲。"}))
    at = source.blocks.index("甲。") + 1
    blocks = (*source.blocks[:at], "某市财政局2023年政府信息公开工作年度报告", *source.blocks[at:])
    assert told(source._replace(blocks=blocks), kind) == ("某市财政局", 2024)


def test_on_a_site() -> None:
    """Navigation above a report does not become part of its agency's name."""
    assert told(sketch(ZEROS), "site") == ("某市财政局", 2024)


def test_on_several_lines() -> None:
    """A title may stand on several lines."""
    source = sketch(ZEROS)
    blocks = ("某市", "财政局", "2024年", "政府信息公开工作年度报告", *source.blocks[1:])
    assert told(source._replace(blocks=blocks), "page") == ("某市财政局", 2024)


@pytest.mark.parametrize(
    "title",
    [
        "某市财政局二〇二四年政府信息公开工作年度报告",
        "某市财政局２０２４年度政府信息公开年报",
        "某市财政局2024年政府信息公开工作年度报告（公开版）",
        "某市财政局政府信息公开工作年度报告（2024年度）",
        "【年报】某市财政局2024年政府信息公开工作年度报告",
        "某市财政局关于2024年政府信息公开工作年度报告",
        "当前位置：首页 > 政府信息公开年报 > 某市财政局2024年政府信息公开工作年度报告",
        "首页>年报>某市财政局2024年政府信息公开工作年度报告",
    ],
)
@pytest.mark.parametrize("mark", ["p", "h1"])
def test_wording(title: str, mark: str) -> None:
    """Agency and year are read however the title words them, and nothing of the site is in the agency's name."""
    source = sketch(ZEROS)
    page = WRITERS["page"][1](source).decode().replace("<p>&emsp;&emsp;", f"<{mark}>", 1)
    page = page.replace(str(source.blocks[0]) + "</p>", f"{title}</{mark}>", 1)
    report = read(page.encode(), "html", lenient=True).report
    of_site = mark == "p" and "首页" in title  # a line that is the way to a page is no title
    assert (report.agency, report.year) == (("", None) if of_site else ("某市财政局", 2024))


def test_unmarked() -> None:
    """Titles of other years above one that nothing marks, headings without numbers, are not the report's."""
    source = sketch(ZEROS)
    blocks = [block[2:] if isinstance(block, str) and block[1:2] == "、" else block for block in source.blocks]
    links = (f"某市财政局{year}年政府信息公开工作年度报告" for year in (2023, 2022))
    assert told(source._replace(blocks=(*links, *blocks)), "page") == ("某市财政局", 2024)
