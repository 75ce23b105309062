"""One click in Excel: whatever happens, the answer says it."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from tests.samples import city
from xlreport import __version__
from xlreport.errors import HostError
from xlreport.host import addin, click
from xlreport.host.logfile import log_path
from xlreport.host.outcome import Outcome
from xlreport.workbook.fill import fill

BOOK = "年报 （甲 乙）.xlsx"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    monkeypatch.delenv("XLREPORT_LANG", raising=False)
    return tmp_path


class Apps(dict[int, Any]):
    """What `xw.apps` is: running programs by the number of their process."""


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> Apps:
    """Two Excels, in both of which a workbook of the same name is open, and one that is just ending."""

    class Ending:
        @property
        def books(self) -> list[Any]:
            raise OSError("the RPC server is not available")

    apps = Apps({1: Ending()})
    for process in (2, 3):
        apps[process] = SimpleNamespace(
            pid=process, books=[SimpleNamespace(name=name, pid=process) for name in ("a.xlsx", BOOK)]
        )
    monkeypatch.setattr(xw, "apps", apps)
    return apps


def run(home: Path, action: str = "validate", name: str = BOOK) -> tuple[str, str, str]:
    """Kind, file to open, sentences."""
    result = home / "中 间" / "answer.txt"
    assert click.main([action, "--hwnd", "0", "--book", name, "--result", str(result)]) == 0
    assert {path.name for path in result.parent.iterdir()} == {"answer.txt"}
    kind, path, told = result.read_text(encoding="utf-8").split("\n", 2)
    return kind, path, told


def test_validate(home, excel, monkeypatch):
    """The function of the button is given the open workbook, and its outcome is what is said."""
    seen = []

    def validate(book: Any) -> Outcome:
        seen.append(book.name)
        return Outcome("validate", "fail", errors=3)

    monkeypatch.setattr(addin, "validate", validate)
    kind, path, told = run(home)
    assert (seen, kind, path) == ([BOOK], "warning", "")
    assert told == Outcome("validate", "fail", errors=3).message("zh")


def test_export_offers_to_open(home, excel, monkeypatch):
    """When files were made, the first is offered."""
    monkeypatch.setattr(addin, "export", lambda _: Outcome("export", paths=(Path("甲.docx"), Path("甲.pdf"))))
    kind, path, told = run(home, "export")
    assert (kind, path) == ("open", "甲.docx")
    assert "甲.docx 吗" in told


def test_an_error_of_ours(home, excel, monkeypatch):
    """A sentence of ours is said as it is."""

    def fail(book: Any) -> Outcome:
        raise HostError("host.read_only")

    monkeypatch.setattr(addin, "validate", fail)
    assert run(home) == ("warning", "", HostError("host.read_only").tell())


def test_a_mistake_of_ours(home, excel, monkeypatch):
    """Anything else is a sentence without a traceback; where it happened is in the log, what it said is not."""

    def fail(book: Any) -> Outcome:
        raise ZeroDivisionError(f"cell D6 holds {1234000 + 567}")

    monkeypatch.setattr(addin, "validate", fail)
    kind, _, told = run(home)
    assert kind == "error"
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told
    log = log_path().read_text(encoding="utf-8")
    assert "test_click.py" in log
    assert "1234567" not in log + told


def test_no_such_book(home, excel):
    """A workbook that is not open any more is named; none at all is said."""
    assert "没有找到工作簿“乙.xlsx”" in run(home, name="乙.xlsx")[2]
    assert run(home, name="")[2] == HostError("host.no_book").tell()


def test_the_excel_that_was_clicked(excel):
    """Of two Excels with such a workbook the one whose window was clicked is meant; otherwise any."""
    assert click.find_book(BOOK, 3).pid == 3  # type: ignore[attr-defined]
    assert click.find_book(BOOK, 2).pid == 2  # type: ignore[attr-defined]
    assert click.find_book(BOOK).name == BOOK


def test_the_process_of_a_window(monkeypatch):
    """On Windows the window that was clicked tells the process; elsewhere there is nothing to ask."""

    def of_window(hwnd: int, number: Any) -> None:
        number._obj.value = hwnd + 1

    assert click.process_of(41) == 0
    monkeypatch.setattr(sys, "platform", "win32")
    user32 = SimpleNamespace(GetWindowThreadProcessId=of_window)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    assert click.process_of(41) == 42
    assert click.process_of(0) == 0


def test_no_excel_at_all(home, monkeypatch):
    """Where xlwings reaches no program, that too is a sentence."""

    class Gone(Apps):
        def keys(self) -> Any:
            raise xw.XlwingsError("no program")

    monkeypatch.setattr(xw, "apps", Gone())
    kind, _, told = run(home)
    assert kind == "error"
    assert "XlwingsError" in told


def test_help(home):
    """帮助 tells version, what the buttons do, and where the log is, without any program."""
    kind, _, told = run(home, "help")
    assert kind == "info"
    assert __version__ in told
    assert str(log_path()) in told


def test_the_answer_on_windows_is_what_its_objects_read(home, monkeypatch):
    """On Windows the answer is UTF-16 with its mark."""
    monkeypatch.setattr(sys, "platform", "win32")
    result = home / "answer.txt"
    click.main(["help", "--result", str(result)])
    assert result.read_bytes().startswith((b"\xff\xfe", b"\xfe\xff"))
    assert "校验" in result.read_text(encoding="utf-16")


def test_a_log_of_its_size(home):
    """A log that has grown large begins anew; one that cannot be written stops no click."""
    path = log_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * (click.LARGEST_LOG + 1))
    click.log("new")
    assert path.read_text(encoding="utf-8").endswith("new\n")
    assert path.stat().st_size < 200
    path.unlink()
    path.mkdir()
    click.log("lost")


def test_as_a_program(home, tmp_path):
    """Started as the macros start it, in a folder with a file that would be in the way, it answers."""
    (tmp_path / "json.py").write_text("raise SystemExit('in the way')", encoding="utf-8")
    result = tmp_path / "answer.txt"
    command = [sys.executable, "-P", "-X", "utf8", "-m", "xlreport.host.click", "help", "--result", str(result)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout + done.stderr == b""
    assert result.read_text(encoding="utf-8").startswith("info\n")


@pytest.mark.office
def test_in_a_real_program(home, app, monkeypatch):
    """The whole click, on a workbook that is open in LibreOffice instead of Excel: found by its name, judged, told."""
    path = home / BOOK
    report = city()
    wrong = {**report.figures, "t3.granted.natural_person": 1480}
    path.write_bytes(fill(replace(report, figures=wrong)))
    book = app.books.open(str(path))
    try:
        kind, _, told = run(home)
        assert kind == "warning"
        assert "处错误" in told
        assert book.sheets["表三"]["D8"].color is not None
        book.sheets["表三"]["D8"].value = report.figures["t3.granted.natural_person"]
        kind, _, told = run(home)
        assert "校验通过" in told
        assert kind == "info"
        assert "validate: " in log_path().read_text(encoding="utf-8")
    finally:
        book.close()
