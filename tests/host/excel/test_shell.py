"""The script that Excel for Mac asks, run by a real shell."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import HANGING
from xlreport.host.excel.record import Record
from xlreport.host.excel.sources import macros_path

BOOK = "年报 “甲 乙”（$HOME）`x`.xlsm"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of scripts, a record, and a Python that says what it was started with."""
    folder = tmp_path / "张 三 (一)"
    folder.mkdir()
    shutil.copy(macros_path() / "xlreport.sh", folder)
    python = folder / "python 3"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$0.py" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    program = (
        "import sys, pathlib, time; arguments = sys.argv[1:]\n"
        "if 'draft' in arguments: sys.exit('no such module')\n"
        "if 'export' in arguments: time.sleep(60)\n"
        "pathlib.Path(arguments[-1]).write_text('info\\n\\n' + '|'.join(arguments), encoding='utf-8')\n"
    )
    (folder / "python 3.py").write_text(program, encoding="utf-8")
    record = Record(python, folder / "log s" / "answer.txt", folder / "log s" / "addin.log")
    (folder / "xlreport.txt").write_text(record.text(), encoding="utf-8")
    return folder


def ask(folder: Path, *lines: str) -> str:
    command = ["/bin/sh", str(folder / "xlreport.sh"), "\n".join(lines)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=HANGING).stdout


def wait(folder: Path) -> None:
    until = time.monotonic() + HANGING
    while ask(folder, "running").strip() == "yes":
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_click(folder):
    """The program is started with the book's name as it is, runs while Excel goes on, and its answer is fetched."""
    assert ask(folder, "validate", BOOK) == ""
    wait(folder)
    kind, _, told = ask(folder, "answer").split("\n", 2)
    assert kind == "info"
    options, book, result = told.split("|")[:7], told.split("|")[-3], told.split("|")[-1]
    assert options == ["-E", "-P", "-X", "utf8", "-m", "xlreport.host.click", "validate"]
    assert book == BOOK
    assert result == str(folder / "log s" / "answer.txt")


def test_it_waits_for_nothing(folder):
    """The script returns while the program runs, which `running` tells: Excel must answer the program meanwhile."""
    ask(folder, "export", BOOK)
    assert ask(folder, "running").strip() == "yes"
    process = (folder / "log s" / "answer.txt.pid").read_text(encoding="ascii").strip()
    subprocess.run(["/bin/kill", process], check=True)
    wait(folder)


def test_a_program_that_fails(folder):
    """What a program that does not come to an answer says is in the log, and the answer of the last click is gone."""
    ask(folder, "validate", BOOK)
    wait(folder)
    ask(folder, "draft", BOOK)
    wait(folder)
    assert ask(folder, "answer") == ""
    assert "no such module" in (folder / "log s" / "addin.log").read_text(encoding="utf-8")


def test_the_record(folder):
    """The record is handed over as it is."""
    assert ask(folder, "record") == (folder / "xlreport.txt").read_text(encoding="utf-8")
    assert ask(folder, "running").strip() == "no"
