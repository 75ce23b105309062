"""What no run may stumble over: every file gets its status, and the exit code is 1."""

from __future__ import annotations

import errno
import os
import random
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.collect.broken import KINDS, sound
from tests.collect.made import TWO, report, tree, write
from tests.samples import city
from xlreport import job
from xlreport.cli import main
from xlreport.collect.run import collect
from xlreport.collect.settings import Deed, Outcomes, Settings

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")


def told(folder: Path, out: Path, settings: Settings = TWO) -> dict[str, tuple[str, str]]:
    """Status of every file, and why it was not judged."""
    return {seen.name: (seen.status, seen.why) for seen in collect(folder, out, settings).files}


def run(folder: Path, out: Path, *more: object) -> int:
    return main(["collect", str(folder), "--out", str(out), "--workers", "2", *map(str, more)])


def in_turn(deed: Deed, tasks: Iterable[Any], _: Settings) -> Outcomes:
    """All in this process."""
    return ((task, deed(task)) for task in tasks)


def test_no_reports(tmp_path, capsys) -> None:
    """A folder that holds all sorts of things but no report is told so, each thing by name."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "照片.jpg").write_bytes(b"x")
    (folder / "~$甲局.xlsx").write_bytes(b"x")
    assert run(folder, tmp_path / "out") == 1
    assert str(folder) in capsys.readouterr().err
    assert {status for status, _ in told(folder, tmp_path / "out").values()} == {"skipped"}


def test_empty_and_lock_files(tmp_path) -> None:
    """A file of 0 bytes is skipped with a word, and a report is missing: 1; a lock file is nothing to worry about."""
    folder = tmp_path / "in"
    write(folder, "a", report("甲"))
    (folder / "~$a.xlsx").write_bytes(b"")
    assert run(folder, tmp_path / "out") == 0
    (folder / "b.xlsx").touch()
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("d.xlsx", b"")
    assert run(folder, tmp_path / "out") == 1
    found = told(folder, tmp_path / "out")
    assert {name: status for name, (status, _) in found.items()} == {
        "a.json": "pass",
        "b.xlsx": "skipped",
        "c.zip/d.xlsx": "skipped",
        "~$a.xlsx": "skipped",
    }
    assert "0 字节" in found["b.xlsx"][1]
    assert main(["rollup", str(folder), "--out", str(tmp_path / "sum.xlsx")]) == 2, "a sum must not leave one out"


@pytest.mark.parametrize(
    ("lines", "named"),
    [("甲,乙\n乙,甲", "甲 → 乙 → 甲"), ("甲,乙\n甲,丙\n乙,\n丙,", "两个上级"), ("甲,乙；丙\n乙,\n丙,", "两个上级")],
)
def test_a_roster_that_contradicts_itself(tmp_path, capsys, lines: str, named: str) -> None:
    """It is told by name and not used; the files are judged all the same, so that the next run is quick."""
    write(tmp_path / "in", "a", report("甲"))
    units = tmp_path / "名册.csv"
    units.write_text(f"单位,上级\n{lines}\n", encoding="utf-8")
    assert run(tmp_path / "in", tmp_path / "out", "--roster", units) == 1
    shown = capsys.readouterr()
    assert named in shown.err
    assert "校验通过 1" in shown.out
    assert (tmp_path / "out" / "status.xlsx").is_file()
    assert main(["rollup", str(tmp_path / "in"), "--out", str(tmp_path / "s.xlsx"), "--roster", str(units)]) == 2
    assert not (tmp_path / "s.xlsx").exists()


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch) -> None:
    """It stands for what is in it, as unusable; everything else is judged."""
    folder = tmp_path / "in"
    write(folder, "a", report("甲"))
    write(folder / "shut", "b", report("乙"))
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("shut"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr("xlreport.collect.walk.os.scandir", refuse)  # root may list everything
    found = told(folder, tmp_path / "out")
    assert {name: status for name, (status, _) in found.items()} == {"a.json": "pass", "shut": "unusable"}
    assert "权限" in found["shut"][1]
    monkeypatch.undo()
    if os.name == "posix" and os.geteuid():
        (folder / "shut").chmod(0)
        assert run(folder, tmp_path / "out") == 1
        (folder / "shut").chmod(0o700)


@UNIX
def test_links_that_loop(tmp_path) -> None:
    """A folder that links to itself, and a link to itself, cost a word each."""
    folder = tmp_path / "in"
    write(folder, "a", report("甲"))
    (folder / "round").symlink_to(folder)
    (folder / "self.xlsx").symlink_to(folder / "self.xlsx")
    assert run(folder, tmp_path / "out") == 1
    found = {name: status for name, (status, _) in told(folder, tmp_path / "out").items()}
    assert found == {"a.json": "pass", "round": "unusable", "self.xlsx": "unusable"}


def test_a_file_that_changes_while_it_is_read(tmp_path, monkeypatch) -> None:
    """It has no verdict but a word; once it rests, the same command judges it."""
    folder = tmp_path / "in"
    growing = write(folder, "a", report("甲"))
    write(folder, "b", report("乙"))
    read = job.read

    def grow(path: Path, **more: Any) -> Any:
        if path == growing:
            with path.open("a", encoding="utf-8") as file:
                file.write(" ")
        return read(path, **more)

    monkeypatch.setattr(job, "read", grow)
    found = told(folder, tmp_path / "out", TWO._replace(mapper=in_turn))
    assert {name: status for name, (status, _) in found.items()} == {"a.json": "unusable", "b.json": "pass"}
    assert "写入" in found["a.json"][1]
    monkeypatch.undo()
    assert run(folder, tmp_path / "out") == 0


@pytest.mark.parametrize("name", ["figures.parquet", "findings.parquet", "status.xlsx", "summary.html"])
def test_a_disk_that_is_full_at_the_end(tmp_path, monkeypatch, capsys, name: str) -> None:
    """Whichever file it is that finds no room: a word and 1, the older file stays, and the next run makes all of it."""
    pytest.importorskip("pyarrow")
    folder, out = tmp_path / "in", tmp_path / "out"
    write(folder, "a", report("甲"))
    assert run(folder, out) == 0
    before = tree(out)
    write(folder, "b", report("乙", {"t3.received.other": 1}))
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fsync(handle: int) -> None:
        if name[:6] in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise full

    replaced = os.replace

    def replace(part: Path, path: Path) -> None:
        if Path(path).name == name:
            raise full
        replaced(part, path)

    if name.endswith(".parquet"):
        monkeypatch.setattr("xlreport.collect.tables.os.replace", replace)
    elif not Path("/proc/self/fd").is_dir():
        pytest.skip("needs to know which file it is")
    else:
        monkeypatch.setattr("xlreport.safe.write.os.fsync", fsync)
    assert run(folder, out) == 1
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    assert name in shown
    assert tree(out)[name] == before[name]
    assert not [path for path in out.rglob(".*") if path.name != ".xlreport"]
    monkeypatch.undo()
    assert run(folder, out) == 1
    collect(folder, tmp_path / "afresh", TWO)
    assert tree(out) == tree(tmp_path / "afresh")


def test_a_zip_of_workbooks(tmp_path) -> None:
    """What is in a zip meets the same checks as beside it; a zip that harms, or within a zip, is refused."""
    folder = tmp_path / "in"
    folder.mkdir()
    kinds = {f"{name}{suffix}": (make(), status) for name, (suffix, make, status) in KINDS.items()}
    with zipfile.ZipFile(folder / "各局.zip", "w") as archive:
        for name, (content, _) in kinds.items():
            archive.writestr(name, content)
        archive.writestr("好.xlsx", sound())
        archive.writestr("里面.zip", b"PK")
    with zipfile.ZipFile(folder / "炸弹.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", bytes(300 << 20))
    found = {name: status for name, (status, _) in told(folder, tmp_path / "out").items()}
    wanted = {f"各局.zip/{name}": status for name, (_, status) in kinds.items()}
    assert found == {**wanted, "各局.zip/好.xlsx": "pass", "各局.zip/里面.zip": "unusable", "炸弹.zip": "unusable"}


def test_published_among_workbooks(tmp_path) -> None:
    """Pages, Word files and PDFs are judged beside workbooks; a picture of a report is skipped with a word."""
    folder = tmp_path / "in"
    folder.mkdir()
    for kind in ("html", "docx", "pdf"):
        (folder / f"a.{kind}").write_bytes(job.render(city(), kind))
    (folder / "b.xlsx").write_bytes(sound())
    (folder / "c.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "d.png").write_bytes(b"\x89PNG")
    found = {name: status for name, (status, _) in told(folder, tmp_path / "out").items()}
    assert found == {
        "a.docx": "pass",
        "a.html": "pass",
        "a.pdf": "pass",
        "b.xlsx": "pass",
        "c.pdf": "unusable",
        "d.png": "skipped",
    }


def test_in_whatever_order(tmp_path) -> None:
    """Files that are done in another order, by whoever does them, give the same bytes."""
    for number in range(12):
        write(tmp_path / "in", f"{number}", report(f"{number}局", {"t3.received.natural_person": number % 3}))

    def shuffled(deed: Deed, tasks: Iterable[Any], settings: Settings) -> Outcomes:
        ahead = list(tasks)
        random.Random(7).shuffle(ahead)
        return in_turn(deed, ahead, settings)

    collect(tmp_path / "in", tmp_path / "one", TWO)
    collect(tmp_path / "in", tmp_path / "other", TWO._replace(mapper=shuffled))
    assert tree(tmp_path / "one") == tree(tmp_path / "other")
