"""xlreport.collect.caveat: an unsound sum says so where it is opened."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.collect.made import report, roster, write
from xlreport import job
from xlreport.cli import main

WRONG = {"t3.received.natural_person": 1}


def rolled(tmp_path: Path, *more: str) -> Path:
    out = tmp_path / "sum.xlsx"
    assert main(["rollup", str(tmp_path / "in"), "--out", str(out), "--agency", "某区", *more]) < 2
    return out


def test_what_is_wrong_stands_in_the_workbook(tmp_path, capsys) -> None:
    """Missing, doubtful and differing units stand below table 3, by name; the template is whole."""
    for name, figures in {"甲": None, "乙": WRONG}.items():
        write(tmp_path / "in", f"{name}的文件", report(name, figures))
    units = roster(tmp_path, "甲", "乙", "丙", "丁")
    whole = write(tmp_path, "whole", report("某区", {"t3.received.enterprise": 7}))
    out = rolled(tmp_path, "--roster", str(units), "--whole", str(whole))
    note = job.read(out).report.text["note.t3"]
    for said in ("缺 2 个单位", "丙、丁", "自身不相符（乙）", "自报合计不同（某区）"):
        assert said in note
    assert "文件" not in note
    assert job.verify_template(out) == ()
    report_, findings = job.read(out)
    verdict = job.judge(out, report_, findings)
    assert [one.code for one in verdict.errors if "汇总" in one.message()] == ["TXT-HOLDER"]
    first = openpyxl.load_workbook(tmp_path / "sum.明细.xlsx").worksheets[0]
    told = [line.removeprefix("xlreport: ") for line in capsys.readouterr().err.splitlines()]
    assert [str(cell.value).partition(". ")[2] for cell in first["A"]][1:] == told
    assert "公布前" in str(first["A1"].value)


def test_a_whole_of_nobody(tmp_path, capsys) -> None:
    """Where a whole does not say whose it is, its file is told to whoever compares, never in the workbook."""
    write(tmp_path / "in", "a", report("甲"))
    whole = write(tmp_path, "初稿", report("", {"t3.received.enterprise": 7}))
    note = job.read(rolled(tmp_path, "--whole", str(whole))).report.text["note.t3"]
    assert "自报合计不同（—）" in note
    assert "初稿" not in note
    assert "初稿.json：" in capsys.readouterr().err
    table = openpyxl.load_workbook(tmp_path / "sum.明细.xlsx")["核对"]
    assert str(table["A2"].value).endswith("初稿.json")


def test_names_of_files_do_not_matter(tmp_path) -> None:
    """The note is the same whatever the files are called."""
    made = []
    for names in ("ab", "ba"):
        for name, agency in zip(names, ("甲", "乙"), strict=True):
            write(tmp_path / "in", name, report(agency, WRONG))
        made.append(rolled(tmp_path).read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_a_sound_sum_says_nothing(tmp_path, form: str) -> None:
    """Where all is well, or only counted in from an older form whole, there is neither note nor first sheet."""
    write(tmp_path / "in", "a", report("甲"))
    write(tmp_path / "in", "b", report("乙", form=form))
    out = rolled(tmp_path, "--form", "2021")
    assert "note.t3" not in job.read(out).report.text
    assert openpyxl.load_workbook(tmp_path / "sum.明细.xlsx").sheetnames[0] == "各单位"


def test_left_out(tmp_path) -> None:
    """Figures of an older form that have no like are noted with their unit."""
    write(tmp_path / "in", "a", report("甲"))
    write(tmp_path / "in", "b", report("乙", {"t2.rules.made": 4}, form="2019"))
    assert (
        "有 1 个数没有相同的项目，没有加入（乙）" in job.read(rolled(tmp_path, "--form", "2021")).report.text["note.t3"]
    )
