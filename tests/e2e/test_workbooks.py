"""Workbooks in another state than one expects: each click ends in a plain sentence, and changes nothing it may not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.conftest import Open
from tests.e2e.desktop import until
from tests.e2e.test_click import click, mistyped
from tests.samples import city, write_workbook

pytestmark = pytest.mark.office


def test_two_quick_clicks(start: Open, workbook: Path) -> None:
    """Two quick clicks, and a third on another button, run once; what was ignored is in the log."""
    calc = start(mistyped(workbook))
    calc.show("校验", "A5")
    at = calc.button("xlr_validate")
    other = calc.button("xlr_clear")
    calc.screen.click(at, times=2)
    calc.screen.click(other)
    calc.answered()
    assert calc.told().count("worker validate") == 1
    assert "worker clear" not in calc.told()
    assert "ignored" in calc.told()


def test_saved_by_libreoffice(start: Open, workbook: Path) -> None:
    """Opening is no change; a button works also when LibreOffice has saved the file, which stays free of macros."""
    calc = start(write_workbook(city(), workbook))
    assert not calc.document.isModified()
    calc.show("表三", "D9")
    calc.screen.type("77")
    calc.screen.keys("Return")
    calc.screen.keys("ctrl+s")
    until(lambda: calc.text("表三", "D9") == "77" and not calc.document.isModified(), "the workbook to be saved")
    with zipfile.ZipFile(workbook) as saved:
        assert not [name for name in saved.namelist() if "vba" in name.lower()]
        assert b"vnd.sun.star" not in b"".join(saved.read(name) for name in saved.namelist())
    calc.document.close(True)
    calc.open(workbook.as_uri())
    assert not calc.document.isModified()
    click(calc, "xlr_validate")
    assert "处错误" in calc.answered()


def test_undo(start: Open, workbook: Path) -> None:
    """Ctrl+Z takes back a whole 校验, then what was typed before it; the sheets are protected all the time."""
    calc = start(write_workbook(city(), workbook))
    right, clean, protected = calc.text("表三", "D9"), calc.colours(), calc.protected()
    calc.show("表三", "D9")
    calc.screen.type("77")
    calc.screen.keys("Return")
    until(lambda: calc.text("表三", "D9") == "77", "the figure to be typed")
    click(calc, "xlr_validate")
    calc.answered()
    assert calc.colours() != clean
    calc.screen.keys("ctrl+z")
    until(lambda: calc.colours() == clean, "the marks to be taken back")
    assert calc.text("表三", "D9") == "77"
    assert calc.protected() == protected
    calc.screen.keys("ctrl+z")
    until(lambda: calc.text("表三", "D9") == right, "the figure to be taken back")
    assert calc.protected() == protected


def test_states(start: Open, workbook: Path, tmp_path: Path) -> None:
    """Never saved, read-only, a renamed sheet, a password of the user's own, none of ours: a sentence each."""
    calc = start(mistyped(workbook))

    calc.open(workbook.as_uri(), AsTemplate=True)
    click(calc, "xlr_validate")
    assert calc.answered().startswith("10 处错误")
    calc.document.close(True)
    right = write_workbook(city(), workbook.with_name("对的.xlsx"))
    calc.open(right.as_uri(), AsTemplate=True)
    click(calc, "xlr_export")
    assert "保存" in calc.answered()
    calc.document.close(True)

    calc.open(workbook.as_uri(), ReadOnly=True)
    before = calc.colours()
    click(calc, "xlr_validate")
    assert "只读" in calc.answered()
    assert calc.colours() == before
    calc.document.close(True)

    calc.open(mistyped(tmp_path / "renamed.xlsx").as_uri())
    calc.document.Sheets.getByName("表三").setName("表3")
    protected = calc.protected()
    click(calc, "xlr_validate")
    assert "错误" in calc.answered()
    assert calc.protected() == protected
    calc.document.close(True)

    calc.open(mistyped(tmp_path / "password.xlsx").as_uri())
    sheet = calc.document.Sheets.getByName("表三")
    sheet.unprotect("")
    sheet.protect("自己的密码")
    before, protected = calc.colours(), calc.protected()
    click(calc, "xlr_validate")
    assert "密码" in calc.answered()
    assert calc.colours() == before
    assert calc.protected() == protected
    sheet.unprotect("自己的密码")
    assert not sheet.isProtected(), "it is still this password"
    calc.document.close(True)

    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    calc.open((tmp_path / "other.xlsx").as_uri())
    calc.screen.click(calc.tool("校验"))
    assert "不是本工具" in calc.answered()
