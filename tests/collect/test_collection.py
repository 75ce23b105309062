"""xlreport.collect.collection: how many units stand how, in words and in numbers."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.collect.made import TWO, report, roster, write
from xlreport.collect.collection import Collection
from xlreport.collect.rollup import rollup
from xlreport.collect.run import collect

UNITS = ("区,汇总", *(f"{name},部门,区" for name in "甲乙丙丁戊"), "己,部门,区,是,,2025-01-31")
SAID = "我局在政府信息公开工作中仍存在主动公开内容不够全面的问题。下一步将加强对业务人员的培训指导。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of another year, on another form, copied, late, and of nobody; one unit sent nothing."""
    folder = tmp_path / "in"
    told = {name: {"problems": SAID} for name in "甲丁"}
    for name, made in {
        "a": report("甲"),
        "b": report("乙", year=2023),
        "c": report("丙", form="2019"),
        "d": report("丁"),
        "f": report("己"),
        "g": report(""),
    }.items():
        write(folder, name, replace(made, text={**made.text, **told.get(made.agency or "", {})}))
    for path in folder.iterdir():
        os.utime(path, (1_735_000_000,) * 2)
    os.utime(folder / "f.json", (1_740_000_000,) * 2)  # 2025-02-20
    return folder


def made(tmp_path: Path, folder: Path, *units: str) -> Collection:
    given = roster(tmp_path, *units) if units else None
    return collect(folder, tmp_path / "out", TWO, roster=given, year=2024)


def test_a_wrong_year_is_not_delivered(tmp_path, folder) -> None:
    """A report of another year, form, late or copied is told in its unit's state, in the summary, tiles and list."""
    found = made(tmp_path, folder, *UNITS)
    states = {line.unit.name: line.state for line in found.lines}
    assert states == {
        **dict.fromkeys("甲丁", "reported"),
        "乙": "year",
        "丙": "form",
        "戊": "missing",
        "己": "late",
        "": "nameless",
    }
    _, units, also = found.summary()
    assert units.startswith("名册应报 6 个单位，实报 4，年度不符 1，收到了但不能用 0，未报 1，重复 0，不在名册 0")
    assert also.endswith("版本不符 1；逾期 1；正文疑似照抄 2；没有写单位 1")
    text = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    tiles = {name: int(number) for number, name in re.findall(r"<b>(\d+)</b>(.+?)</li>", text)}
    assert tiles["实报"] == 4
    assert tiles["年度不符（不算已报）"] == tiles["版本不符"] == tiles["逾期"] == tiles["没有写单位"] == 1
    assert tiles["正文疑似照抄"] == 2
    assert tiles["通过（单位）"] == 3, "neither another year nor another form is green"
    book = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")
    counts = {row[0]: row[1] for row in book["统计"].iter_rows(min_row=2, values_only=True)}
    assert {name: counts[name] for name in tiles} == tiles
    shown = {row[1]: row[5] for row in book["单位"].iter_rows(min_row=2, values_only=True)}
    assert (shown["乙"], shown["丙"], shown["己"]) == ("年度不符", "版本不符", "逾期")


def test_without_a_roster(tmp_path, folder) -> None:
    """Nobody is off a roster that was not given; another year is counted all the same."""
    found = made(tmp_path, folder)
    assert {line.state for line in found.lines} == {"reported", "year", "form", "nameless"}
    assert "年度不符 1（不算已报）" in found.summary()[1]
    assert "不在名册" not in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")


def test_one_of_two_of_the_right_year(tmp_path) -> None:
    """Who sent a report of the right year beside one of another sent two; who sent two of another sent none."""
    for name, unit, year in (("a", "甲", 2024), ("b", "甲", 2023), ("c", "乙", 2023), ("d", "乙", 2023)):
        write(tmp_path / "in", name, report(unit, year=year))
    found = made(tmp_path, tmp_path / "in", "甲,部门", "乙,部门")
    assert [line.state for line in found.lines] == ["duplicate", "year"]
    assert "应报 2 个单位，实报 1，年度不符 1" in found.summary()[1]


TREE = ("市,汇总", "区,汇总,市", "甲,部门,区", "乙,部门,区", "丙,部门,市", "丁,部门,市,否", "戊,部门,丁")


@pytest.mark.parametrize("here", ["甲乙丙", "区", "区丙", "区甲", "丁戊", "甲乙丙丁戊", "市", "市区甲乙丙"])
def test_as_rollup_counts(tmp_path, here: str) -> None:
    """Who is due, there and missing is the same to collect and to rollup, whatever parts or wholes came in."""
    for name in here:
        write(tmp_path / "in", name, report(name))
    units = roster(tmp_path, *TREE)
    found = collect(tmp_path / "in", tmp_path / "out", TWO, roster=units)
    summed = rollup(tmp_path / "in", TWO, roster=units)
    assert found.roster is not None
    shown = {unit.name for unit in found.roster.due} - found.roster.summed
    assert shown == {"丁", "戊"}
    missing = {line.unit.name for line in found.lines if line.state == "missing"}
    assert {one.unit.name for one in (*summed.missing, *summed.covered)} == missing - shown
    standing = found.standing()
    there = standing["reported"] - len(shown & set(here))
    assert summed.due == {"due": standing["due"] - len(shown), "there": there, "missing": len(missing - shown)}
    assert f"（其中没有报来的 {len(missing & shown)} 个）" in found.summary()[2]
