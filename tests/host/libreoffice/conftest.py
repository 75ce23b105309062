"""A private LibreOffice for the tests of the engine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from xlreport.errors import ProgramError
from xlreport.host import libreoffice


@pytest.fixture(scope="session")
def app() -> Iterator[xw.App]:
    """An App without windows, started once."""
    libreoffice.register().activate()
    try:
        started = xw.App(visible=False)
    except ProgramError as error:
        pytest.skip(f"needs LibreOffice and its Python (`make test` as root installs them): {error.tell('en')}")
    with started:
        yield started


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    """A new book of one sheet."""
    made = app.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    """An empty sheet."""
    return book.sheets[0]


def running(pid: int) -> bool:
    """Whether the process lives, and not only as one that nobody has waited for."""
    if sys.platform != "linux":
        pytest.skip("looks at /proc")
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
