"""`check` in all its formats, with errata and explanations: exit codes, one line a mistake, nothing half-written."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from tests.results.verdicts import wrong_report
from tests.rules.test_entries import ERRATUM
from tests.samples import city, write_workbook
from xlreport.cli import main
from xlreport.data import dump_report


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a workbook in order, report data that are not, and no errata in the environment."""
    folder = tmp_path / "测试 目录（一）"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("XLREPORT_LANG", "XLREPORT_ERRATA", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    write_workbook(city(), folder / "好.xlsx")
    (folder / "错.json").write_text(dump_report(wrong_report()), encoding="utf-8")
    (folder / "勘误.toml").write_text(ERRATUM.replace("TXT-LEN", "FIG-BLANK"), encoding="utf-8")
    return folder


def complaint(capfd) -> str:
    """What stderr says, in one line."""
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    return str(err)


def test_a_page(here, capfd):
    """A page is printed, or written where it is wanted; the exit code is that of the verdict."""
    assert main(["check", "错.json", "--format", "html"]) == 1
    page = capfd.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert main(["check", "错.json", "--format", "html", "--output", "错.html"]) == 1
    assert (here / "错.html").read_text(encoding="utf-8") == page
    assert main(["check", "好.xlsx", "--format", "html", "--output", "好.htm"]) == 0


def test_a_list(here, capfd):
    """A list holds every file, also one that cannot be used, and links to the workbooks beside it."""
    (here / "结果").mkdir()
    command = ["check", "好.xlsx", "错.json", "没有.xlsx", "--format", "xlsx", "--output", "结果/清单.xlsx"]
    assert main(command) == 2
    capfd.readouterr()
    book = openpyxl.load_workbook(io.BytesIO((here / "结果" / "清单.xlsx").read_bytes()))
    assert [cell.value for cell in book["汇总"]["J"]][1:4] == ["好.xlsx", "错.json", "没有.xlsx"]
    targets = {cell.hyperlink.target for cell in book["问题清单"]["F"] if cell.hyperlink}
    assert targets <= {"../好.xlsx"}
    assert main([*command, "--lang", "en"]) == 2
    assert openpyxl.load_workbook(here / "结果" / "清单.xlsx").sheetnames[:2] == ["Reports", "Findings"]


def test_a_list_needs_a_place(here, capfd):
    """A list cannot be shown on a screen."""
    assert main(["check", "错.json", "--format", "xlsx"]) == 2
    assert "--output" in complaint(capfd)


@pytest.mark.parametrize(("kind", "name"), [("html", "a.xlsx"), ("xlsx", "a.html"), ("explain", "a.json")])
def test_the_name_says_what_it_is(here, capfd, kind, name):
    """An output whose name says that it is something else is refused before anything is written."""
    assert main(["check", "错.json", "--format", kind, "--output", name]) == 2
    assert name in complaint(capfd)
    assert not (here / name).exists()


def test_no_input_is_overwritten(here, capfd):
    """Neither a FILE nor a file of errata or explanations becomes the output."""
    (here / "说明.toml").write_text("", encoding="utf-8")
    for name, options in (
        ("好.xlsx", ["--format", "xlsx"]),
        ("勘误.toml", ["--errata", "勘误.toml", "--format", "explain"]),
        ("说明.toml", ["--explanations", "说明.toml", "--format", "explain"]),
    ):
        before = (here / name).read_bytes()
        assert main(["check", "好.xlsx", *options, "--output", name]) == 2
        assert name in complaint(capfd)
        assert (here / name).read_bytes() == before


def test_errata(here, capfd, monkeypatch):
    """Errata are named by an option, several times, or by the environment; the result tells of them."""
    assert main(["check", "错.json", "--errata", "勘误.toml", "--format", "json"]) == 1
    data = json.loads(capfd.readouterr().out)
    assert [one["code"] for one in data["errata"]] == ["FIG-BLANK"]
    assert {"error", "note"} == {finding["severity"] for finding in data["findings"]}
    off = ERRATUM.replace('"note"', '"off"')
    codes = {finding["code"] for finding in data["findings"] if finding["severity"] == "error"}
    entries = "".join(off.split("\n", 1)[1].replace("TXT-LEN", code) for code in codes)
    (here / "停用.toml").write_text(off + entries, encoding="utf-8")
    assert main(["check", "错.json", "--errata", "勘误.toml", "--errata", "停用.toml"]) == 0
    assert "勘误：FIG-BLANK 按“提示”处理，共 1 处（通知；勘误.toml）" in capfd.readouterr().out
    monkeypatch.setenv("XLREPORT_ERRATA", "停用.toml")
    assert main(["export", "错.json", "--to", "json", "--output", "出.json"]) == 0, "it holds for every command"


@pytest.mark.parametrize("text", ["", "[[", ERRATUM.replace("note", "fatal")])
def test_wrong_errata(here, capfd, text):
    """A mistake in errata ends the command with 2 and one line that names the file, before any verdict."""
    (here / "勘误.toml").write_text(text, encoding="utf-8")
    assert main(["check", "好.xlsx", "错.json", "--errata", "勘误.toml"]) == 2
    assert "勘误.toml" in complaint(capfd)
    assert main(["check", "好.xlsx", "--errata", "没有.toml"]) == 2
    assert "没有.toml" in complaint(capfd)


def test_explanations(here, capfd):
    """A file to fill in is written, filled in, and from then on told at every check, until the figure changes."""
    assert main(["check", "错.json", "--format", "explain", "--output", "错.说明.toml"]) == 1
    path = here / "错.说明.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('text = ""', 'text = "系统故障"'), encoding="utf-8")
    capfd.readouterr()
    for _ in range(2):
        assert main(["check", "错.json"]) == 1
        assert "单位说明：系统故障" in capfd.readouterr().out
        assert main(["check", "错.json", "--format", "explain", "--output", "错.说明.toml"]) == 1
        capfd.readouterr()
    data = json.loads((here / "错.json").read_text(encoding="utf-8"))
    data["figures"]["t4.litigation_direct.upheld"] = None
    (here / "错.json").write_text(json.dumps(data), encoding="utf-8")
    assert main(["check", "错.json"]) == 1
    out = capfd.readouterr().out
    assert "单位说明" not in out
    assert "已失效（数字或文字改动过）：FIG-BLANK" in out


def test_explanations_of_one_report(here, capfd):
    """Explanations belong to one report."""
    for options in (["--explanations", "勘误.toml"], ["--format", "explain"]):
        assert main(["check", "好.xlsx", "错.json", *options]) == 2
        assert "一" in complaint(capfd)
    assert main(["check", "好.xlsx", "--explanations", "勘误.toml"]) == 2
    assert "勘误.toml" in complaint(capfd)


def test_explanations_in_a_list(here, capfd):
    """A list of several units comes back with their explanations, for several files at once."""
    command = ["check", "好.xlsx", "错.json", "--format", "xlsx", "--output"]
    assert main([*command, "清单.xlsx"]) == 1
    book = openpyxl.load_workbook(here / "清单.xlsx")
    for row in book["问题清单"].iter_rows(min_row=2):
        row[10].value = "系统故障"
    book.save(here / "返回.xlsx")
    assert main([*command, "再查.xlsx", "--explanations", "返回.xlsx"]) == 1
    again = openpyxl.load_workbook(here / "再查.xlsx")["问题清单"]
    answers = {row[4].value: row[10].value for row in again.iter_rows(min_row=2)}
    assert answers["FIG-BLANK"] == "系统故障"
    capfd.readouterr()
    assert main(["check", "错.json", "--explanations", "好.xlsx"]) == 2
    assert "好.xlsx" in complaint(capfd)


def test_help(here, capfd):
    """Help names every format and option."""
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    out = capfd.readouterr().out
    for word in ("--errata", "--explanations", "text,json,html,xlsx,explain"):
        assert word in out
