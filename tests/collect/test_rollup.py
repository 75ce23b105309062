"""xlreport rollup: the sum as a locked workbook, its parts beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.collect.made import TWO, report, roster, tree, write
from xlreport import job
from xlreport.cli import main
from xlreport.collect.details import details
from xlreport.collect.rollup import rollup
from xlreport.collect.run import collect
from xlreport.collect.settings import Deed, Outcomes, Settings
from xlreport.form import load_form
from xlreport.report import Report
from xlreport.workbook.fill import fill

CELL = "t3.received.natural_person"
PARTS = {"甲": 2, "乙": 3, "丙": 4}


def balanced(name: str, number: int) -> Report:
    return report(name, {CELL: number, "t3.granted.natural_person": number})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, number in PARTS.items():
        write(tmp_path / "in", name, balanced(name, number))
    return tmp_path / "in"


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_the_sum_is_a_locked_workbook(tmp_path, folder, capsys) -> None:
    """The sum stands in the template as inputs, its totals are formulas, and every cell's parts are listed."""
    out = tmp_path / "sum.xlsx"
    assert main(["rollup", str(folder), "--out", str(out), "--agency", "某区"]) == 0
    assert job.verify_template(out) == ()
    made, findings = job.read(out)
    assert not findings
    assert (made.agency, made.year, made.kind) == ("某区", 2024, "汇总")
    assert made.figures[CELL] == made.figures["t3.received.total"] == 9
    assert openpyxl.load_workbook(out)["表三"]["J6"].value.startswith("=")
    parts = [row[2:4] for row in rows(tmp_path / "sum.明细.xlsx", "各格组成") if row[4] == CELL]
    assert sorted(parts) == sorted(PARTS.items())
    assert "3" in capsys.readouterr().out


def test_names_of_files_and_their_order_do_not_matter(tmp_path, folder) -> None:
    """Files that come in another order give the same workbook, byte for byte."""
    other = tmp_path / "other"
    other.mkdir()
    for at, name in enumerate(PARTS):
        shutil.copy(folder / f"{name}.json", other / f"{9 - at}.json")
    for source in (folder, other):
        main(["rollup", str(source), "--out", str(tmp_path / f"{source.name}.xlsx"), "--agency", "区"])
    assert (tmp_path / "in.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    before = tree(tmp_path)
    main(["rollup", str(folder), "--out", str(tmp_path / "in.xlsx"), "--agency", "区", "--workers", "1"])
    assert tree(tmp_path) == before


def test_whoever_reads_them_and_when(tmp_path, folder) -> None:
    """Files that are read in another order, by one process or two, give the same workbook and list beside it."""

    def backwards(deed: Deed, tasks: Iterable[Any], _: Settings) -> Outcomes:
        return ((task, deed(task)) for task in reversed(list(tasks)))

    made = [rollup(folder, settings) for settings in (TWO, TWO._replace(workers=1), TWO._replace(mapper=backwards))]
    assert len({fill(one.report) for one in made}) == 1
    assert len({details(one, tmp_path / "a.xlsx", folder) for one in made}) == 1


def test_output_within(tmp_path, folder) -> None:
    """An output within the folder is not taken for a part the next time."""
    for _ in range(2):
        assert main(["rollup", str(folder), "--out", str(folder / "sum.xlsx"), "--agency", "区"]) == 0
    assert job.read(folder / "sum.xlsx").report.figures[CELL] == 9


@pytest.mark.parametrize("name", ["b.xlsx", "b.明细.xlsx"])
def test_output_in_the_place_of_a_part(tmp_path, folder, name: str, capsys) -> None:
    """A unit's report is neither left out of the sum nor written over: 2, and it is as it was."""
    part = folder / name
    part.write_bytes(fill(balanced("丁", 5)))
    before = tree(tmp_path)
    assert main(["rollup", str(folder), "--out", str(folder / "b.xlsx"), "--agency", "区"]) == 2
    assert "丁" in capsys.readouterr().err
    assert tree(tmp_path) == before


def test_output_in_the_place_of_a_broken_part(tmp_path, folder, capsys) -> None:
    """A file that cannot be read may be a unit's report: it is named and stays."""
    (folder / "b.xlsx").write_bytes(fill(balanced("丁", 5))[:9000])
    before = tree(tmp_path)
    assert main(["rollup", str(folder), "--out", str(folder / "b.xlsx")]) == 2
    assert "b.xlsx" in capsys.readouterr().err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("option", ["--whole", "--roster", "--adjust"])
@pytest.mark.parametrize("name", ["w.xlsx", "w.明细.xlsx"])
def test_output_in_the_place_of_an_input(tmp_path, folder, option: str, name: str, capsys) -> None:
    """What the sum is compared with, its roster and its adjustments are not written over."""
    given = tmp_path / name
    given.write_bytes(fill(balanced("区", 9)))
    before = tree(tmp_path)
    assert main(["rollup", str(folder), "--out", str(tmp_path / "w.xlsx"), option, str(given)]) == 2
    assert name in capsys.readouterr().err
    assert tree(tmp_path) == before


def test_adjustments(tmp_path, folder, capsys) -> None:
    """An adjustment is a line with cell, amount and reason; it is in the sum and in the list."""
    adjust = tmp_path / "adjust.csv"
    adjust.write_text(
        "单元格,调整数,原因\n表三!D6,-1,联合受理只计一次\nt3.granted.natural_person,−1,同上\n", encoding="utf-8"
    )
    out = tmp_path / "sum.xlsx"
    assert main(["rollup", str(folder), "--out", str(out), "--adjust", str(adjust)]) == 0
    assert job.read(out).report.figures[CELL] == 8
    assert ("表三!D6", -1, "联合受理只计一次") in [
        (row[0], *row[2:]) for row in rows(tmp_path / "sum.明细.xlsx", "调整")
    ]


@pytest.mark.parametrize("cell", ["表三!d6", "表三！D6", "'表三'!$D$6", " 表三 ! Ｄ６", CELL])
def test_cells_as_people_write_them(tmp_path, folder, cell: str) -> None:
    """An address is understood in small letters, in full width, and as a spreadsheet program pastes it."""
    adjust = tmp_path / "adjust.csv"
    adjust.write_text(f"单元格,调整数,原因\n{cell},-1,因\n", encoding="gb18030")
    main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--adjust", str(adjust)])
    assert job.read(tmp_path / "sum.xlsx").report.figures[CELL] == 8


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("表九!D6,1,因", "表九!D6"),
        ("表三!J6,1,因", "表三!J6"),
        ("表三!D6,许多,因", "许多"),
        ("表三!D6,0,因", "0"),
        ("表三!D6,1.5,因", "整数"),
        ("表三!D6,1,", "2"),
    ],
)
def test_adjustments_refused(tmp_path, folder, capsys, line: str, named: str) -> None:
    """An adjustment of what is no input, without amount or without reason is refused by its line."""
    adjust = tmp_path / "adjust.csv"
    adjust.write_text(f"单元格,调整数,原因\n{line}\n", encoding="utf-8")
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--adjust", str(adjust)]) == 2
    assert named in capsys.readouterr().err
    assert not list(tmp_path.glob("*.xlsx"))


def test_every_wrong_adjustment_is_told(tmp_path, folder, capsys) -> None:
    """Each wrong line is told by its number in one go; of very many the rest is counted."""
    adjust = tmp_path / "adjust.csv"
    lines = ["单元格,调整数,原因", "表三!J6,1,因", "表三!D6,-1,因", "表三!D6,许多,因", *["表九!A1,1,因"] * 20]
    adjust.write_text("\n".join(lines), encoding="utf-8")
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--adjust", str(adjust)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.count("adjust.csv") == 1
    told = line.split("；")
    assert [row in line for row, line in zip(("第 2 行", "第 4 行", "第 5 行"), told, strict=False)] == [True] * 3
    assert len(told) == 11
    assert "12 行" in told[-1]


def test_fractions_are_exact(tmp_path) -> None:
    """Amounts add up to the last digit."""
    for name, amount in (("甲", "0.1"), ("乙", "0.2"), ("丙", "12345678901.23")):
        write(tmp_path / "in", name, report(name, {"t2.fees.amount": Decimal(amount)}))
    assert main(["rollup", str(tmp_path / "in"), "--out", str(tmp_path / "sum.xlsx")]) == 0
    assert job.read(tmp_path / "sum.xlsx").report.figures["t2.fees.amount"] == Decimal("12345678901.53")


def test_whole(tmp_path, folder, capsys) -> None:
    """A whole that somebody typed is compared with the sum; a difference is told by cell and exits with 1."""
    arguments = ["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--whole"]
    assert main([*arguments, str(write(tmp_path, "right", balanced("区", 9)))]) == 0
    assert main([*arguments, str(write(tmp_path, "wrong", balanced("区", 10)))]) == 1
    assert CELL in capsys.readouterr().err


def test_roster(tmp_path, folder, capsys) -> None:
    """Along a roster: who is missing is named, groups add up to the sum, the top gives the name."""
    units = roster(tmp_path, "某区,汇总", "甲,部门,某区", "乙,乡镇/街道,某区", "丙,部门,某区", "丁,部门,某区")
    out = tmp_path / "sum.xlsx"
    assert main(["rollup", str(folder), "--out", str(out), "--roster", str(units)]) == 1
    told = capsys.readouterr()
    assert "丁" in told.err
    assert "应报 4，实报 3" in told.out
    assert job.read(out).report.agency == "某区"
    head, *lines = rows(tmp_path / "sum.明细.xlsx", "分组")
    assert head[2:] == ("合计", "乡镇/街道", "部门")
    assert ("表三!D6", 9, 3, 6) in [(line[0], *line[2:]) for line in lines]


def test_groups_by_parent(tmp_path, capsys) -> None:
    """By parent: from the top down as the roster has them; a sum that was adjusted later is headed as what it is."""
    for name in ("乙区一局", "甲市一局", "省厅"):
        write(tmp_path / "in", name, balanced(name, 1))
    above = ("省,汇总", "甲市,汇总,省", "乙区,汇总,甲市")
    units = roster(tmp_path, *above, "乙区一局,部门,乙区", "甲市一局,部门,甲市", "省厅,部门,省")
    adjust = tmp_path / "adjust.csv"
    adjust.write_text("单元格,调整数,原因\n表三!D6,-1,因\n表三!D8,-1,因\n", encoding="utf-8")
    arguments = ["rollup", str(tmp_path / "in"), "--out", str(tmp_path / "sum.xlsx"), "--roster", str(units)]
    heads = []
    for more in ([], ["--adjust", str(adjust)]):
        assert main([*arguments, "--group", "parent", *more]) == 0
        heads.append(rows(tmp_path / "sum.明细.xlsx", "分组")[0][2:])
    assert heads == [("合计", "省", "甲市", "乙区"), ("合计（调整前）", "省", "甲市", "乙区")]


def test_refused(tmp_path, folder, capsys) -> None:
    """A file that cannot be read, or of a unit that is not on the roster, stops the sum: nothing is written."""
    units = roster(tmp_path, "甲", "乙")
    arguments = ["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]
    assert main([*arguments, "--roster", str(units)]) == 2
    assert "丙.json" in capsys.readouterr().err
    (folder / "broken.xlsx").write_bytes(b"x")
    assert main(arguments) == 2
    assert "broken.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "sum.xlsx").exists()


def test_all_causes_at_once(tmp_path, folder, capsys) -> None:
    """Whatever must not be added is told in one line, a few of the files for each cause."""
    units = roster(tmp_path, *PARTS, *(f"u{number}" for number in range(6)), "税务局,垂直管理")
    for number in range(6):
        for copy in "ab":
            write(folder, f"u{number}{copy}", report(f"u{number}"))
    write(folder, "甲2023", report("甲", year=2023))
    write(folder, "old", report("乙", form="2019"))
    write(folder, "tax", report("税务局"))
    write(folder, "nobody", report(""))
    write(folder, "stranger", report("某某"))
    (folder / "broken.xlsx").write_bytes(b"x")
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--roster", str(units)]) == 2
    (told,) = capsys.readouterr().err.splitlines()
    named = ("broken.xlsx", "stranger.json", "nobody.json", "8 个单位", "甲2023", "old", "tax")
    assert sorted(named, key=told.index) == list(named)
    twice = told.partition("8 个单位")[2].partition("甲2023")[0]
    assert twice.count("（") == 3, "a few of many"
    assert not (tmp_path / "sum.xlsx").exists()


def test_two_forms(tmp_path, folder, capsys) -> None:
    """Two forms are refused, unless the older is counted into the newer: what is the same thing, and no more."""
    old = {
        CELL: 5,
        "t3.granted.natural_person": 3,
        "t3.other.natural_person": 2,
        "t2.licensing.decisions": 8,
        "t2.rules.made": 4,
    }
    write(folder, "丁", report("丁", old, form="2019"))
    out = tmp_path / "sum.xlsx"
    arguments = ["rollup", str(folder), "--out", str(out)]
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert "丁.json" in told
    assert "--form" in told
    assert not out.exists()
    assert main([*arguments, "--form", "2019"]) == 2
    assert "2021" in capsys.readouterr().err
    assert main([*arguments, "--form", "2021"]) == 1
    assert "丁.json" in capsys.readouterr().err
    made = job.read(out).report
    assert made.form == "2021"
    found = {cell: made.figures[cell] for cell in (CELL, "t3.other.other.natural_person", "t2.licensing.decisions")}
    assert found == {CELL: 14, "t3.other.other.natural_person": 2, "t2.licensing.decisions": 8}
    assert made.figures["t3.concluded.total"] == made.figures["t3.received.total"] == 14
    mapped = [(row[0], row[4], row[5], row[6]) for row in rows(tmp_path / "sum.明细.xlsx", "折算")[1:]]
    assert mapped == [
        ("丁", "表二“规章·本年新制作数量”", 4, "没有相同的项目，未加入"),
        ("丁", "表三“（六）其他处理·自然人”", 2, "表三“（六）其他处理·3.其他·自然人”"),
    ]


def test_nothing_left_out(tmp_path, folder, capsys) -> None:
    """Where every figure of the older form has its like, the sum is whole and the exit code is 0."""
    write(folder, "丁", report("丁", {CELL: 5, "t3.granted.natural_person": 5}, form="2019"))
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--form", "2021"]) == 0


def test_doubtful(tmp_path, folder, capsys) -> None:
    """A part that contradicts itself is named, and the sum says where it contradicts itself too."""
    write(folder, "丁", report("丁", {CELL: 1}))
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]) == 1
    told = capsys.readouterr().err
    assert "丁.json" in told
    assert "表三" in told


def test_equals_an_independent_sum(tmp_path, folder) -> None:
    """The workbook holds what DuckDB adds up over the figures of the collection."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    collect(folder, tmp_path / "out", TWO)
    main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")])
    asked = f"select cell, sum(value) from '{tmp_path}/out/figures.parquet' group by cell"
    assert dict(duckdb.sql(asked).fetchall()) == dict(job.read(tmp_path / "sum.xlsx").report.figures)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("某区,汇总", *(f"{name},部门,某区" for name in PARTS), "税务局,垂直管理,,否"), "某区"),
        (("某区,汇总", *(f"{name},部门,某区" for name in PARTS), "税务局,垂直管理,某区,否"), "某区"),
        (tuple(PARTS), ""),
    ],
)
def test_the_name_of_the_sum(tmp_path, folder, capsys, lines: tuple[str, ...], name: str) -> None:
    """The one unit at the top that is no vertical one gives the sum its name; where there is none, it is asked for."""
    units = roster(tmp_path, *lines)
    main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--roster", str(units)])
    assert (job.read(tmp_path / "sum.xlsx").report.agency or "") == name
    assert ("--agency" in capsys.readouterr().err) == (not name)


def test_a_whole_left_blank(tmp_path, folder, capsys) -> None:
    """A figure that is not there in a whole is told as that, not as 0."""
    whole = balanced("区", 9)
    whole = replace(whole, figures={cell: value for cell, value in whole.figures.items() if cell != CELL})
    path = write(tmp_path, "whole", whole)
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--whole", str(path)]) == 1
    assert "各单位之和为 9，自报合计没有填" in capsys.readouterr().err
    assert [row[3:] for row in rows(tmp_path / "sum.明细.xlsx", "核对")[1:]] == [(9, "没有填", None)]


def test_the_whole_of_another_unit(tmp_path, folder, capsys) -> None:
    """A whole of another unit is named as such; a former name of the same unit is no other."""
    units = roster(tmp_path, "某区,汇总,,,老区", *(f"{name},部门,某区" for name in PARTS))
    arguments = ["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx"), "--roster", str(units), "--whole"]
    assert main([*arguments, str(write(tmp_path, "old", balanced("老区", 9)))]) == 0
    assert main([*arguments, str(write(tmp_path, "other", balanced("县", 9)))]) == 1
    assert "“县”" in capsys.readouterr().err
    assert "另一个单位的（县）" in job.read(tmp_path / "sum.xlsx").report.text["note.t3"]


def test_a_whole_stands_for_its_parts(tmp_path, capsys) -> None:
    """Where only a whole came, the sum has it, and says in the workbook that nobody can check its parts."""
    write(tmp_path / "in", "a", balanced("街", 5))
    units = roster(tmp_path, "区,汇总", "街,汇总,区", "甲,部门,街", "乙,部门,街")
    assert main(["rollup", str(tmp_path / "in"), "--out", str(tmp_path / "sum.xlsx"), "--roster", str(units)]) == 1
    told = capsys.readouterr()
    assert "应报 2，实报 0，未报 2" in told.out
    assert "甲、乙" in told.err
    made = job.read(tmp_path / "sum.xlsx").report
    assert made.figures[CELL] == 5
    assert "有 2 个单位的报告没有收到，用的是上级自报的合计（甲、乙）" in made.text["note.t3"]
    assert [row[5] for row in rows(tmp_path / "sum.明细.xlsx", "各单位")[3:]] == ["未报（用上级合计）"] * 2


def test_blank_cells_are_told(tmp_path, folder, capsys) -> None:
    """What parts left blank counts as 0: told with the first cells, on the list too, and no fault; 无业务 has none."""
    for name, cells in (("丁", ("t2.rules.repealed", "t2.rules.issued", CELL)), ("戊", load_form("2021").inputs)):
        made = report(name)
        left = {cell: value for cell, value in made.figures.items() if cell not in cells}
        write(folder, name, replace(made, figures=left, facts={"no_business": "是"} if name == "戊" else {}))
    out = tmp_path / "sum.xlsx"
    assert main(["rollup", str(folder), "--out", str(out), "--agency", "区"]) == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert "有 1 个单位共 3 格没有填，按 0 计入：丁：表二!" in told
    assert told.count("表二!") == told.count("表三!D6") == 1
    assert "note.t3" not in job.read(out).report.text
    first = [str(row[0]) for row in openpyxl.load_workbook(tmp_path / "sum.明细.xlsx").worksheets[0].values]
    assert "提醒" in first[0]
    assert first[1].removeprefix("1. ") in told


def test_blank_cells_of_many(tmp_path, capsys) -> None:
    """Of many units three are named, of many cells three; one that is only shown is not counted."""
    for name in "甲乙丙丁戊":
        made = report(name)
        write(tmp_path / "in", name, replace(made, figures={}))
    units = roster(tmp_path, "甲", "乙", "丙", "丁", "戊,,,否")
    main(["rollup", str(tmp_path / "in"), "--out", str(tmp_path / "sum.xlsx"), "--roster", str(units)])
    told = next(line for line in capsys.readouterr().err.splitlines() if "按 0 计入" in line)
    count = 4 * len(load_form("2021").inputs)
    assert f"有 4 个单位共 {count} 格" in told
    assert told.count("表二!") == 3
    assert told.count("……") == 4


def test_why_a_file_is_refused(tmp_path, folder, capsys) -> None:
    """The refusal says of the first files why: a deleted row, 0 bytes."""
    book = openpyxl.load_workbook(BytesIO(fill(balanced("丁", 5))))
    book["表三"].delete_rows(8)
    book.save(folder / "row.xlsx")
    (folder / "zero.xlsx").touch()
    arguments = ["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]
    assert main(arguments) == 2
    (told,) = capsys.readouterr().err.splitlines()
    assert "row.xlsx" in told
    assert "表三" in told
    assert "zero.xlsx: 文件是空的（0 字节）" in told
    assert main([*arguments, "--lang", "en"]) == 2
    assert "0 bytes" in capsys.readouterr().err


def test_text_in_the_place_of_a_number(tmp_path, folder, capsys) -> None:
    """The first cell that holds no number is named, and is not told as blank."""
    book = openpyxl.load_workbook(BytesIO(fill(balanced("丁", 5))))
    book["表三"]["D6"] = "五件"
    book.save(folder / "text.xlsx")
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]) == 1
    told = capsys.readouterr().err
    assert "首先是：text.xlsx: " in told
    assert "五件" in told
    assert "按 0 计入" not in told


def test_without_a_roster(tmp_path, folder, capsys) -> None:
    """Nobody knows how many reports are due, and no number is given for it."""
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]) == 0
    told = capsys.readouterr().out
    assert "没有给名册" in told
    assert "应报 " not in told
