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


from xlreport.host.libreoffice.ranges import Range as R  # TEMP until engine

if "autofit" not in R.__dict__:
    R.autofit = lambda self, axis=None: setattr(self.cells.Rows, "OptimalHeight", True)
    R.select = lambda self: self.sheet.book.api.getCurrentController().select(self.cells)
    R.column_width = property(lambda s: s.cells.Columns.Width / 100 / 25.4 * 72 / 5.25)
    R.row_height = property(
        lambda s: s.cells.Rows.Height / 100 / 25.4 * 72,
        lambda s, v: setattr(s.cells.Rows, "Height", int(v / 72 * 2540)),
    )
