"""Figures in the words of real reports, which are read beside the project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.narrative.reading.made import report
from xlreport.data import parse_report
from xlreport.form.weigh import Number
from xlreport.narrative.reading import stated

REAL = {"shanghai_office_2019": ["258件", "265件"]}
"""The contradictions that the notes of the cases name."""

PARTS = {"hongze_2024": ["17件"]}
"""Figures of an office within a whole district."""


def published(shared: Path) -> Iterator[Path]:
    folder = shared / "cases" / "published"
    return (path for path in sorted(folder.glob("*.json")) if not path.name.endswith(".notes.json"))


def test_real_contradictions(shared):
    """On every published text exactly those figures contradict that its notes name."""
    agreeing = 0
    for path in published(shared):
        told = stated(parse_report(path.read_bytes()))
        wrong = [figure.figure for figure in told if figure.status == "contradicts" and not figure.part]
        parts = [figure.figure for figure in told if figure.part]
        assert (wrong, parts) == (REAL.get(path.stem, []), PARTS.get(path.stem, [])), path.stem
        agreeing += sum(figure.status == "agrees" for figure in told)
    assert agreeing >= 50


def test_zeros(shared):
    """A report of nothing but zeros, as published, has no contradiction, and its 没有收到 is tied."""
    text = (shared / "cases" / "laocheng_2024.txt").read_text(encoding="utf-8")
    prose = text.split("二、主动公开")[0]
    told = stated(report(prose, cells={}, key="overview.lead", agency="老城区工业和信息化和商务局"))
    assert [figure.cells for figure in told if figure.status == "agrees"] == [("t3.received.total",)]
    assert not [figure for figure in told if figure.status == "contradicts"]


def catalogued(shared: Path, start: str) -> str:
    """The words in the catalogue that begin so."""
    text = (shared / "domain" / "narrative-phrasings.md").read_text(encoding="utf-8")
    found = re.search(f"「({re.escape(start)}[^」]*)」", text)
    assert found, start
    return found[1]


TOTAL = {"t3.received.total": 3}
CATALOGUE: list[tuple[str, Mapping[str, Number], list[str]]] = [
    ("本年度，共受理政府信息公开", TOTAL, ["contradicts"]),
    ("现行有效行政规范性文件393", {"t2.normative_documents.in_force": 470}, ["contradicts", "other"]),
    ("全市全年共收办", {"t3.received.total": 3511, "t3.carried_in.total": 96}, ["agrees"]),
    ("全县全年共受理", {
        "t3.received.total": 713, "t3.carried_in.total": 36, "t3.received.natural_person": 705,
        "t3.carried_in.natural_person": 36, "t3.received.enterprise": 8,
    }, ["agrees"] * 3),
    ("政府信息公开行政复议 351", {
        "t4.reconsideration.upheld": 72, "t4.reconsideration.corrected": 64, "t4.reconsideration.other": 178,
        "t4.reconsideration.pending": 37, "t4.reconsideration.total": 351, "t4.litigation_direct.total": 46,
        "t4.litigation_direct.upheld": 25, "t4.litigation_direct.corrected": 5,
        "t4.litigation_direct.other": 9, "t4.litigation_direct.pending": 7,
    }, ["agrees"] * 10),
    ("全年备案政府信息", {"t4.reconsideration.total": 170, "t4.litigation_direct.total": 77}, ["other"] * 2),
    ("全年未收到政府信息公开类", {}, ["agrees"]),
    ("全年没有公民", {}, ["agrees"]),
    ("区政府办代表区政府", {"t3.received.total": 95}, ["other"]),
    ("2023年对25件", {}, ["other"] * 12),
]  # fmt: skip


@pytest.mark.parametrize(("start", "cells", "statuses"), CATALOGUE, ids=[entry[0] for entry in CATALOGUE])
def test_catalogue(shared, start, cells, statuses):
    """Real wordings are understood: what agrees, what contradicts, what is no statutory figure."""
    told = stated(report(catalogued(shared, start), cells=cells, key="overview.lead", agency=""))
    assert [figure.status for figure in told] == statuses


def test_false_friends(shared):
    """Nothing among the catalogue's numbers that must not be matched is tied to a cell."""
    text = (shared / "domain" / "narrative-phrasings.md").read_text(encoding="utf-8").split("## H.")[1]
    for words in re.findall("「([^」]+)」", text):
        told = stated(report(words, cells={"t3.received.total": 1}, key="overview.lead"))
        assert {figure.status for figure in told} <= {"other"}, words
