"""A click on 校验 in an open workbook: reading, judging, marking and listing, in a real LibreOffice.

Here every call goes through a pipe to another process; in a window (`window.py`) none does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from xlreport.host import addin, libreoffice
from xlreport.host.host import Host, host_of

ALLOWED = 500.0
"""Milliseconds from the click to the result in a window, after the first."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[xw.Book, Host]]:
    """The workbook in a private LibreOffice, whose every call goes through a pipe: in a window none does."""
    before = xw.engines.active
    libreoffice.register().activate()
    try:
        with xw.App(visible=False, add_book=False) as app:
            book = app.books.open(path)
            yield book, host_of(book)
    finally:
        if before is not None:
            before.activate()


def click(book: xw.Book, _: Host) -> None:
    """All that a click does."""
    addin.validate(book)


def cell_by_cell(book: xw.Book, _: Host) -> None:
    """What others do: the 175 figures of 表三, one by one."""
    for cell in book.sheets["表三"].range("D6:J30"):
        assert cell.value is not None
