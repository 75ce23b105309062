"""`xlreport doctor`: for every problem the one thing to do."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from tests.host.test_install import BROKEN, GONE, HERE, part
from xlreport import __version__
from xlreport.cli import main
from xlreport.document import fonts
from xlreport.document.fontfiles import HOME
from xlreport.host import doctor
from xlreport.host.doctor import Check, examine


@pytest.fixture(autouse=True)
def well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nothing is wrong: an Excel with our add-in."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状 态"))
    monkeypatch.setattr(doctor, "parts", lambda: (part("Excel", HERE),))


def checks() -> dict[str, Check]:
    return {check.name: check for check in examine()}


def test_all_is_well(capfd):
    """Where nothing is wrong it says so, and what it found; exit code 0."""
    assert main(["doctor"]) == 0
    out = capfd.readouterr().out
    assert "×" not in out
    for told in (sys.executable, __version__, "xlwings ", "Excel 的插件：已安装，版本 1.2"):
        assert told in out
    assert out.splitlines()[-1] == "一切正常，按钮可以使用"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", [GONE, BROKEN])
def test_an_add_in_that_is_missing_or_broken(capfd, monkeypatch, state, language):
    """A problem is one line with ×, then the thing to do; exit code 1."""
    monkeypatch.setattr(doctor, "parts", lambda: (part("Excel", state),))
    assert main(["doctor", "--lang", language]) == 1
    lines = capfd.readouterr().out.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith("×")]
    assert "Excel" in lines[at]
    assert lines[at + 1].startswith("  → ")


def test_no_program_at_all(monkeypatch):
    """Without Excel and LibreOffice there is no place for buttons; nothing is asked of add-ins then."""
    monkeypatch.setattr(doctor, "parts", lambda: (part("LibreOffice", GONE, found=False),))
    found = checks()
    assert found["hosts"].level == "problem"
    assert not any(name.startswith(("addin.", "bridge")) for name in found)


def test_a_library_that_is_missing(monkeypatch):
    """A library that is not installed is named, with the command that brings it."""
    monkeypatch.setattr(doctor, "LIBRARIES", ("lxml", "no-such-library"))
    check = checks()["package"]
    assert check.level == "problem"
    assert check.remedy is not None
    assert "no-such-library" in check.remedy.tell()
    assert "pip install" in check.remedy.tell()


def test_a_python_that_excel_does_not_hear(monkeypatch, tmp_path):
    """The Python of the Microsoft Store is a problem on Windows, with what to do."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert checks()["python"].level == "ok"
    monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\WindowsApps\Python")
    check = checks()["python"]
    assert check.level == "problem"
    assert check.remedy is not None
    assert "python.org" in check.remedy.tell()


def test_fonts(monkeypatch):
    """Without a Fangsong font the PDF is complete and looks other: a note, which is no problem."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    assert fonts.find_fonts().faces["body"].path.parent == HOME
    check = checks()["fonts"]
    assert check.level == "note"
    assert check.remedy is not None
    assert "仿宋_GB2312" in check.remedy.tell()


def test_a_folder_that_cannot_be_written(monkeypatch, tmp_path):
    """Where the log cannot be written, the folder and the system's reason are told."""
    (tmp_path / "状 态").write_bytes(b"a file where a folder should be")
    found = [check for check in examine() if check.name == "write" and check.level == "problem"]
    assert len(found) == 1
    assert "状 态" in found[0].found.tell()


def test_json(capfd):
    """For a support desk: one object, whose checks have name, level, what was found and the remedy."""
    assert main(["doctor", "--format", "json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["schema"] == "xlreport/doctor/1"
    assert told["ok"] is True
    assert [check["name"] for check in told["checks"]][:3] == ["python", "package", "hosts"]
    assert all(set(check) == {"name", "level", "found", "remedy"} for check in told["checks"])


def program(path: Path, code: int) -> Path:
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(("codes", "level"), [((1, 0), "ok"), ((1, 1), "problem"), ((), "problem")])
def test_the_bridge(monkeypatch, tmp_path, codes, level):
    """One Python that can speak to LibreOffice is enough; none is a problem, with what to install."""
    from xlreport.host.libreoffice import programs

    pythons = [program(tmp_path / f"python {n}", code) for n, code in enumerate(codes)]
    monkeypatch.setattr(programs, "soffice", lambda: tmp_path / "soffice")
    monkeypatch.setattr(programs, "pythons", lambda _: iter([tmp_path / "gone", *pythons]))
    monkeypatch.setattr(doctor, "parts", lambda: (part("LibreOffice", HERE),))
    check = checks()["bridge"]
    assert check.level == level
    assert (check.remedy is None) == (level == "ok")


def test_this_machine():
    """On the machine of the tests, whatever it has, every check is told in both languages."""
    from xlreport.host.install import parts

    assert parts()
    for check in examine():
        for language in ("zh", "en"):
            assert check.found.tell(language)
            assert check.level == "ok" or check.remedy is not None
