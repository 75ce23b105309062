"""xlreport.collect.run: N files in, N statuses out, and the same bytes however it went."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.collect import broken
from tests.collect.made import TWO, report, roster, tree, write
from tests.samples import city
from xlreport import job
from xlreport.cli import main
from xlreport.collect.collection import Collection
from xlreport.collect.run import collect
from xlreport.messages import say
from xlreport.workbook.fill import fill

ROOT = Path(__file__).parents[2]


def statuses(found: Collection) -> dict[str, str]:
    return {seen.name: seen.status for seen in found.files}


def states(found: Collection) -> dict[str, str]:
    return {line.unit.name: line.state for line in found.lines}


def keys(found: Collection, unit: str) -> set[str]:
    return {flag.key for line in found.lines if line.unit.name == unit for flag in line.flags}


def test_broken_files(tmp_path) -> None:
    """Each of twenty kinds of broken files gets its own verdict, and the sound ones beside them pass."""
    folder = tmp_path / "测试 目录（一）"
    folder.mkdir()
    wanted = {}
    for name, (suffix, make, status) in broken.KINDS.items():
        (folder / f"{name}{suffix}").write_bytes(make())
        wanted[f"{name}{suffix}"] = status
    for number in range(3):
        (folder / f"{number}.xlsx").write_bytes(broken.sound())
        wanted[f"{number}.xlsx"] = "pass"
    assert len(broken.KINDS) == 20
    found = collect(folder, tmp_path / "out", TWO)
    assert statuses(found) == wanted
    assert not found.sound
    book = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")
    links = [cell.hyperlink.target for one in book for row in one for cell in row if cell.hyperlink]
    listed = sum(status in ("fail", "unusable") for status in wanted.values())
    assert len(links) == 2 * listed + 3 - 1, "the sound ones have a message each; two that fail are of their unit"
    assert all((tmp_path / "out" / unquote(link or "")).is_file() for link in links)
    for seen in found.files:
        sheet, message = (tmp_path / "out" / "returns" / f"{seen.name}{end}" for end in (".xlsx", ".txt"))
        assert sheet.is_file() == (seen.status in ("fail", "unusable"))
        assert message.is_file() == (seen.status != "skipped"), "also to who passes: all of them are of one unit"
        assert bool(seen.why) == (seen.status in ("unusable", "skipped"))


def test_second_run(tmp_path) -> None:
    """A second run judges only what is new or changed, and gives the bytes of a run from scratch."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in "abcd":
        write(folder, name, report(f"{name}局"))
    first = collect(folder, out, TWO)
    assert first.reused == 0
    assert first.sound
    assert collect(folder, out, TWO).reused == 4
    write(folder, "a", report("a局", {"t3.received.natural_person": 1}))
    write(folder, "e", report("e局"))
    (folder / "d.json").unlink()
    again = collect(folder, out, TWO)
    assert again.reused == 2
    assert statuses(again) == {"a.json": "fail", "b.json": "pass", "c.json": "pass", "e.json": "pass"}
    collect(folder, tmp_path / "afresh", TWO)
    assert tree(out) == tree(tmp_path / "afresh")


def test_errata_of_the_day(tmp_path) -> None:
    """What was judged without an erratum, or on a day that it was not in force, is judged again."""
    write(tmp_path / "in", "a", report("a局", {"t3.received.natural_person": 1}))
    off = 'code = "T3-BAL"\nseverity = "off"\nuntil = 2025-01-31\nreason = "试行"\n'
    errata = tmp_path / "errata.toml"
    errata.write_text(f'schema = "xlreport/errata/1"\n[[erratum]]\n{off}', encoding="utf-8")

    def code(**more: str) -> int:
        command = [sys.executable, "-m", "xlreport", "collect", "in", "--out", "out"]
        run = subprocess.run(command, cwd=tmp_path, env={**os.environ, **more}, capture_output=True, check=False)
        return run.returncode

    known = {"XLREPORT_ERRATA": str(errata)}
    january, february = "1736000000", "1739000000"
    assert code() == 1
    assert code(**known, SOURCE_DATE_EPOCH=january) == 0
    assert code(**known, SOURCE_DATE_EPOCH=february) == 1


def test_what_goes_back_is_there_after_a_second_run(tmp_path) -> None:
    """A return sheet that was thrown away is made again; one of a file that is gone or mended goes."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in "ab":
        write(folder, name, report(f"{name}局", {"t3.received.natural_person": 1}))
    collect(folder, out, TWO)
    before = tree(out)
    (out / "returns" / "a.json.xlsx").unlink()
    assert collect(folder, out, TWO).reused == 1
    assert tree(out) == before
    (folder / "a.json").unlink()
    write(folder, "b", report("b局"))
    collect(folder, out, TWO)
    assert not tree(out / "returns")


def test_workers_do_not_matter(tmp_path) -> None:
    """One process or three: the same bytes."""
    for number in range(12):
        write(tmp_path / "in", f"{number}", report(f"{number}局", {"t3.received.natural_person": number % 3}))
    collect(tmp_path / "in", tmp_path / "one", TWO._replace(workers=1))
    collect(tmp_path / "in", tmp_path / "three", TWO._replace(workers=3))
    assert tree(tmp_path / "one") == tree(tmp_path / "three")


def test_zip(tmp_path) -> None:
    """A zip counts for what is in it, names in GBK among them; one that could harm is refused by name."""
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("甲/测试.xlsx", broken.sound())
        archive.writestr("~$x.xlsx", b"x")
        archive.writestr("b.json", b"{")
        archive.writestr("老.doc", b"x")
        archive.writestr("内.zip", b"x")
    with zipfile.ZipFile(folder / "gbk.zip", "w") as archive:
        archive.writestr("NNNNNN.xlsx", broken.sound())
    gbk = (folder / "gbk.zip").read_bytes().replace(b"NNNNNN", "测试局".encode("gbk"))  # as Windows writes it
    (folder / "gbk.zip").write_bytes(gbk)
    (folder / "bad.zip").write_bytes(b"nothing")
    with zipfile.ZipFile(folder / "无.zip", "w") as archive:
        archive.mkdir("空")
    found = collect(folder, tmp_path / "out", TWO)
    assert statuses(found) == {
        "a.zip/b.json": "unusable",
        "a.zip/~$x.xlsx": "skipped",
        "a.zip/老.doc": "unusable",
        "a.zip/内.zip": "unusable",
        "a.zip/甲/测试.xlsx": "pass",
        "bad.zip": "unusable",
        "gbk.zip/测试局.xlsx": "pass",
        "无.zip": "unusable",
    }
    why = {seen.name: seen.why for seen in found.files}
    assert "没有文件" in why["无.zip"]
    assert "压缩包" in why["bad.zip"]
    assert collect(folder, tmp_path / "out", TWO).reused == 3


def test_other_kinds(tmp_path, capsys) -> None:
    """A report of a kind that is not read is refused with a word of what to do; a picture is passed over."""
    write(tmp_path / "in", "a", report("甲局"))
    (tmp_path / "in" / "b.jpg").write_bytes(b"x")
    command = ["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    for name in ("老.doc", "某局.rar"):
        (tmp_path / "in" / name).write_bytes(b"x")
    assert main(command) == 1
    assert "不能使用 2" in capsys.readouterr().out
    sheet = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")["文件"]
    told = "".join(str(row) for row in sheet.iter_rows(values_only=True))
    assert ".docx" in told
    assert "解压" in told


def test_roster(tmp_path) -> None:
    """Missing, twice, unknown, renamed, of another year, late: each is said of its unit."""
    folder = tmp_path / "in"
    units = roster(
        tmp_path, "区政府,汇总", *(f"{name},部门,区政府" for name in "甲乙丁戊"), "丙,部门,区政府,是,老丙,2025-01-31"
    )
    for name, made in {
        "a": report("甲"),
        "b": report("乙"),
        "b2": report("乙"),
        "c": report("老丙"),
        "d": report("丁", year=2023),
        "x": report("某某"),
    }.items():
        write(folder, name, made)
    os.utime(folder / "c.json", (1_740_000_000,) * 2)  # 2025-02-20
    found = collect(folder, tmp_path / "out", TWO, roster=units)
    assert found.year == 2024
    assert states(found) == {
        "甲": "reported",
        "乙": "duplicate",
        "丙": "late",
        "丁": "year",
        "戊": "missing",
        "某某": "unknown",
    }
    assert keys(found, "丙") == {"collect.flag.late"}
    assert keys(found, "丁") == {"collect.flag.year"}
    assert keys(found, "乙") == {"collect.flag.duplicate", "collect.flag.identical"}
    assert not found.sound
    sheet = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")["单位"]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["甲", "乙", "丁", "戊", "丙", "某某"]


def test_published(tmp_path) -> None:
    """Published reports are judged beside workbooks; a text that is no report is unusable."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(job.render(city(), "html"))
    (folder / "b.docx").write_bytes(job.render(city(), "docx"))
    (folder / "c.txt").write_text("今天开会。", encoding="utf-8")
    found = collect(folder, tmp_path / "out", TWO)
    assert statuses(found) == {"a.html": "pass", "b.docx": "pass", "c.txt": "unusable"}
    assert states(found)[city().agency] == "duplicate"


def test_copied(tmp_path) -> None:
    """Two units with the same words are told of each other; what is drafted from figures is nobody's copy."""
    words = {"problems": "我局在政府信息公开工作中仍存在主动公开内容不够全面的问题。下一步将加强对业务人员的培训指导。"}
    other = {"problems": "个别科室对政策解读的重视程度还不够高。计划于明年六月前完成公开目录的全面梳理。"}
    for name, text in {"甲": words, "乙": words, "丙": other}.items():
        write(tmp_path / "in", name, report(name, text={**report(name).text, **text}))
    found = collect(tmp_path / "in", tmp_path / "out", TWO)
    assert {name: keys(found, name) for name in "甲乙丙"} == {
        "甲": {"collect.flag.copied"},
        "乙": {"collect.flag.copied"},
        "丙": set(),
    }
    for name in "ab":
        (tmp_path / "drafts").mkdir(exist_ok=True)
        (tmp_path / "drafts" / f"{name}.xlsx").write_bytes(fill(replace(city(), agency=f"{name}市")))
    assert not any(line.flags for line in collect(tmp_path / "drafts", tmp_path / "out2", TWO).lines)


def test_wrong_form(tmp_path) -> None:
    """A report of 2024 in the form of 2019 is told so."""
    write(tmp_path / "in", "a", report("甲", form="2019"))
    found = collect(tmp_path / "in", tmp_path / "out", TWO)
    assert keys(found, "甲") == {"collect.flag.form"}


def test_last_year(tmp_path) -> None:
    """Last year's reports are found by name, also by a former one, and check what was carried over."""
    this, last = tmp_path / "this", tmp_path / "last"
    units = roster(tmp_path, "甲,部门", "丙,部门,,是,老丙")
    open_ = {"t3.received.natural_person": 2, "t3.carried_out.natural_person": 2}
    for name in ("甲", "老丙"):
        write(last, name, report(name, open_, year=2023))
    for name in ("甲", "丙"):
        write(this, name, report(name))
    found = collect(this, tmp_path / "out", TWO, roster=units, last_year=last)
    assert statuses(found) == {"甲.json": "fail", "丙.json": "fail"}
    shutil.rmtree(last)
    last.mkdir()
    found = collect(this, tmp_path / "out", TWO, roster=units, last_year=last)
    assert found.reused == 0, "other reports to compare with, other verdicts"
    assert statuses(found) == {"甲.json": "pass", "丙.json": "pass"}


def test_last_year_published(tmp_path) -> None:
    """A government's page of last year, which has its name in full, is found; what nobody is compared with is told."""
    this, last = tmp_path / "this", tmp_path / "last"
    open_ = {"t3.received.natural_person": 2, "t3.carried_out.natural_person": 2}
    before = replace(report("甲市", open_, year=2023), kind="本级政府机关")
    last.mkdir()
    (last / "甲市.html").write_bytes(job.render(before, "html", data=False))
    assert "甲市人民政府" in (last / "甲市.html").read_text("utf-8")
    write(last, "乙县", report("乙县", open_, year=2023))
    write(this, "甲市", replace(report("甲市"), kind="本级政府机关"))
    write(this, "乙县", replace(report("乙县人民政府"), kind="本级政府机关"))
    found = collect(this, tmp_path / "out", TWO, last_year=last)
    assert statuses(found) == {"甲市.json": "fail", "乙县.json": "fail"}
    assert found.unused == ()
    write(last, "丙局", report("丙局", year=2023))
    write(this, "甲市汇总", replace(report("甲市"), kind="汇总"))
    found = collect(this, tmp_path / "out", TWO, last_year=last)
    assert statuses(found)["甲市汇总.json"] != "fail", "a sum is no government"
    assert found.unused == ("丙局.json",)
    assert "丙局.json" in found.summary()[-1]


def test_tables(tmp_path) -> None:
    """Figures and findings hold every figure and finding under the ids of the interface."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    write(tmp_path / "in", "a", report("甲", {"t3.received.natural_person": 3, "t3.granted.natural_person": 3}))
    write(tmp_path / "in", "b", report("乙", {"t3.received.natural_person": 4}))
    collect(tmp_path / "in", tmp_path / "out", TWO)
    figures = f"'{tmp_path}/out/figures.parquet'"
    asked = f"select sum(value), count(*) from {figures} where cell = 't3.received.natural_person'"
    assert duckdb.sql(asked).fetchall() == [(7.0, 2)]
    assert duckdb.sql(f"select count(*) from {figures}").fetchall() == [(400,)]
    found = duckdb.sql(f"select rule, severity, cells[1] from '{tmp_path}/out/findings.parquet'").fetchall()
    assert ("T3-BAL", "error", "t3.received.natural_person") in found


def test_without_pyarrow(tmp_path, monkeypatch, capsys) -> None:
    """Without pyarrow the tables are CSV that no program takes for formulas, and a line says so."""
    monkeypatch.setattr("xlreport.collect.tables.parquet_there", lambda: False)
    write(tmp_path / "in", "a", report("=1+1"))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "figures.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("file,unit,code,agency,year,form,cell,value\n")
    assert ",'=1+1," in text
    assert '源码文件夹里运行 pip install ".[collect]"' in capsys.readouterr().err


def test_page_holds_no_markup_of_strangers(tmp_path) -> None:
    """What a report says is text on the page, and the page loads nothing from anywhere."""
    write(tmp_path / "in", "a", report("<script>alert(1)</script>局"))
    collect(tmp_path / "in", tmp_path / "out", TWO)
    text = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "http" not in text.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["collect", "nowhere", "--out", "o"], 2),
        (["collect", "in"], 2),
        (["collect", "in", "--out", "o", "--workers", "0"], 2),
        (["collect", "in", "--out", "o", "--roster", "circle.csv"], 1),
        (["collect", "in", "--out", "o", "--roster", "nowhere.csv"], 2),
        (["collect", "empty", "--out", "o"], 1),
        (["collect", "in", "--out", "o"], 0),
        (["--lang", "en", "collect", "in", "--out", "o"], 0),
    ],
)
def test_command(tmp_path, monkeypatch, capsys, arguments: list[str], code: int) -> None:
    """The exit code says how it went, in a line, never by a traceback."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in", "a", report("甲"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "circle.csv").write_text("单位,上级\n甲,乙\n乙,甲\n", encoding="utf-8")
    assert main(arguments) == code
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert bool(told.err) == (code != 0)
    assert date.today().isoformat() not in told.out  # noqa: DTZ011


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on file size")
def test_full_disk(tmp_path) -> None:
    """A disk that is full in the middle ends the run with a word and 1; what was judged is kept."""
    for number in range(30):
        write(tmp_path / "in", f"{number}", report(f"{number}局"))
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000));"
        "from xlreport.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "collect", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "status.xlsx").exists()
    assert 0 < collect(tmp_path / "in", tmp_path / "out", TWO).reused < 30


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress(tmp_path) -> None:
    """On a terminal one line tells how far it is, and goes; elsewhere nothing is told."""
    import pty

    for number in range(40):
        write(tmp_path / "in", f"{number}", report(f"{number}局"))
    command = [sys.executable, "-m", "xlreport", "collect", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    told = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        told += piece
    os.close(ours)
    assert process.wait() == 0
    assert "/40，每秒 " in told.decode()
    assert told.endswith(b"\r\x1b[K")
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert done.stderr == b""


def test_what_people_filled_in_stays(tmp_path) -> None:
    """A list that somebody filled in, a copy of one, and a file of their own stay, whatever becomes of the report."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in "abc":
        write(folder, name, report(f"{name}局", {"t3.received.natural_person": 1}))
    collect(folder, out, TWO)
    returns = out / "returns"
    theirs = {"甲局已填说明.xlsx": b"filled", "记录.txt": b"notes"}
    for name, content in theirs.items():
        (returns / name).write_bytes(content)
    for name in "ab":
        (returns / f"{name}.json.xlsx").write_bytes(b"filled in by " + name.encode())
    (folder / "a.json").unlink()
    write(folder, "b", report("b局"))
    (folder / "c.json").unlink()
    collect(folder, out, TWO)
    kept = {"a.json.xlsx": b"filled in by a", "b.json (2).xlsx": b"filled in by b"}
    assert tree(returns) == {**theirs, **kept}
    assert collect(folder, out, TWO).reused == 1


@pytest.mark.parametrize("given", ["out", "out/returns", "link", "out/.xlreport"])
def test_output_into_the_input(tmp_path, given: str, capsys) -> None:
    """The folder that is read is never the one that is written to: 2, and every file is still there."""
    write(tmp_path / "out", "a", report("甲"))
    for name in ("returns", ".xlreport"):
        (tmp_path / "out" / name).mkdir()
        (tmp_path / "out" / name / "乙.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    before = sorted(tmp_path.rglob("*"))
    assert main(["collect", str(tmp_path / given), "--out", str(tmp_path / "out")]) == 2
    assert "--out" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["status.xlsx", "findings.csv", "figures.parquet", "returns/a.csv", ".xlreport/a.csv"])
def test_output_in_the_place_of_the_roster(tmp_path, name: str, capsys) -> None:
    """A roster that would be written over is named and stays: 2, and nothing is written."""
    write(tmp_path / "in", "a", report("甲"))
    units = tmp_path / "out" / name
    units.parent.mkdir(parents=True)
    roster(tmp_path, "甲,部门").rename(units)
    before = sorted(tmp_path.rglob("*"))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--roster", str(units)]) == 2
    assert str(units) in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("option", ["--roster", "--last-year"])
def test_inputs_beside_what_is_written(tmp_path, option: str) -> None:
    """A roster, or last year's reports, that lie in the output folder without being in the way are read."""
    out = tmp_path / "out"
    write(tmp_path / "in", "a", report("甲"))
    write(out / "last", "a", report("甲", year=2023))
    given = {"--roster": roster(out, "甲,部门"), "--last-year": out / "last"}[option]
    assert main(["collect", str(tmp_path / "in"), "--out", str(out), option, str(given)]) == 0
    assert given.exists()


def test_a_folder_named_like_a_list(tmp_path) -> None:
    """A folder that bears the name of the list of a file beside it, or of one of ours, gets what goes back too."""
    bad = report("甲", {"t3.received.natural_person": 1})
    for place in ("a", "a.json.xlsx/a", "a.json.xlsx_/a", "a.json.TXT/a", ".xlreport/a"):
        write(tmp_path / "in", place, bad)
    for _ in range(2):
        found = collect(tmp_path / "in", tmp_path / "out", TWO)
        assert set(statuses(found).values()) == {"fail"}
    returned = [path for path in (tmp_path / "out" / "returns").rglob("a.json.xlsx") if path.is_file()]
    assert len(returned) == len(found.files) == 5


def test_what_is_wrong_is_red(tmp_path) -> None:
    """In the list of units a state that is wrong is coloured in its own cell, and an empty verdict is not."""
    units = roster(tmp_path, "甲", "乙")
    write(tmp_path / "in", "a", report("甲"))
    collect(tmp_path / "in", tmp_path / "out", TWO, roster=units)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")["单位"]
    columns = {cell.value: at for at, cell in enumerate(sheet[1])}
    there, missing = ([row[columns[name]].fill.fgColor.rgb for name in ("报送", "校验结论")] for row in sheet["2:3"])
    assert missing[0] == "FFFDE2E0"
    assert {missing[1], *there} == {"00000000"}


def test_no_year(tmp_path, capsys) -> None:
    """A year that no report can have is refused before anything is made."""
    write(tmp_path / "in", "a", report("甲"))
    command = ["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--year", "20255"]
    assert main(command) == 2
    assert "--year" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_was_kept(tmp_path, capsys) -> None:
    """Where not even the output folder can be made, nothing is said to have been kept."""
    write(tmp_path / "in", "a", report("甲"))
    (tmp_path / "file").write_bytes(b"x")
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "file" / "out")]) == 3
    assert "已经判定" not in capsys.readouterr().err


def test_counts_of_what_was_not_read(tmp_path) -> None:
    """A unit whose file could not be read at all has no counts, not zeros."""
    units = roster(tmp_path, "甲局")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲局.doc").write_bytes(b"x")
    collect(tmp_path / "in", tmp_path / "out", TWO, roster=units)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "status.xlsx")["单位"]
    assert [cell.value for cell in sheet[2][7:11]] == [None] * 4


EXPLANATION = say("results.column.explanation", "zh")


def _collected(folder: Path) -> Path:
    """A folder of two reports with the output of a collection, and a list that came back."""
    write(folder, "甲局", report("甲局", {"t2.rules.issued": -1}))
    write(folder, "乙局", report("乙局"))
    collect(folder, folder / "结果", TWO)
    book = openpyxl.load_workbook(folder / "结果" / "returns" / "甲局.json.xlsx")
    (sheet,) = (one for one in book if EXPLANATION in [cell.value for cell in one[1]])
    sheet.cell(2, [cell.value for cell in sheet[1]].index(EXPLANATION) + 1).value = "已核实"
    book.save(folder / "甲局问题清单.xlsx")
    return folder / "甲局问题清单.xlsx"


def test_what_is_ours_is_no_report(tmp_path, capsys) -> None:
    """An earlier output and a list that came back are skipped with a word; a sum passes them over."""
    folder = tmp_path / "in"
    answered = _collected(folder)
    for _ in range(2):
        found = collect(folder, tmp_path / "out", TWO)
        told = {seen.name: seen.why for seen in found.files if seen.status == "skipped"}
        assert {name.rpartition("/")[2] for name in told if "结果/" in name} >= {
            "returns",
            "status.xlsx",
            "summary.html",
        }
        assert "--explanations" in told[answered.name]
        assert {seen.name for seen in found.files if seen.status != "skipped"} == {"甲局.json", "乙局.json"}
    assert not (tmp_path / "out" / "returns" / f"{answered.name}.xlsx").exists()
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]) in (0, 1)
    capsys.readouterr()
    assert main(["check", str(answered)]) == 2
    assert "这是退回的问题清单，不是报告" in "".join(capsys.readouterr())


def test_no_last_year(tmp_path, capsys) -> None:
    """A folder of last year's reports that is not there is told by its option."""
    write(tmp_path / "in", "甲局", report("甲局"))
    arguments = ["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--last-year", str(tmp_path / "没有")]
    assert main(arguments) == 2
    assert "--last-year”要指定存放上一年的报告" in capsys.readouterr().err
