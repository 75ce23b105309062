"""The add-in into Excel and out again, on systems that are simulated by their folders."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from xlreport import __version__
from xlreport.errors import OutputError, ProgramError
from xlreport.host.excel import install as excel
from xlreport.host.excel.record import SENTENCES, recorded
from xlreport.host.excel.sources import macros_path
from xlreport.host.state import AddinState

BUILT = macros_path() / "xlreport.xlam"
XLSTART = Path("Microsoft/Excel/XLSTART/xlreport.xlam")
STARTUP = Path(
    "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/xlreport.xlam"
)
SCRIPTS = Path("Library/Application Scripts/com.microsoft.Excel")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_windows(windows):
    """On Windows the add-in goes to XLSTART, and the record beside it, not into it, in UTF-16 with its mark."""
    state = excel.install()
    assert state == AddinState("excel", installed=True, version=__version__, path=windows / XLSTART)
    assert set(files(windows)) == {XLSTART.as_posix(), "xlreport/excel.txt"}
    assert (windows / XLSTART).read_bytes() == BUILT.read_bytes()
    data = (windows / "xlreport/excel.txt").read_bytes()
    assert data.startswith((b"\xff\xfe", b"\xfe\xff"))
    record = recorded(data.decode("utf-16"))
    assert record["python"] == sys.executable
    assert Path(record["answer"]).parent == Path(record["log"]).parent
    assert "张 三（一）" in record["log"]
    assert set(SENTENCES) < set(record)


def test_no_console_on_windows(windows, monkeypatch, tmp_path):
    """Where there is a pythonw.exe beside the interpreter, that one is recorded."""
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    excel.install()
    record = recorded((windows / "xlreport/excel.txt").read_text(encoding="utf-16"))
    assert record["python"] == str(tmp_path / "pythonw.exe")


def test_macos(macos):
    """On a Mac the add-in goes to Excel's startup folder, scripts and record to Excel's folder of scripts."""
    state = excel.install()
    assert state == AddinState("excel", installed=True, version=__version__, path=macos / STARTUP)
    names = {f"{SCRIPTS.as_posix()}/xlreport.{suffix}" for suffix in ("applescript", "sh", "txt")}
    assert set(files(macos)) == {STARTUP.as_posix(), *names}
    assert recorded((macos / SCRIPTS / "xlreport.txt").read_text(encoding="utf-8"))["python"] == sys.executable


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_twice_and_undone(system, request):
    """A second install changes nothing; removing leaves no file; removing again is no error."""
    folder = request.getfixturevalue(system)
    excel.install()
    once = files(folder)
    excel.install()
    assert files(folder) == once
    assert excel.remove() == AddinState("excel", installed=False)
    assert files(folder) == {}
    assert excel.remove() == AddinState("excel", installed=False)


@pytest.mark.parametrize("foreign", [XLSTART, Path("xlreport/excel.txt")])
def test_a_foreign_file_is_left_alone(windows, foreign):
    """A file of somebody else's in the place of ours: nothing is written, nothing is removed, and it is named."""
    path = windows / foreign
    path.parent.mkdir(parents=True)
    path.write_bytes(b"somebody else's")
    with pytest.raises(OutputError, match="不是本程序的文件") as caught:
        excel.install()
    assert str(path) in caught.value.tell()
    assert files(windows) == {foreign.as_posix(): b"somebody else's"}
    excel.remove()
    assert files(windows) == {foreign.as_posix(): b"somebody else's"}


def test_an_older_one_is_replaced(windows, monkeypatch):
    """The add-in of another version is told as such, and the next install replaces it."""
    monkeypatch.setattr(excel, "__version__", "9.9.9")
    state = excel.install()
    assert state.problem is not None
    assert state.problem.key == "addin_excel.other_version"
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (lambda roaming: (roaming / "xlreport/excel.txt").unlink(), "addin_excel.no_record"),
        (lambda roaming: (roaming / "xlreport/excel.txt").write_bytes(b"\xff"), "addin_excel.no_record"),
        (
            lambda roaming: (roaming / "xlreport/excel.txt").write_text("python=/gone", "utf-16"),
            "addin_excel.no_python",
        ),
        (lambda roaming: shutil.copy(__file__, roaming / XLSTART), "addin_excel.foreign"),
        (lambda roaming: (roaming / XLSTART).write_bytes(BUILT.read_bytes() + b"\0"), "addin_excel.changed"),
    ],
)
def test_what_is_wrong_is_told(windows, harm, key):
    """A lost record, a Python that is gone, a changed or foreign add-in: each is its own problem, with what to do."""
    excel.install()
    harm(windows)
    state = excel.status()
    assert state.problem is not None
    assert state.problem.key == key
    for language in ("zh", "en"):
        assert "xlreport addin install" in state.problem.tell(language)


def test_a_lost_script_is_told(macos):
    """On a Mac, Excel can start nothing without the script."""
    excel.install()
    (macos / SCRIPTS / "xlreport.sh").unlink()
    problem = excel.status().problem
    assert problem is not None
    assert problem.key == "addin_excel.no_record"


def test_without_excel(tmp_path, monkeypatch):
    """Where the user has never started Excel it is not found; where there is none for the system, that is said."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert not excel.found()
    monkeypatch.setattr(sys, "platform", "linux")
    assert not excel.found()
    assert excel.status() == AddinState("excel", installed=False)
    for action in (excel.install, excel.remove):
        with pytest.raises(ProgramError, match="没有 Excel"):
            action()


def test_the_store_s_python(windows, monkeypatch):
    """Excel sees nothing of what the Python of the Microsoft Store writes: that is said, and nothing is written."""
    monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.11")
    with pytest.raises(ProgramError, match=r"python\.org"):
        excel.install()
    assert files(windows) == {}


def test_while_excel_is_open(windows, monkeypatch):
    """Excel holds its add-in: close Excel, it says."""
    excel.install()
    (windows / XLSTART).with_name("~$xlreport.xlam").touch()
    with pytest.raises(OutputError, match="请关闭 Excel"):
        excel.install()


def test_a_folder_that_refuses(windows):
    """What the system refuses is told in a sentence, and the add-in is not there without its record."""
    (windows / "xlreport").write_bytes(b"")
    with pytest.raises(OutputError):
        excel.install()
    assert not (windows / XLSTART).exists()
