"""When something is wrong: a plain sentence is seen, the sheets are protected as before, no process is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import OWN, Open
from tests.e2e.desktop import until
from tests.e2e.test_click import click, mistyped

pytestmark = pytest.mark.office

BROKEN = """
import os, pathlib, sys, time
sys.path[1:1] = {paths}
from xlreport.host import painting

def paint(*_):
    here = pathlib.Path(__file__).parent
    (here / "at work").touch()
    {what}

painting.paint = paint
"""
"""A sitecustomize: Python runs it first, and it breaks xlreport where the sheets are not protected."""


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str], Path]:
    """A folder for PYTHONPATH in which xlreport does something else than to mark cells."""

    def folder(what: str) -> Path:
        path = tmp_path / "broken"
        path.mkdir()
        paths = [OWN["path"]] if OWN["path"] else []
        code = BROKEN.replace("{paths}", str(paths)).replace("{what}", what)
        (path / "sitecustomize.py").write_text(code, encoding="utf-8")
        return path

    return folder


def test_python_is_missing(start: Open, workbook: Path) -> None:
    """Where the interpreter has gone, the sentence names it, and what to do."""
    calc = start(mistyped(workbook), python="/nowhere/bin/python")
    click(calc, "xlr_validate")
    text = calc.answered()
    assert "/nowhere/bin/python" in text
    assert "xlreport addin install" in text
    assert str(calc.log) in text


def test_other_version(start: Open, workbook: Path) -> None:
    """Where another version of xlreport is installed than the buttons', the sentence says what to do."""
    calc = start(mistyped(workbook), version="0.0.9")
    click(calc, "xlr_validate")
    text = calc.answered()
    assert "0.0.9" in text
    assert "xlreport addin install" in text
    until(lambda: not calc.workers(), "the worker to end")


def test_worker_dies(start: Open, workbook: Path, broken: Callable[[str], Path]) -> None:
    """A worker that dies while sheets are open: they are protected again, the sentence names the log."""
    calc = start(mistyped(workbook), path=str(broken("os._exit(7)")))
    protected = calc.protected()
    click(calc, "xlr_validate")
    assert str(calc.log) in calc.answered()
    assert calc.protected() == protected != []
    assert "worker ended: 7" in calc.told()
    calc.screen.keys("ctrl+z")
    assert calc.protected() == protected


def test_worker_hangs(start: Open, workbook: Path, broken: Callable[[str], Path]) -> None:
    """A worker without an end is ended; meanwhile a person can go on typing."""
    folder = broken("time.sleep(600)")
    calc = start(mistyped(workbook), path=str(folder), timeout=8.0)
    protected = calc.protected()
    click(calc, "xlr_validate")
    until((folder / "at work").exists, "the worker to hang")
    assert calc.protected() != protected, "the test tests nothing"
    calc.show("表三", "D9")
    calc.screen.type("77")
    calc.screen.keys("Return")
    until(lambda: calc.text("表三", "D9") == "77", "what is typed meanwhile")
    assert "超过 8 秒" in calc.answered()
    assert calc.protected() == protected
    assert not calc.workers()


def test_program_fails(start: Open, workbook: Path, broken: Callable[[str], Path]) -> None:
    """A mistake of ours is told as such; the log says where it was, and not what stands in the cells."""
    calc = start(mistyped(workbook), path=str(broken("raise ValueError(f'it was {40 * 37}')")))
    protected = calc.protected()
    click(calc, "xlr_validate")
    assert "ValueError" in calc.answered()
    assert calc.protected() == protected
    assert "sitecustomize.py" in calc.told()
    assert "1480" not in calc.told()


WAIT = "exec('while not (here / \"go\").exists(): time.sleep(0.05)')"


def test_closing_while_it_runs(start: Open, workbook: Path, broken: Callable[[str], Path]) -> None:
    """LibreOffice is not closed while sheets are open, and says so; afterwards it is, and the worker with it."""
    folder = broken(WAIT)
    calc = start(mistyped(workbook), path=str(folder))
    protected = calc.protected()
    click(calc, "xlr_validate")
    until((folder / "at work").exists, "the worker to be at work")
    calc.document.setModified(False)
    calc.screen.keys("ctrl+q")
    assert "没有关闭" in calc.answered()
    (folder / "go").touch()
    calc.answered()
    assert calc.protected() == protected
    calc.document.setModified(False)
    calc.screen.keys("ctrl+q")
    until(lambda: calc.process.poll() is not None, "LibreOffice to end")


def test_killed_while_it_runs(start: Open, workbook: Path, broken: Callable[[str], Path]) -> None:
    """When LibreOffice is killed, a worker that hangs ends too."""
    folder = broken("time.sleep(600)")
    calc = start(mistyped(workbook), path=str(folder))
    click(calc, "xlr_validate")
    until((folder / "at work").exists, "the worker to be at work")
    assert calc.workers()
    calc.kill()


def test_workbook_closed_while_it_runs(start: Open, workbook: Path, broken: Callable[[str], Path]) -> None:
    """A workbook closed under our hands: that is told, and the next click works."""
    folder = broken(WAIT)
    calc = start(mistyped(workbook), path=str(folder))
    first = calc.document
    calc.open(mistyped(workbook.with_name("另一份.xlsx")).as_uri())
    second = calc.document
    calc.document = first
    calc.raise_()
    click(calc, "xlr_validate")
    until((folder / "at work").exists, "the worker to be at work")
    first.close(True)
    calc.document = second
    (folder / "go").touch()
    assert "关闭" in calc.answered()
    calc.raise_()
    click(calc, "xlr_validate")
    assert calc.answered().startswith("10 处错误")
