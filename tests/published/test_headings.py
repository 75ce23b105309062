"""Headings of sections as offices write them: words come under their section's key, and what is not sure is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.published.made import read, stripped
from tests.published.sketch import Sketch, lines, sketch
from tests.published.written import WRITERS
from tests.samples import city
from xlreport.finding import Reading
from xlreport.form import load_form

REPORT = replace(
    city(),
    draft={},
    text={
        "preamble": "根据《条例》编制本报告。",
        "overview.lead": "全年认真做好公开工作。",
        "problems": "人手不足，将加强培训。",
        "other_matters": "本年度未收取信息处理费。",
    },
)
KINDS = ("page", "docx", "pdf", "piped")
OTHERS = {
    "一、总体情况": "一、概述",
    "三、收到和处理政府信息公开申请情况": "三、依申请公开政府信息的情况",
    "四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议提起行政诉讼情况",
    "五、存在的主要问题及改进情况": "五、工作中存在的不足和下一步打算",
    "六、其他需要报告的事项": "六、其他情况",
}
HEADINGS = [section.heading for section in load_form("2021").sections]


def numbered(number: Callable[[int], str]) -> Callable[[str], str]:
    """The headings numbered otherwise; nothing else changed."""
    return lambda line: number(HEADINGS.index(line)) + line[2:] if line in HEADINGS else line


NUMBERS: dict[str, Callable[[str], str]] = {
    "by Word": numbered(lambda _: ""),
    "part": numbered(lambda n: f"第{'一二三四五六'[n]}部分 "),
    "digit": numbered(lambda n: f"{n + 1}、"),
    "no mark": numbered(lambda n: f"{'一二三四五六'[n]} "),
    "brackets": numbered(lambda n: f"（{'一二三四五六'[n]}）"),
    "other words": lambda line: OTHERS.get(line, line),
    "shorter": lambda line: line.replace("四、政府信息公开行政复议", "四、行政复议").replace(
        "五、存在的主要", "五、存在"
    ),
}


def made(source: Sketch, kind: str) -> Reading:
    suffix, write = WRITERS[kind]
    return read(write(source), suffix[1:], lenient=True)


def texts(reading: Reading) -> dict[str, str]:
    return {key: re.sub(r"\s", "", text) for key, text in reading.report.text.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", NUMBERS)
def test_numbers(kind: str, way: str) -> None:
    """However headings are numbered or worded, each text is under its key, and the headings keep their words."""
    source = lines(NUMBERS[way])(sketch(REPORT))
    reading = made(source, kind)
    assert texts(reading) == REPORT.text
    assert not any(finding.code == "PUB-TEXT" for finding in reading.findings)
    for section in load_form("2021").sections:
        heading = reading.report.headings.get(section.id, section.heading)
        assert re.sub(r"\s", "", heading) == re.sub(r"\s", "", NUMBERS[way](section.heading))


def test_guessed() -> None:
    """A heading that is known by its number alone is told."""
    told = [x.values["shown"] for x in made(lines(NUMBERS["other words"])(sketch(REPORT)), "page").findings]
    assert "五、工作中存在的不足和下一步打算" in told


@pytest.mark.parametrize("kind", KINDS)
def test_missing(kind: str) -> None:
    """A heading that is not there is told by name, on import and on check."""
    source = lines(lambda line: "" if line.startswith("五、") else line)(sketch(REPORT))
    suffix, write = WRITERS[kind]
    for lenient in (True, False):
        findings = read(write(source), suffix[1:], lenient=lenient).findings
        told = [finding for finding in findings if finding.key == "published.text.missing"]
        assert [finding.values["sections"] for finding in told] == ["“五、存在的主要问题及改进情况”"]


@pytest.mark.parametrize(("titled", "key"), [(True, "none"), (False, "nothing")])
def test_none(titled: bool, key: str) -> None:
    """Where no heading is recognised, it is said how many words were not put under any."""
    source = lines(lambda line: "" if line in HEADINGS or (not titled and "年度报告" in line) else line)(sketch(REPORT))
    found = next(finding for finding in made(source, "page").findings if finding.code == "PUB-TEXT")
    assert found.key == f"published.text.{key}"
    assert found.values["count"] == sum(map(len, REPORT.text.values()))


@pytest.mark.parametrize("kind", KINDS)
def test_contents(kind: str) -> None:
    """A table of contents takes no section's words away."""
    source = sketch(REPORT)
    reading = made(source._replace(blocks=(*source.blocks[:2], "目录", *HEADINGS, *source.blocks[2:])), kind)
    assert texts(reading) == REPORT.text
    assert "published.aside" in {finding.key for finding in reading.findings}


@pytest.mark.parametrize("kind", ["page", "docx", "piped"])
def test_in_one_line(kind: str) -> None:
    """Words in the line of their heading are read, and 无 in a heading is a text."""
    for line, due in (
        ("六、其他需要报告的事项：本年度未收取信息处理费。", "本年度未收取信息处理费。"),
        ("六、无其他需要报告的事项", "无其他需要报告的事项"),
    ):
        blocks = (*sketch(REPORT).blocks[:-2], line)
        assert texts(made(sketch(REPORT)._replace(blocks=blocks), kind))["other_matters"] == due


def test_nothing_else_to_report() -> None:
    """无其他需要报告的事项 is the text of a section and not its heading."""
    report = replace(REPORT, text={**REPORT.text, "other_matters": "无其他需要报告的事项"})
    reading = made(lines(NUMBERS["other words"])(sketch(report)), "page")
    assert texts(reading)["other_matters"] == "无其他需要报告的事项"


@pytest.mark.parametrize("kind", KINDS)
def test_above_a_table(kind: str) -> None:
    """A sentence between a heading and its table is not lost."""
    blocks = sketch(REPORT).blocks
    at = blocks.index(HEADINGS[2]) + 1
    reading = made(sketch(REPORT)._replace(blocks=(*blocks[:at], "本年收到申请较多。", *blocks[at:])), kind)
    assert texts(reading) == {**REPORT.text, "note.t3": "本年收到申请较多。"}
    assert "published.text.above" in {finding.key for finding in reading.findings}


@pytest.mark.parametrize("kind", ["page", "piped"])
def test_compared(kind: str) -> None:
    """What a comparison program added to the headings is left out, and that it may have added more is told."""
    source = lines(lambda line: f"{line} (重复率: 40%)" if line in HEADINGS else line)(sketch(REPORT))
    reading = made(source, kind)
    assert texts(reading) == REPORT.text
    assert not reading.report.headings
    assert "published.text.compared" in {finding.key for finding in reading.findings}


@pytest.mark.parametrize("kind", ["page", "docx", "piped"])
@pytest.mark.parametrize("number", ["— 5 —", "- 5 -", "第5页", "第 5 页 共 9 页"])
def test_page_numbers(kind: str, number: str) -> None:
    """The number of a page is no text, and a sentence that it cut in two is whole."""
    half, rest = "各单位对政府信息公开工作的认识和重视程度还不", "够高，将加强培训。"
    report = replace(REPORT, text={**REPORT.text, "problems": half + rest})
    blocks = list(sketch(report).blocks)
    at = blocks.index(half + rest)
    blocks[at : at + 1] = [half, number, rest]
    assert texts(made(sketch(report)._replace(blocks=(*blocks, number)), kind)) == report.text


OURS = [
    {
        "overview.lead": "甲。",
        "overview.proactive": "乙。",
        "overview.on_request": "丙。",
        "overview.more": "（六）特色\n丁。",
    },
    {"overview.lead": "甲。", "overview.more": "（六）特色\n丁。\n（七）其他\n戊。"},
    {"overview.on_request": "丙。", "overview.more": "（三）特色\n丁。"},
    {"overview.on_request": "丙。\n（一）受理\n丙。\n（二）答复\n丙。\n（三）送达\n丙。", "overview.oversight": "戊。"},
    {"overview.proactive": "一、总体情况", "overview.oversight": "一、总体情况\n戊。"},
]


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
@pytest.mark.parametrize("text", OURS)
def test_ours(kind: str, text: dict[str, str]) -> None:
    """Our own documents give every text back under its key, though they carry no data."""
    report = replace(REPORT, text={**REPORT.text, "overview.lead": "", **text})
    found = read(stripped(report, kind), kind).report.text
    assert found == {key: value for key, value in report.text.items() if value}
