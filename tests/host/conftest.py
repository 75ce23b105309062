"""A real LibreOffice for the tests of the buttons, started once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
import xlwings as xw

from xlreport.host import libreoffice
from xlreport.host.libreoffice.office import OfficeError


@pytest.fixture(scope="session")
def app() -> Iterator[xw.App]:
    """A private LibreOffice behind xlwings, without a window."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (`make test` as root installs it)")
    libreoffice.register().activate()
    try:
        app = xw.App(visible=False, add_book=False)
    except OfficeError as error:
        pytest.skip(f"needs a LibreOffice that can be driven: {error}")
    with app:
        yield app
