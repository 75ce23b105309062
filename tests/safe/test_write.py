"""Output is written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xlreport.errors import OutputError
from xlreport.safe.write import check_writable, write_whole


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a name such as offices use; nothing may be left in it but what a test says."""
    path = tmp_path / "测试 目录（一）"
    path.mkdir()
    yield path
    assert not list(path.glob(".报告*")), "a temporary file was left"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path, content: bytes = b"new") -> str:
    with pytest.raises(OutputError) as caught:
        write_whole(path, content)
    assert caught.value.exit_code == 3
    return caught.value.tell()


def test_new_file(folder: Path) -> None:
    """A new file has the content and the permissions that the user's other new files have."""
    path = folder / "报告.xlsx"
    write_whole(path, b"content")
    (folder / "other").write_bytes(b"")
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode == (folder / "other").stat().st_mode
    assert names(folder) == ["other", "报告.xlsx"]


def test_replaced(folder: Path) -> None:
    """An existing file is replaced and keeps its permissions."""
    path = folder / "报告.xlsx"
    path.write_bytes(b"old, and longer than the new one")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_long_name(folder: Path) -> None:
    """The longest name that a file can have can be written."""
    path = folder / ("a" * 250 + ".xlsx")
    write_whole(path, b"new")
    chinese = folder / ("报" * 80 + ".xlsx")
    write_whole(chinese, b"new")
    assert path.read_bytes() == chinese.read_bytes() == b"new"


def test_folder(folder: Path) -> None:
    """A folder is no output file; the sentence says so."""
    assert str(folder) in refused(folder)
    assert names(folder) == []


def test_device(folder: Path) -> None:
    """What is no ordinary file, such as a pipe or /dev/null, is left what it is."""
    os.mkfifo(folder / "管道")
    assert "普通文件" in refused(folder / "管道")
    assert (folder / "管道").is_fifo()


def test_link(folder: Path) -> None:
    """A link is followed: what it leads to is replaced, and the link stays."""
    (folder / "真.xlsx").write_bytes(b"old")
    (folder / "报告.xlsx").symlink_to("真.xlsx")
    write_whole(folder / "报告.xlsx", b"new")
    assert (folder / "报告.xlsx").is_symlink()
    assert (folder / "真.xlsx").read_bytes() == b"new"


def test_no_folder(folder: Path) -> None:
    """A folder that is not there is not made; the sentence names it."""
    assert str(folder / "无") in refused(folder / "无" / "报告.xlsx")
    assert names(folder) == []


def test_file_as_folder(folder: Path) -> None:
    """A file where a folder should be is refused."""
    (folder / "文件").write_bytes(b"")
    assert str(folder / "文件") in refused(folder / "文件" / "报告.xlsx")


def test_read_only(folder: Path) -> None:
    """A read-only file is left alone, whoever runs the program."""
    path = folder / "报告.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    assert "只读" in refused(path)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("lock", [".~lock.报告.xlsx#", "~$报告.xlsx"])
def test_open_elsewhere(folder: Path, lock: str) -> None:
    """A file that LibreOffice, Excel, Word or WPS holds open is left alone."""
    path = folder / "报告.xlsx"
    path.write_bytes(b"old")
    (folder / lock).write_bytes(b"")
    assert "其他程序" in refused(path)
    assert path.read_bytes() == b"old"


def test_word_lock(folder: Path) -> None:
    """Word cuts the first two characters of a long name for its lock file; that is noticed too."""
    path = folder / "政府信息公开工作年度报告.docx"
    path.write_bytes(b"old")
    (folder / "~$信息公开工作年度报告.docx").write_bytes(b"")
    assert "其他程序" in refused(path)


def test_stale_lock(folder: Path) -> None:
    """A lock beside no file holds nothing open."""
    (folder / ".~lock.报告.xlsx#").write_bytes(b"")
    write_whole(folder / "报告.xlsx", b"new")
    assert (folder / "报告.xlsx").read_bytes() == b"new"


def test_refused_by_the_system(folder: Path) -> None:
    """A name that the file system refuses is told in a sentence."""
    assert "写不了" in refused(folder / ("报" * 100 + ".xlsx"))
    assert names(folder) == []


def test_disk_full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses in the middle leaves the old file and nothing else."""
    path = folder / "报告.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "磁盘已满" in refused(path)
    assert path.read_bytes() == b"old"
    assert names(folder) == ["报告.xlsx"]


def test_checked_before(folder: Path) -> None:
    """The check alone writes nothing."""
    check_writable(folder / "报告.xlsx")
    assert names(folder) == []


WRITER = """
import sys
from pathlib import Path
from xlreport.safe.write import write_whole
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in b"ab":
        write_whole(path, bytes([letter]) * 2_000_000)
"""


def test_killed(tmp_path: Path) -> None:
    """Killed at any moment, the file is one of those that were written, whole."""
    path = tmp_path / "报告.xlsx"
    path.write_bytes(b"a" * 2_000_000)
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
    for milliseconds in range(0, 40, 5):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, env=environment)
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(milliseconds / 1000)
            process.send_signal(signal.SIGKILL)
        content = path.read_bytes()
        assert len(content) == 2_000_000
        assert len(set(content)) == 1
