"""One click in Excel: `python -m xlreport.host.click ACTION [--hwnd N] --book NAME --result FILE`.

The macros start it and wait for it. What is to be said goes to FILE: the kind on the first line (info, warning, error,
or open where a file may be opened), that file on the second, then the sentences. Whatever happens, FILE says it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport import __version__
from xlreport.errors import HostError, XlreportError
from xlreport.host.logfile import log_path
from xlreport.host.perform import ACTIONS, Told, perform
from xlreport.messages import preferred, say

if TYPE_CHECKING:
    import xlwings as xw

LARGEST_LOG = 1 << 20
"""Bytes after which the log begins anew, the one before kept beside it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was clicked and say what came of it; 0 when FILE says it."""
    parser = argparse.ArgumentParser(prog="xlreport.host.click")
    parser.add_argument("action", choices=(*ACTIONS, "help"))
    parser.add_argument("--hwnd", type=int, default=0)
    parser.add_argument("--book", default="")
    parser.add_argument("--result", type=Path, required=True)
    options = parser.parse_args(arguments)
    language = preferred()
    if options.action == "help":
        told = Told(say("addin_excel.click.help", language, version=__version__, log=log_path()), "info")
    else:
        told = _perform(options.action, options.hwnd, options.book, language)
    encoding = "utf-16" if sys.platform == "win32" else "utf-8"  # what the macros, or the shell, can read
    options.result.parent.mkdir(parents=True, exist_ok=True)
    part = options.result.with_name(f"{options.result.name}.part")
    part.write_text(_answer(told, language), encoding=encoding)
    part.replace(options.result)
    return 0


def _perform(action: str, hwnd: int, name: str, language: str) -> Told:
    try:
        book = find_book(name, process_of(hwnd))
    except XlreportError as error:
        log(f"{action}: {error.key}")
        return Told(error.tell(language), "warning")
    except Exception as error:  # noqa: BLE001 - Excel is gone, or no Excel can be spoken to
        log(f"{action}: {type(error).__name__}")
        return Told(say("click.failed", language, error=type(error).__name__), "error")
    return perform(action, book, language, log)


def find_book(name: str, process: int = 0) -> xw.Book:
    """The open workbook called `name`, in the Excel whose process number is `process`, if that is known.

    By its name and never by its path, which for a workbook on OneDrive is an address on the web. Raises HostError.
    """
    import xlwings as xw

    for number in sorted(xw.apps.keys(), key=lambda pid: pid != process):
        with suppress(Exception):  # an Excel that is just ending, or has no such workbook
            for book in xw.apps[number].books:
                if book.name == name:
                    return book
    if name:
        raise HostError("addin_excel.click.no_book", name=name)
    raise HostError("host.no_book")


def process_of(hwnd: int) -> int:
    """The number of the process that a window belongs to; 0 where that is not known."""
    if not hwnd or sys.platform != "win32":
        return 0
    import ctypes

    number = ctypes.c_ulong()
    ctypes.windll.user32.GetWindowThreadProcessId(hwnd, ctypes.byref(number))
    return number.value


def log(line: str) -> None:
    """A line in the log, which holds no cell values. A log that cannot be written stops no click."""
    path = log_path()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} click {__version__} {line}\n")


def _answer(told: Told, language: str) -> str:
    if not told.paths:
        return f"{told.kind}\n\n{told.text}"
    first = told.paths[0]
    return f"open\n{first}\n{say('click.open', language, message=told.text, name=first.name)}"


if __name__ == "__main__":
    sys.exit(main())
