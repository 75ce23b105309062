"""The .xlsm in a real LibreOffice: it opens, its modules compile and run, and hand a click to the extension."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.host.excel.office import run
from xlreport.host.excel.package import macro_of
from xlreport.host.excel.sources import COMMON, module
from xlreport.host.perform import ACTIONS
from xlreport.workbook.build.buttons import BUTTONS
from xlreport.workbook.template import template_path

pytestmark = pytest.mark.office

RUNNING = [["XlrPython.IsRunning"], ["XlrWindows.IsRunning"], ["XlrMac.IsRunning"]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The committed .xlsm, in a folder as offices have them."""
    folder = tmp_path / "年报 (一)"
    folder.mkdir()
    return Path(shutil.copy(template_path("2021").with_suffix(".xlsm"), folder / "年报 模板（一）.xlsm"))


def test_it_opens_and_runs(book):
    """The modules are there with our code, all compile, and every button's macro hands its action to our extension."""
    told = run(book, [*RUNNING, *([f"XlReport.{macro_of(button)}"] for button in BUTTONS)])
    assert set(told["modules"]) == {*COMMON, "ThisWorkbook", *(f"Sheet{n}" for n in range(1, 8))}
    for name in COMMON:
        for line in module(name).code.splitlines():
            assert line.strip() in told["modules"][name], (name, line)
    assert told["compiled"] == dict.fromkeys(told["modules"], 7)
    assert told["called"][: len(RUNNING)] == [False] * len(RUNNING)
    assert told["triggered"] == list(ACTIONS)
    assert told["shapes"] == [["校验", name, text] for name, text in BUTTONS.items()]


PYTHON_STAND_IN = """
Option VBASupport 1
Public heard As String
Public polls As Integer
Public says As String
Public Function ReadRecord() As String
    ReadRecord = "xlreport=1" & vbLf & "wait=w" & vbLf & "busy=b" & vbLf & "broken=x\\ny" & vbLf & "title=t" & vbLf
End Function
Public Sub Start(action As String)
    heard = heard & "start " & action & ";"
    If action = "fail" Then Err.Raise 1000, "x", "no such file"
    polls = 3
    If action = "silent" Then says = "" Else says = "info" & vbLf & vbLf & "done" & vbLf & action
    If action = "export" Then says = "open" & vbLf & "/a b.docx" & vbLf & "open it?"
End Sub
Public Function IsRunning() As Boolean
    If polls > 0 Then polls = polls - 1
    IsRunning = polls > 0
End Function
Public Function Answer() As String
    Answer = says
End Function
Public Sub OpenFile(path As String)
    heard = heard & "open " & path & ";"
End Sub
Public Function BookName() As String
End Function
Public Function Box(sentences, icon, title) As Integer
    heard = heard & "box " & icon & " " & sentences & ";"
    Box = vbYes
End Function
Public Function Clicked(action As String) As String
    heard = ""
    XlrExcel.Click action
    Clicked = heard
End Function
Public Function ClickedTwice(action As String) As String
    heard = ""
    polls = 9
    XlrExcel.Click action
    ClickedTwice = heard
    polls = 0
End Function
Public Function Missing() As String
    On Error GoTo Bad
    Missing = XlrRecord.Value("no such key")
    Exit Function
Bad:
    Missing = Err.Number & " " & Err.Description
End Function
"""
"""Stands where XlrPython stands, hears what it is asked for, and shows boxes to nobody."""


def told_by(book: Path, *calls: list[str]) -> list[Any]:
    """What functions return when a stand-in plays our Python, and boxes are written down."""
    changed = {"XlrPython": ("", PYTHON_STAND_IN), "XlrExcel": ("MsgBox", "XlrPython.Box")}
    told = run(book, calls, changed)
    assert told["compiled"] == dict.fromkeys(told["modules"], 7)
    return list(told["called"])


def test_the_click_of_excel(book):
    """What Excel will do, done by LibreOffice's Basic: start, wait, tell, offer to open, one at a time."""
    calls = [["XlrPython.Clicked", action] for action in ("validate", "export", "fail", "silent", "draft")]
    validate, export, fail, silent, draft, twice = told_by(book, *calls, ["XlrPython.ClickedTwice", "validate"])
    assert validate == "start validate;box 64 done\nvalidate;"
    assert export == "start export;box 36 open it?;open /a b.docx;"
    assert fail == "start fail;box 48 x\ny\n\nno such file;"
    assert silent.startswith("start silent;box 48 x\ny\n\n")
    assert draft == "start draft;box 64 done\ndraft;", "a failure before does not keep the next click from working"
    assert twice == "", "the second of two quick clicks does nothing"


def test_the_record(book):
    """A value is found by its key, with its line breaks; what is not there is the Chinese sentence to install."""
    wait, broken, missing = told_by(
        book, ["XlrRecord.Value", "wait"], ["XlrRecord.Value", "broken"], ["XlrPython.Missing"]
    )
    assert (wait, broken) == ("w", "x\ny")
    assert "当前用户还没有安装插件，请在命令行运行：xlreport addin install" in missing
