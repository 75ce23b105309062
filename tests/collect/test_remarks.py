"""xlreport.collect.remarks: what the matching found, told to the unit."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.collect.made import TWO, report, roster, tree, write
from xlreport.collect.run import collect

WRONG = {"t3.received.natural_person": 1}


def test_remarks_come_first(tmp_path) -> None:
    """Another year, two of one unit, a stranger: the message says so first, also where the figures pass."""
    folder, out = tmp_path / "in", tmp_path / "out"
    units = roster(tmp_path, *(f"{name},部门" for name in "甲乙丙丁"))
    for name, made in {
        "a": report("甲"),
        "b": report("乙"),
        "b2": report("乙", WRONG),
        "c": report("丙", WRONG, year=2023),
        "d": report("丁", WRONG),
        "x": report("某某"),
    }.items():
        write(folder, name, made)
    collect(folder, out, TWO, roster=units, year=2024)
    said = {path.name[0:2].strip("."): path.read_text() for path in sorted((out / "returns").glob("*.txt"))}
    assert set(said) == {"b", "b2", "c", "d", "x"}
    assert all(said[name].startswith("【须先处理】") == (name != "d") for name in said)
    assert "b.json、b2.json" in said["b"]
    assert "错误" in said["b2"]
    assert "应报送 2024 年度" in said["c"]
    assert "【错误】" not in said["c"], "what was found in the other year's report is beside the point"
    assert "某某" in said["x"]
    sheet = openpyxl.load_workbook(out / "status.xlsx")["单位"]
    links = {row[1].value: str(row[12].hyperlink.target) for row in sheet.iter_rows(min_row=2) if row[12].hyperlink}
    assert links["某某"].endswith("x.json.txt")
    told = {
        str(row[10].hyperlink.target)
        for row in openpyxl.load_workbook(out / "status.xlsx")["文件"]
        if row[10].hyperlink
    }
    assert {"b.json.txt", "b2.json.xlsx", "x.json.txt"} < {name.rpartition("/")[2] for name in told}
    assert all((out / unquote(name)).is_file() for name in told)


def test_a_remark_goes_with_its_cause(tmp_path) -> None:
    """A second run judges nothing again and leaves the same bytes; a remark that no longer holds goes."""
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a", report("甲"))
    write(folder, "a2", report("甲", WRONG))
    collect(folder, out, TWO)
    before = tree(out)
    assert collect(folder, out, TWO).reused == 2
    assert tree(out) == before
    (folder / "a.json").unlink()
    collect(folder, out, TWO)
    assert [path.name for path in sorted((out / "returns").glob("*.json.*"))] == ["a2.json.txt", "a2.json.xlsx"]
    assert (out / "returns" / "a2.json.txt").read_text().startswith("甲：")
    (folder / "a2.json").unlink()
    write(folder, "b", report("乙"))
    write(folder, "b2", report("乙"))
    collect(folder, out, TWO)
    (folder / "b2.json").unlink()
    collect(folder, out, TWO)
    assert not list((out / "returns").glob("*.json.*"))


def first_sheet(path: Path) -> str:
    """The words on the first sheet of a list."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return "\n".join(str(cell.value) for cell in sheet["A"])


def test_the_list_tells_them_too(tmp_path) -> None:
    """Who opens only the list sees the remarks on its first sheet, those of the message word for word."""
    folder, out = tmp_path / "in", tmp_path / "out"
    units = roster(tmp_path, "甲,部门,,是,,2025-01-31", "乙,部门")
    write(folder, "a", report("甲", WRONG))
    write(folder, "b", report("乙", WRONG, year=2023))
    collect(folder, out, TWO, roster=units, year=2024)
    for name in ("a", "b"):
        said, message = first_sheet(out / "returns" / f"{name}.json.xlsx"), (out / "returns" / f"{name}.json.txt")
        head, _, _ = message.read_text().partition("\n\n")
        assert said.startswith(head)
        assert "须先处理" in head
    assert "后面各表是按 2023 年核对的" in said


def test_a_list_is_made_as_if_undisturbed(tmp_path) -> None:
    """Ended between judging and remarks, gone over twice, remarks come and gone: the bytes of a run of its own."""
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a", report("甲", WRONG))
    collect(folder, tmp_path / "alone", TWO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xlreport.collect.run.write_remarks", lambda *_: None)
        write(folder, "a2", report("甲", WRONG))
        collect(folder, out, TWO)
    assert collect(folder, out, TWO).reused == 2
    collect(folder, tmp_path / "both", TWO)
    assert tree(out) == tree(tmp_path / "both")
    (folder / "a2.json").unlink()
    collect(folder, out, TWO)
    assert tree(out) == tree(tmp_path / "alone")


def test_a_list_that_somebody_filled_in(tmp_path) -> None:
    """It stays in its place as it is; the message alone tells what is new."""
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a", report("甲", WRONG))
    collect(folder, out, TWO)
    list_ = out / "returns" / "a.json.xlsx"
    book = openpyxl.load_workbook(list_)
    book["问题清单"]["K2"] = "见附件"
    book.save(list_)
    filled = list_.read_bytes()
    write(folder, "a2", report("甲"))
    collect(folder, out, TWO)
    assert list_.read_bytes() == filled
    assert "a2.json" in (out / "returns" / "a.json.txt").read_text()


def test_a_list_loses_its_remark_whatever_the_message_says(tmp_path) -> None:
    """A message that somebody put words before keeps them; the list is still ours, and its remark goes."""
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a", report("甲", WRONG))
    write(folder, "a2", report("甲"))
    collect(folder, out, TWO)
    message, list_ = (out / "returns" / f"a.json{end}" for end in (".txt", ".xlsx"))
    assert "须先处理" in first_sheet(list_)
    message.write_text(f"请看：{message.read_text()}")
    (folder / "a2.json").unlink()
    collect(folder, out, TWO)
    assert "须先处理" not in first_sheet(list_)
    assert message.read_text().startswith("请看：")


def test_twins(tmp_path) -> None:
    """Of two files that are the same byte by byte it is said, and what holds for both is said once."""
    folder = tmp_path / "in"
    units = roster(tmp_path, "甲,部门,,是,,2025-01-31", "乙,部门")
    for name in ("a", "a2"):
        write(folder, name, report("甲", year=2023))
    write(folder, "b", report("乙"))
    write(folder, "b2", report("乙", WRONG))
    collect(folder, tmp_path / "out", TWO, roster=units, year=2024)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")["单位"]
    told = {row[1]: str(row[11]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert told["甲"].count("报告的年度是 2023") == 1
    assert "a.json、a2.json 是同一份文件" in told["甲"]
    assert "同一份" not in told["乙"]


def test_unusable_is_matched_by_its_name(tmp_path) -> None:
    """A damaged file named after one unit, by its longest name, stands in that unit's line, and is no report."""
    folder = tmp_path / "in"
    units = roster(
        tmp_path,
        "清水区,汇总",
        "清水区信访局,部门,清水区",
        "清水区民政局,部门,清水区,是,老民政局",
        "清水区教育局,部门,清水区",
    )
    write(folder, "a", report("清水区教育局"))
    for name in ("清水区信访局.xlsx", "2024老民政局报告.doc", "清水区教育局.xlsx", "清水区信访局和清水区民政局.xlsx"):
        (folder / name).write_bytes(b"damaged")
    found = collect(folder, tmp_path / "out", TWO, roster=units)
    told = {line.unit.name: [line.state, *(seen.name for seen in line.files)] for line in found.lines if line.unit.name}
    assert told == {
        "清水区信访局": ["refused", "清水区信访局.xlsx"],
        "清水区民政局": ["refused", "2024老民政局报告.doc"],
        "清水区教育局": ["reported", "a.json"],
    }
    assert found.summary()[1].startswith("名册应报 3 个单位，实报 1，年度不符 0，收到了但不能用 2，未报 0")
    assert sum(not line.unit.name for line in found.lines) == 2
