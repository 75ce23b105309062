"""Excel for macOS: what `host` does by COM, said in the terms of its scripting dictionary, through appscript.

The terms are those of xlwings' own `mac_dict`. Never run by us on a Mac: see docs/excel-smoke-test.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import xlwings as xw

from xlreport.errors import HostError
from xlreport.host.excel.both import BothExcel

_BUSY = {-1712}
"""errAETimeout: a cell is being edited, or a dialog is open."""
_GONE = {-600, -609}
"""procNotFound, connectionInvalid."""

ALLOWED = (
    "allow_formatting_cells",
    "allow_formatting_columns",
    "allow_formatting_rows",
    "allow_inserting_columns",
    "allow_inserting_rows",
    "allow_inserting_hyperlinks",
    "allow_deleting_columns",
    "allow_deleting_rows",
    "allow_sorting",
    "allow_filtering",
    "allow_using_pivot_table",
)


class MacExcelHost(BothExcel):
    """An open workbook in Excel for macOS."""

    def ready(self) -> None:
        """The dictionary has no word for it; a busy Excel is told by `explain`."""

    def read_only(self) -> bool:
        """Was it opened for reading only?"""
        return bool(self._book.api.read_only.get())

    def modified(self) -> bool:
        """Has it changes that are not saved?"""
        return not self._book.api.saved.get()

    def location(self) -> str:
        """Its path or URL; a workbook that was never saved has only a name."""
        full = str(self._book.api.full_name.get())
        return full if "/" in full else ""

    @contextmanager
    def lifted(self, sheets: Sequence[xw.Sheet]) -> Iterator[None]:
        """Without protection within; after, protected again with the options that each had."""
        with ExitStack() as stack:
            for sheet in sheets:
                options = _options(sheet.api)
                if options["worksheet_contents"] or options["drawing_objects"] or options["scenarios"]:
                    _unprotect(sheet)
                    stack.callback(sheet.api.protect_worksheet, **options)
            yield

    def explain(self, error: Exception) -> HostError | None:
        """Excel is busy, or gone."""
        number = getattr(error, "errornumber", None)
        if number in _BUSY:
            return HostError("host.busy", program="Excel")
        return HostError("host.gone", program="Excel") if number in _GONE else None


def _options(api: Any) -> dict[str, bool]:
    """The arguments of `protect worksheet` that give the protection a sheet has."""
    return {
        "drawing_objects": bool(api.protect_drawing_objects.get()),
        "worksheet_contents": bool(api.protect_contents.get()),
        "scenarios": bool(api.protect_scenarios.get()),
        "user_interface_only": bool(api.protection_mode.get()),
        **{name: bool(getattr(api.protection_object, name).get()) for name in ALLOWED},
    }


def _unprotect(sheet: xw.Sheet) -> None:
    """Lift a protection without a password. Raises HostError for one with a password."""
    try:
        sheet.api.unprotect(password="")
    except Exception as error:
        if getattr(error, "errornumber", None) in _BUSY | _GONE:
            raise
        raise HostError("host.password", sheet=sheet.name) from error
    if sheet.api.protect_contents.get():
        raise HostError("host.password", sheet=sheet.name)
