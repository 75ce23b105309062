"""The commands of the interface: exit codes, one line for each error, nothing half-written."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.collect.made import graded
from tests.document.test_letterhead import letterhead
from tests.samples import city, write_workbook
from tests.workbook.test_read import put
from xlreport import job
from xlreport.cli import main
from xlreport.cli.common import quoted
from xlreport.data import dump_report
from xlreport.form import load_form
from xlreport.host.excel.sources import macros_path
from xlreport.workbook.fill import fill


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder whose name holds a space, Chinese and brackets, as offices have them."""
    folder = tmp_path / "测试 目录（一）"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("XLREPORT_LANG", raising=False)
    return folder


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def changed(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with `old` replaced in one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(info.filename, content)
    return stream.getvalue()


def foreign() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("考勤表")["A1"] = "出勤"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]>'


def password_protected(stream: str) -> bytes:
    """The beginning of a compound file that has a stream of that name, as encrypted and old workbooks are."""
    return OLE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def sheet_part(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))[2]


def newer(workbook: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/workbook.xml":
                start = content.index(b'name="xlreport_version"')
                end = content.index(b"</definedName>", start)
                opening = content.index(b">", start) + 1
                content = content[:opening] + b"999" + content[end:]
            target.writestr(info.filename, content)
    return stream.getvalue()


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "empty.xlsx": lambda _: b"",
    "text.xlsx": lambda _: "这不是工作簿".encode(),
    "password.xlsx": lambda _: password_protected("EncryptedPackage"),
    "old.xls": lambda _: password_protected("Workbook"),
    "old_renamed.xlsx": lambda _: password_protected("Workbook"),
    "truncated.xlsx": lambda workbook: workbook[: len(workbook) // 2],
    "bomb.xlsx": lambda _: zipped(xl__workbook=b"0" * 60_000_000),
    "far.xlsx": lambda workbook: changed(workbook, sheet_part(workbook), b"</sheetData>", FAR + b"</sheetData>"),
    "doctype.xlsx": lambda workbook: changed(workbook, "xl/workbook.xml", b"<workbook ", DOCTYPE + b"<workbook "),
    "foreign.xlsx": lambda _: foreign(),
    "newer.xlsx": newer,
    "wrong_type.json": lambda _: dump_report(city()).replace('"year": 2024', '"year": "2024"').encode(),
    "not_json.json": lambda _: b"{",
    "picture.png": lambda _: b"\x89PNG",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_unusable_input(here, capfd, name):
    """A file that cannot be used gives exit 2 and one line that is not a traceback, and stays as it was."""
    source = here / name
    content = HOSTILE[name](fill(city()))
    source.write_bytes(content)
    for command in (["check", name], ["export", name, "--to", "pdf"], ["draft", name, "--output", "out.xlsx"]):
        assert main(command) == 2
        out, err = capfd.readouterr()
        assert len(err.strip().splitlines()) == 1, err
        assert err.startswith("xlreport: ")
        assert "Traceback" not in err
        assert "程序出错" not in err
        assert not out.strip()
    assert source.read_bytes() == content
    assert [path.name for path in here.iterdir()] == [name]


def test_missing_and_folder(here, capfd):
    """A missing file and a folder are named."""
    (here / "夹").mkdir()
    assert main(["check", "没有.xlsx"]) == 2
    assert "没有.xlsx" in capfd.readouterr().err
    assert main(["check", "夹"]) == 2
    assert "文件夹" in capfd.readouterr().err


def test_unusable_as_json(here, capfd):
    """With --format json a file that cannot be used is still an object, whose verdict says so."""
    (here / "foreign.xlsx").write_bytes(foreign())
    assert main(["check", "foreign.xlsx", "--format", "json"]) == 2
    shown = json.loads(capfd.readouterr().out)
    assert shown["verdict"] == "unusable"
    assert [finding["code"] for finding in shown["findings"]] == ["WB-FORM"]


def test_several_files(here, capfd):
    """Of several files each has its object, in the order of the arguments; one that is unusable makes it exit 2."""
    write_workbook(city(), here / "好.xlsx")
    broken = json.loads(dump_report(city()))
    broken["figures"]["t3.received.natural_person"] += 1
    (here / "错.json").write_text(json.dumps(broken), encoding="utf-8")
    assert main(["check", "错.json", "好.xlsx", "--format", "json"]) == 1
    shown = json.loads(capfd.readouterr().out)
    assert [item["verdict"] for item in shown] == ["fail", "pass"]
    assert {"T3-ROW", "T3-BAL", "TXT-FIG"} == {finding["code"] for finding in shown[0]["findings"]}
    assert main(["check", "好.xlsx", "没有.xlsx", "错.json", "--format", "json"]) == 2
    shown = json.loads(capfd.readouterr().out)
    assert [item["verdict"] for item in shown] == ["pass", "unusable", "fail"]


@pytest.mark.parametrize("obstacle", ["folder", "read-only", "open in LibreOffice", "open in Excel", "no folder"])
def test_output_refused(here, capfd, obstacle):
    """An output that cannot be written gives exit 3 and one line; what was there stays."""
    source = write_workbook(city(), here / "表.xlsx")
    before = hashlib.sha256(source.read_bytes()).digest()
    target = here / "报告.docx"
    if obstacle == "folder":
        target.mkdir()
    elif obstacle == "no folder":
        target = here / "没有" / "报告.docx"
    else:
        target.write_bytes(b"old")
        if obstacle == "read-only":
            target.chmod(0o444)
        elif obstacle == "open in LibreOffice":
            (here / ".~lock.报告.docx#").touch()
        else:
            (here / "~$报告.docx").touch()
    names = sorted(path.name for path in here.iterdir())
    assert main(["export", "表.xlsx", "--to", "docx", "--output", str(target)]) == 3
    assert len(capfd.readouterr().err.strip().splitlines()) == 1
    assert sorted(path.name for path in here.iterdir()) == names
    assert target.is_dir() or not target.exists() or target.read_bytes() == b"old"
    assert hashlib.sha256(source.read_bytes()).digest() == before


def test_the_whole_way(here, capfd):
    """new, fill, check, draft and export do the main job, and no command changes its input."""
    data = here / "数据.json"
    data.write_text(dump_report(city()), encoding="utf-8")
    assert main(["fill", "数据.json", "表.xlsx"]) == 0
    filled = (here / "表.xlsx").read_bytes()
    assert main(["draft", "表.xlsx", "--output", "稿.xlsx"]) == 0
    assert main(["check", "稿.xlsx"]) == 0
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>"), ("json", b"{")):
        assert main(["export", "稿.xlsx", "--to", kind]) == 0
        assert (here / f"稿.{kind}").read_bytes().startswith(start)
    assert (here / "表.xlsx").read_bytes() == filled
    assert main(["new", "明年.xlsx", "--last-year", "稿.xlsx"]) == 0
    assert main(["check", "明年.xlsx", "--format", "json"]) == 1
    out = capfd.readouterr().out
    shown = json.loads(out[out.index("{\n") :])
    assert (shown["agency"], shown["year"]) == ("宿迁市", 2025)


def test_the_draft_tells_the_figures_of_its_workbook(here):
    """Drafted from report data or from the workbook filled with them, the text is the same, wrong totals or not."""
    report = json.loads(dump_report(city())) | {"text": {}}
    report["figures"]["t3.received.total"] = 9999  # 3525
    report["figures"]["t3.granted.other"] = None
    (here / "a.json").write_text(json.dumps(report), encoding="utf-8")
    assert main(["draft", "a.json", "--output", "a.xlsx"]) == 0
    assert main(["fill", "a.json", "b.xlsx"]) == 0
    assert main(["draft", "b.xlsx", "--output", "b.xlsx"]) == 0
    drafted = job.read(here / "a.xlsx").report
    assert drafted.draft == job.read(here / "b.xlsx").report.draft == job.draft_text(drafted)
    assert "9999" not in "".join(drafted.draft.values())


def test_export_is_refused_while_there_are_errors(here, capfd):
    """A report with errors is not exported unless allowed; the errors are listed."""
    report = json.loads(dump_report(city()))
    report["figures"]["t3.received.natural_person"] += 1
    (here / "a.json").write_text(json.dumps(report), encoding="utf-8")
    assert main(["export", "a.json", "--to", "html"]) == 1
    out, err = capfd.readouterr()
    assert "T3-BAL" in out
    assert len(err.splitlines()) == 1
    assert not (here / "a.html").exists()
    assert main(["export", "a.json", "--to", "html", "--allow-errors"]) == 0
    assert (here / "a.html").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["export", "a.json", "--to", "json"],
        ["export", "a.json", "--to", "html", "--output", "{here}/a.json"],
        ["check", "a.json", "--output", "夹/../a.json"],
        ["check", "b.json", "a.json", "--output", "a.json"],
        ["fill", "a.json", "a.json"],
        ["new", "a.json", "--last-year", "a.json"],
    ],
)
def test_no_output_of_another_kind_in_the_input_s_place(here, capfd, command):
    """A document, a verdict or a workbook does not replace the file that it was made from, by whatever name."""
    (here / "夹").mkdir()
    (here / "a.json").write_text(dump_report(city()), encoding="utf-8")
    before = (here / "a.json").read_bytes()
    assert main([part.format(here=here) for part in command]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1
    assert (here / "a.json").read_bytes() == before


def test_draft_in_place(here):
    """A workbook that is named as the output too takes its draft itself."""
    write_workbook(city(), here / "表.xlsx")
    assert main(["draft", "表.xlsx", "--output", "表.xlsx"]) == 0
    assert main(["check", "表.xlsx"]) == 0


def test_final_text_wins(here, capfd):
    """`draft` says how many texts have final words that stand in its place, and is silent where none differs."""
    write_workbook(city(), here / "表.xlsx")
    assert main(["draft", "表.xlsx", "--output", "表.xlsx"]) == 0
    assert capfd.readouterr().err == ""
    write_workbook(replace(city(), text={"problems": "定稿", "preamble": city().draft["preamble"]}), here / "表.xlsx")
    assert main(["draft", "表.xlsx", "--output", "表.xlsx"]) == 0
    assert "有 1 段写了定稿，报告用的是定稿" in capfd.readouterr().err


def test_the_way_out_of_a_lost_formula(here, capfd):
    """What WB-CALC tells to do gives a workbook in order, whose total is the sum of its parts."""
    place = load_form("2021").figures["t3.received.total"].defined_name
    (here / "坏.xlsx").write_bytes(put(write_workbook(city(), here / "表.xlsx").read_bytes(), place, "<v>6</v>"))
    assert main(["check", "坏.xlsx"]) == 1
    assert "xlreport template upgrade" in capfd.readouterr().out.replace("\n    ", "")
    assert main(["template", "upgrade", "坏.xlsx", "--output", "新.xlsx"]) == 1
    assert "表三!J6" in capfd.readouterr().out
    assert main(["check", "新.xlsx"]) == 0


def test_export_of_many(here, capfd):
    """Several files, or a folder: the documents that can be made, a line for each other, the worst exit code."""
    write_workbook(city(), here / "甲.xlsx")
    (here / "乙.xlsx").write_bytes(b"none")
    (here / "丙.json").write_text(dump_report(replace(city(), text={"problems": "XX"}, draft={})), encoding="utf-8")
    assert main(["export", "甲.xlsx", "丙.json", "--to", "html", "--allow-errors"]) == 0
    assert main(["export", "甲.xlsx", "乙.xlsx", "丙.json", "--to", "html", "--output", "公布"]) == 2
    out, err = capfd.readouterr()
    assert [line for line in out.splitlines() if "共" in line] == ["共 2 份，已生成 2 份", "共 3 份，已生成 1 份"]
    assert [line.split("：")[0] for line in err.splitlines()[-2:]] == ["xlreport: 乙.xlsx", "xlreport: 丙.json"]
    assert (here / "公布" / "甲.html").read_bytes() == (here / "甲.html").read_bytes()
    assert main(["export", "甲.xlsx", "无.xlsx", "--to", "html"]) == 2
    assert capfd.readouterr().err == "xlreport: 找不到文件：无.xlsx\n"
    assert main(["export", ".", "--to", "html", "--profile", "none.toml"]) == 2
    assert main(["export", ".", "--to", "html", "--workers", "0"]) == 2


def test_what_is_left_in_many(here, capfd):
    """Of the files made, those with errors and those with warnings are counted, and one is named as it was given."""
    graded(here / "报 送", {"error": "错", "warning": "疑", "note": "好"})
    assert main(["export", "报 送", "--to", "html", "--allow-errors"]) == 0
    wrong, doubtful = capfd.readouterr().err.splitlines()
    assert "1 份还有错误" in wrong
    assert "1 份没有错误、但有提醒" in doubtful
    for line, name in ((wrong, "错"), (doubtful, "疑")):
        assert f"xlreport check {quoted(Path('报 送', f'{name}.json'))} " in line
    assert main(["export", str(Path("报 送", "好.json")), "--to", "html"]) == 0
    assert not capfd.readouterr().err, "a note leaves nothing to be done"


def test_the_letterhead_stays(here, capfd):
    """`export` of a folder does not replace the letterhead that lies in it."""
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(city(), here / name)
    before = letterhead("{{ report }}")
    (here / "a.docx").write_bytes(before)
    assert main(["export", ".", "--to", "docx", "--letterhead", "a.docx"]) == 2
    assert capfd.readouterr().err.count("a.docx") == 1
    assert (here / "a.docx").read_bytes() == before
    assert not (here / "b.docx").exists()


def test_last_year_that_cannot_be_used(here, capfd):
    """When last year's report cannot be used, the line names it, once, and no verdict is given on the others."""
    (here / "a.json").write_text(dump_report(city()), encoding="utf-8")
    (here / "去年.json").write_text("{}", encoding="utf-8")
    assert main(["check", "a.json", "a.json", "--last-year", "去年.json", "--format", "json"]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert len(err.splitlines()) == 1
    assert "去年.json" in err


def test_a_verdict_in_a_file_tells_of_every_file(here, capfd):
    """With --output the text names the files that could not be used, and why."""
    (here / "a.json").write_text(dump_report(city()), encoding="utf-8")
    (here / "b.json").write_text("{", encoding="utf-8")
    assert main(["check", "a.json", "b.json", "--output", "结果.txt"]) == 2
    told = (here / "结果.txt").read_text(encoding="utf-8")
    assert "b.json" in told
    assert "JSON" in told


def test_verdicts_come_one_by_one(here, capfd, monkeypatch):
    """Of many files, each verdict is told as soon as it is known; a mistake of ours later takes none of them back."""
    write_workbook(city(), here / "一.xlsx")
    judged = job.check

    def failing(path, *more):
        if path.name == "三.xlsx":
            raise ZeroDivisionError
        return judged(path, *more)

    monkeypatch.setattr("xlreport.job.check", failing)
    assert main(["check", "一.xlsx", "二.xlsx", "一.xlsx", "三.xlsx"]) == 3
    out, err = capfd.readouterr()
    assert out.count("√") == 2
    assert "\n\n√" in out
    assert len(err.splitlines()) == 2


def test_a_name_that_is_no_text(here, capfd):
    """A file whose name is not UTF-8 is checked, and its verdict written, like any other."""
    name = os.fsdecode(b"\xb1\xed.json")
    try:
        (here / name).write_text(dump_report(city()), encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    assert main(["check", name, "--format", "json", "--output", "结果.json"]) == 0
    assert json.loads((here / "结果.json").read_text(encoding="utf-8"))["source"] == name


def test_another_office_s_figures_are_told(here, capfd):
    """`new` says whose figures it carried over where that is another office; an abbreviated name is no other."""
    write_workbook(city(), here / "去年.xlsx")
    assert main(["new", "a.xlsx", "--agency", "宿迁市人民政府", "--last-year", "去年.xlsx"]) == 0
    assert not capfd.readouterr().err
    assert main(["new", "b.xlsx", "--agency", "某某局", "--last-year", "去年.xlsx"]) == 0
    (line,) = capfd.readouterr().err.splitlines()
    assert "宿迁市" in line
    assert "某某局" in line


def test_a_suggested_command_can_be_pasted(here, capfd):
    """A command that a sentence gives names its file in quotes where the name has a blank."""
    report = json.loads(dump_report(city()))
    report["figures"]["t3.received.natural_person"] += 1
    (here / "错 2024.json").write_text(json.dumps(report), encoding="utf-8")
    assert main(["export", "错 2024.json", "--to", "html", "--allow-errors"]) == 0
    command = "xlreport check '错 2024.json'" if os.name != "nt" else 'xlreport check "错 2024.json"'
    assert command in capfd.readouterr().err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_names_what_a_command_has(language, here, capfd):
    """The help of an option speaks of no format and no command but those that it belongs to."""
    foreign = {"verify": "xlsx ", "doctor": "html", "new": ".json）", "fill": "import"}
    for command, word in foreign.items():
        with pytest.raises(SystemExit):
            main(["--lang", language, command, "--help"])
        assert word not in capfd.readouterr().out.partition("OUT")[2 if command == "fill" else 0], command


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["import", "a.docx", "q.docx"], ".json、.xlsx"),
        (["new", "a.xlsx", "--year", "1900"], "“--year”"),
        (["new", "a.xlsx", "--agency", " "], "“--agency”"),
        (["template", "verify", "表.xlsx"], "表.xlsx"),
    ],
)
def test_a_line_names_what_the_user_wrote(here, capfd, command, told):
    """A refusal names the option, the file or every suffix that would do."""
    (here / "表.xlsx").write_bytes(b"PK")
    assert main(command) == 2
    assert told in capfd.readouterr().err


def test_no_advice_that_cannot_be_followed(here, capfd):
    """A command without --output does not advise it."""
    (here / "a.json").write_text(dump_report(city()), encoding="utf-8")
    assert main(["fill", "a.json", "a.json"]) == 2
    assert main(["new", "a.xlsx", "--last-year", "a.xlsx"]) == 2
    assert "--output" not in capfd.readouterr().err


@pytest.mark.parametrize(("language", "told"), [("zh", "是只读的"), ("en", "is read-only"), ("zh", "磁盘已满")])
def test_the_system_speaks_the_user_s_language(here, capfd, monkeypatch, language, told):
    """Why the system refuses is told in the language of the sentence around it."""
    number = errno.ENOSPC if "满" in told else errno.EROFS

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert main(["--lang", language, "new", "a.xlsx"]) == 3
    assert told in capfd.readouterr().err


def test_fill_names_totals_that_differ(here, capfd):
    """A given total that is not the sum of its parts is named on stderr, and the exit code is 0."""
    report = json.loads(dump_report(city()))
    report["figures"]["t4.reconsideration.total"] += 1
    (here / "a.json").write_text(json.dumps(report), encoding="utf-8")
    assert main(["fill", "a.json", "a.xlsx"]) == 0
    assert "t4.reconsideration.total" in capfd.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["foo"],
        ["check"],
        ["export", "a.xlsx"],
        ["export", "a.xlsx", "--to", "odt"],
        ["new", "a.xlsx", "--year", "x"],
        ["new", "a.xlsx", "--year", "1900"],
        ["rules", "T9-XXX"],
        ["--lang", "fr", "rules"],
    ],
)
def test_wrong_arguments(here, capfd, arguments):
    """Wrong arguments give exit 2 and one line in the user's language."""
    assert main(arguments) == 2
    err = capfd.readouterr().err
    assert len(err.strip().splitlines()) == 1
    assert any("一" <= c <= "鿿" for c in err)
    assert list(here.iterdir()) == []


def test_english(here, capfd, monkeypatch):
    """--lang en, and XLREPORT_LANG=en, give English messages and help."""
    assert main(["check", "none.xlsx", "--lang", "en"]) == 2
    assert capfd.readouterr().err == "xlreport: no such file: none.xlsx\n"
    monkeypatch.setenv("XLREPORT_LANG", "en")
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert not any("一" <= c <= "鿿" for c in capfd.readouterr().out)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_holds_no_none(language, here, capfd):
    """The program's help has no line that says None."""
    with pytest.raises(SystemExit):
        main(["--help", "--lang", language])
    assert "None" not in capfd.readouterr().out


def test_a_mistake_of_ours_is_one_line(here, capfd, monkeypatch):
    """An unexpected exception gives exit 3 and one line; --debug shows it."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("xlreport.job.check", fail)
    assert main(["check", "a.xlsx"]) == 3
    assert len(capfd.readouterr().err.splitlines()) == 1
    assert main(["check", "a.xlsx", "--debug"]) == 3
    assert "Traceback" in capfd.readouterr().err


def test_debug_keeps_the_exit_code(here, capfd):
    """--debug shows the traceback above the line; the exit code stays what it says."""
    assert main(["export", "none.xlsx", "--to", "pdf", "--debug"]) == 2
    err = capfd.readouterr().err
    assert "Traceback" in err
    assert err.splitlines()[-1].startswith("xlreport: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(here):
    """A verdict that cannot be written to standard output is exit 3 and one line."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "xlreport", "rules"],
            stdout=full,
            check=False,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


def test_module_and_closed_pipe(here):
    """`python -m xlreport` is the same program, and a reader that goes away is no error."""
    command = f'"{sys.executable}" -m xlreport rules | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout
    assert not done.stderr


def test_rules(here, capfd):
    """`rules` lists every code, and `rules CODE` prints its page."""
    assert main(["rules"]) == 0
    assert "T3-BAL" in capfd.readouterr().out
    assert main(["rules", "t3-bal"]) == 0
    assert "勾稽" in capfd.readouterr().out


def test_template_build_is_what_is_committed(here):
    """`template build` gives the template that comes with xlreport."""
    from xlreport.workbook.template import template_bytes

    for form in ("2021", "2019"):
        assert main(["template", "build", "--form", form, "--output", f"{form}.xlsx"]) == 0
        assert Path(f"{form}.xlsx").read_bytes() == template_bytes(form)


def test_template_build_anywhere(here, capfd):
    """Without --output the template goes into templates/ where there is such a folder, else into this one."""
    assert main(["template", "build"]) == 0
    assert Path("report_template.xlsx").is_file()
    Path("templates").mkdir()
    assert main(["template", "build", "--form", "2019"]) == 0
    assert Path("templates/report_template_2019.xlsx").is_file()
    assert not Path("report_template_2019.xlsx").exists()


def test_template_build_by_suffix(here, capfd):
    """.xlsm is the template with macros, which verifies clean and is checked; .xlam the add-in; others are refused."""
    assert main(["template", "build", "--output", "模板（一）.xlsm"]) == 0
    assert main(["template", "verify", "模板（一）.xlsm"]) == 0
    assert main(["check", "模板（一）.xlsm"]) == 1
    assert main(["template", "build", "--output", "a.XLAM"]) == 0
    assert Path("a.XLAM").read_bytes() == (macros_path() / "xlreport.xlam").read_bytes()
    assert main(["template", "build", "--output", "a.docx"]) == 2
    assert not Path("a.docx").exists()


def test_with_macros_from_the_start(here, capfd):
    """`new` and `fill` into an .xlsm give it our macros; what is drafted and exported from it is that of the .xlsx."""
    Path("a.json").write_text(dump_report(city()), encoding="utf-8")
    assert main(["new", "空 白.xlsm", "--agency", "甲局", "--year", "2024"]) == 0
    assert main(["template", "verify", "空 白.xlsm"]) == 0
    for name in ("甲.xlsm", "甲.xlsx"):
        assert main(["fill", "a.json", name]) == 0
        assert main(["draft", name, "--output", name]) == 0
        assert main(["export", name, "--to", "json", "--output", f"{name}.json", "--allow-errors"]) == 0
    assert Path("甲.xlsm.json").read_bytes() == Path("甲.xlsx.json").read_bytes()
    with zipfile.ZipFile("甲.xlsm") as package:
        assert "xl/vbaProject.bin" in package.namelist()


def test_foreign_macros(here, capfd):
    """A workbook with somebody else's macros cannot be used; the line names the module."""
    from xlreport.host.excel import package
    from xlreport.host.excel.project import Kind, Module, vba_project

    Path("a.xlsm").write_bytes(package.macro_workbook(job.build_template("2021")))
    theirs = vba_project("Any", [Module("Evil", Kind.STANDARD, "Sub Auto_Open()\nEnd Sub\n")])
    with zipfile.ZipFile("a.xlsm") as old, zipfile.ZipFile("b.xlsm", "w") as new:
        for name in old.namelist():
            new.writestr(name, theirs if name == "xl/vbaProject.bin" else old.read(name))
    capfd.readouterr()
    assert main(["check", "b.xlsm"]) == 2
    error = capfd.readouterr().err
    assert error.count("\n") == 1
    assert "Evil" in error


def test_template_verify(here, capfd):
    """`template verify` says that a workbook is as its template, or what was changed; `check` fails on it too."""
    from xlreport.workbook.patch import patch
    from xlreport.workbook.template import template_bytes

    write_workbook(city(), here / "a.xlsx")
    assert main(["template", "verify", "a.xlsx"]) == 0
    assert "与模板一致" in capfd.readouterr().out
    (here / "b.xlsx").write_bytes(patch((here / "a.xlsx").read_bytes(), {("表三", "J6"): 1}))
    assert main(["template", "verify", "b.xlsx"]) == 1
    out = capfd.readouterr().out
    assert "WB-CALC" in out
    assert "表三!J6" in out
    assert main(["check", "b.xlsx"]) == 1
    assert "WB-CALC" in capfd.readouterr().out
    (here / "c.xlsx").write_bytes(template_bytes("2021")[:2000])
    for wrong in (["verify", "c.xlsx"], ["verify"], ["build", "a.xlsx"], ["verify", "none.xlsx"]):
        assert main(["template", *wrong]) == 2
        assert len(capfd.readouterr().err.splitlines()) == 1
