"""The process behind the buttons: the extension starts it at the first click, and it stays for the next.

    python -m xlreport.host.libreoffice.worker --version VERSION

Standard input and output are the bridge to the LibreOffice that started it; when they end, so does the worker.
Standard error is the log.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, cast

from xlreport import __version__
from xlreport.messages import preferred, say

if TYPE_CHECKING:
    import xlwings as xw

    from xlreport.host.libreoffice.office import Remote

OTHER_VERSION = 4
"""The exit code that the extension knows (extension/python/pythonpath/xlreport_office/worker.py)."""

ENDS_WITHIN = 5.0
"""Seconds that we take to end when LibreOffice has gone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is clicked, until LibreOffice ends or nothing has been clicked for a while."""
    parser = argparse.ArgumentParser(prog="xlreport.host.libreoffice.worker")
    parser.add_argument("--version", required=True)
    wanted = parser.parse_args(arguments).version
    if wanted != __version__:
        _log(f"the extension belongs to xlreport {wanted}, this is {__version__}")
        return OTHER_VERSION
    from xlreport.host.libreoffice import adopt
    from xlreport.host.libreoffice.office import OfficeError

    app = adopt(*_streams())
    try:
        while click := app.impl.office.verb("next_click", patience=None):
            _click(app, *click)
    except OfficeError as error:  # LibreOffice has ended, or the workbook was closed under our hands
        _log(error.key)
    return 0


def _click(app: xw.App, action: str, document: Remote) -> None:
    """One click: whatever becomes of it, a message says it."""
    import xlwings as xw

    from xlreport.host.libreoffice.books import Book
    from xlreport.host.perform import perform

    language = preferred()
    told = perform(action, xw.Book(impl=Book(app.impl, document)), language, _log)
    text, kind, buttons = told.text, str(told.kind), "ok"
    if told.paths:
        text, kind, buttons = say("click.open", language, message=text, name=told.paths[0].name), "question", "yes_no"
    # The status bar says it as long as the message stands; then it tells of the sheet again.
    answer = app.impl.office.verb("message", text, kind, buttons, patience=None)
    app.status_bar = False
    if answer == "yes":
        app.impl.office.service("com.sun.star.system.SystemShellExecute").execute(told.paths[0].as_uri(), "", 1)


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Those of the bridge. Whatever prints must not speak between its lines: it goes to the log."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return cast("BinaryIO", _lines(sys.stdin.buffer)), sink


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines of the bridge; when they end, so do we, also where the work would go on."""
    yield from source
    last = threading.Timer(ENDS_WITHIN, os._exit, (0,))
    last.daemon = True
    last.start()


def _log(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} worker {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    CODE = main()
    sys.stderr.flush()
    os._exit(CODE)  # the thread that reads the bridge would be in the way of an orderly end
