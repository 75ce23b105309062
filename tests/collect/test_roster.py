"""xlreport.collect.roster: who must report, and lists that contradict themselves."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from xlreport.collect.roster import Unit, read_roster
from xlreport.errors import InputError

HEAD = "单位,曾用名,代码,类别,上级,汇总,截止日期\n"
LINES = "某区,,01,汇总,,,\n甲局,老甲局；旧甲局,02,部门,某区,是,2025年1月31日\n乙局,,03,垂直管理,某区,否,2025/1/31\n"
UNITS = (
    Unit("某区", code="01", kind="汇总"),
    Unit("甲局", ("老甲局", "旧甲局"), "02", "部门", "某区", summed=True, deadline=date(2025, 1, 31)),
    Unit("乙局", (), "03", "垂直管理", "某区", summed=False, deadline=date(2025, 1, 31)),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv(tmp_path, encoding: str) -> None:
    """CSV in UTF-8 or GBK gives the units in order."""
    path = tmp_path / "r.csv"
    path.write_bytes((HEAD + LINES).encode(encoding))
    assert read_roster(path).units == UNITS


def test_workbook(tmp_path) -> None:
    """An .xlsx gives the same, dates as dates."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (HEAD + LINES).splitlines():
        sheet.append(line.split(","))
    sheet["G3"] = date(2025, 1, 31)
    book.save(tmp_path / "r.xlsx")
    assert read_roster(tmp_path / "r.xlsx").units == UNITS


def test_names(tmp_path) -> None:
    """A unit is found by today's name and by former ones, white space left out; its parent may be named by those."""
    path = tmp_path / "r.csv"
    path.write_text(HEAD + LINES + "丙所,,,,老甲局,,\n", encoding="utf-8")
    roster = read_roster(path)
    assert roster.unit("甲 局") == roster.unit("旧甲局") == UNITS[1]
    assert roster.unit("丁局") is roster.unit(None) is None
    assert [unit.name for unit in roster.parts["甲局"]] == ["丙所"]
    assert [unit.name for unit in roster.due] == ["甲局", "乙局", "丙所"]


@pytest.mark.parametrize(
    ("lines", "key", "named"),
    [
        ("", "empty", ""),
        ("甲,,,,,,\n甲,,,,,,", "twice", "甲"),
        ("区,,,,,,\n县,,,,,,\n甲,,,,区,,\n甲,,,,县,,", "two_parents", "县"),
        ("区,,,,,,\n县,,,,,,\n甲,,,,区；县,,", "two_parents", "区"),
        ("甲,,,,乙,,\n乙,,,,丙,,\n丙,,,,甲,,", "circle", "甲 → 乙 → 丙 → 甲"),
        ("甲,,,,甲,,", "circle", "甲 → 甲"),
        ("甲,,,,丁,,", "no_parent", "丁"),
        ("\n".join(f"u{n},,,,u{n + 1},," for n in range(60)) + "\nu60,,,,,,", "deep", "50"),
        ("甲,老,,,,,\n乙,老,,,,,", "former", "老"),
        ("甲,乙,,,,,\n乙,,,,,,", "former", "乙"),
        (",,01,,,,", "no_name", "2"),
        ("甲,,,,,也许,", "summed", "也许"),
        ("甲,,,,,,明天", "date", "明天"),
        ("甲,,,,,,2025-02-30", "date", "2025-02-30"),
    ],
)
def test_contradictions(tmp_path, lines: str, key: str, named: str) -> None:
    """A roster that contradicts itself is refused, and the sentence names where."""
    path = tmp_path / "r.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_roster(path)
    assert refused.value.key == f"collect.roster.{key}"
    assert named in refused.value.tell()
    assert "r.csv" in refused.value.tell()


def test_brackets(tmp_path) -> None:
    """A name is the same with brackets of either width: nobody is a stranger, or there twice, over that."""
    path = tmp_path / "r.csv"
    path.write_text(HEAD + "甲局（乙局）,,,,,,\n", encoding="utf-8")
    assert read_roster(path).unit("甲局(乙局)") is not None
    path.write_text(HEAD + "甲局（乙局）,,,,,,\n甲局(乙局),,,,,,\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_roster(path)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *(
            (name, "垂直管理")
            for name in ("垂直管理", "垂直", "垂管", "垂直管理单位", "省以下垂直管理部门", "Vertical")
        ),
        *((name, "汇总") for name in ("汇总", "汇总单位", "合计")),
        *(
            (name, name)
            for name in (
                "非垂直管理",
                "地方单位（非垂直管理）",
                "本级（不含垂管）",
                "双管（非垂管）",
                "部门",
                "乡镇/街道",
                "汇总科",
            )
        ),
    ],
)
def test_kinds_by_other_names(tmp_path, written: str, kind: str) -> None:
    """The kinds on which sums depend are known however they are called: nobody is added up where he must not be."""
    path = tmp_path / "r.csv"
    path.write_text(HEAD + f"甲,,,{written},,,\n", encoding="utf-8")
    assert read_roster(path).units[0].kind == kind


def test_every_mistake_is_told(tmp_path) -> None:
    """All mistakes of a roster are told in one line, which names the file once; of very many the rest is counted."""
    path = tmp_path / "名册.csv"
    lines = ["甲,,,,,也许,明天", ",,01,,,,", "乙,,,,丁,,", "丙,,,,丙,,", "甲,,,,,,", "戊,乙,,,,,"]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_roster(path)
    told = refused.value.tell().split("；")
    assert len(told) == 7
    assert [path.name in one for one in told] == [True] + [False] * 6
    assert "; line 3" in refused.value.tell("en")
    for said in ("第 2 行“汇总”", "明天", "第 3 行没有写", "“丁”不在", "丙 → 丙", "“甲”出现了两次", "“戊”"):
        assert sum(said in line for line in told) == 1, said
    path.write_text(HEAD + ",,1,,,,\n" * 30, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_roster(path)
    assert refused.value.tell().endswith("另有 21 处错误")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_no_roster(tmp_path, content: bytes) -> None:
    """What is no roster is refused."""
    path = tmp_path / "r.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_roster(path)


@pytest.mark.parametrize(
    ("content", "key", "named"),
    [
        (HEAD + "甲,,01,,,,\n乙,,01,,,,\n", "code", "“甲”和“乙”"),
        ("单位,代码,单位\n甲,1,乙\n", "same_heads", "单位"),
        (HEAD + "甲\0局,,01,,,,\n", "control", "第 2 行"),
        (HEAD + "甲,老\x07甲,01,,,,\n", "control", "第 2 行"),
    ],
)
def test_slips(tmp_path, content: str, key: str, named: str) -> None:
    """A code or a head that is there twice, and characters that nobody sees, are told by name or line."""
    path = tmp_path / "r.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_roster(path)
    assert refused.value.key == f"collect.roster.{key}"
    assert named in refused.value.tell()


def test_heads_below_a_title_on_another_sheet(tmp_path) -> None:
    """The heads are found below a title, after a sheet of explanations; lines are told by their number on the sheet."""
    book = openpyxl.Workbook()
    notes, sheet = book.worksheets[0], book.create_sheet("名册")
    notes.append(["列名", "说明"])
    notes.append(["单位", "必填"])
    for line in ("某区单位名册（2024 年）", "", *(HEAD + LINES).splitlines()):
        sheet.append(line.split(","))
    sheet["G6"] = "2025-02-30"
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(InputError, match="第 6 行"):
        read_roster(tmp_path / "r.xlsx")
    sheet["G6"] = date(2025, 1, 31)
    book.save(tmp_path / "r.xlsx")
    assert [unit.name for unit in read_roster(tmp_path / "r.xlsx").units] == ["某区", "甲局", "乙局"]
