"""Excel for Windows, as far as xlwings' public API does not reach: a handful of COM members.

Names of members and what they do: https://learn.microsoft.com/office/vba/api/excel.worksheet.protect and its
neighbours `Worksheet.Protection`, `Application.Ready`, `Workbook.ReadOnly`, `Workbook.FullName`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import xlwings as xw

from xlreport.errors import HostError
from xlreport.host.excel.both import BothExcel

PATIENCE = 5.0
"""Seconds that a busy Excel is waited for."""
PAUSE = 0.2

_BUSY = {-2147418111, -2147417846, -2146777998}
"""RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE: what Excel answers while a cell is being edited."""
_GONE = {-2147023174, -2147417848, -2147023170}
"""RPC_S_SERVER_UNAVAILABLE, RPC_E_DISCONNECTED, RPC_S_CALL_FAILED."""

_ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


class ExcelHost(BothExcel):
    """An open workbook in Excel for Windows."""

    def __init__(
        self, book: xw.Book, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__(book)
        self._clock = clock
        self._sleep = sleep

    def ready(self) -> None:
        """Wait until no cell is being edited and nothing else is going on, but not for long."""
        _bound_retries()
        until = self._clock() + PATIENCE
        while not self._answers():
            if self._clock() > until:
                raise HostError("host.busy", program="Excel")
            self._sleep(PAUSE)

    def _answers(self) -> bool:
        try:
            return bool(self._book.app.api.Ready)
        except Exception as error:
            if _codes(error) & _BUSY:
                return False
            raise

    def read_only(self) -> bool:
        """Was it opened for reading only?"""
        return bool(self._book.api.ReadOnly)

    def modified(self) -> bool:
        """Has it changes that are not saved?"""
        return not self._book.api.Saved

    def location(self) -> str:
        """Its path or URL as Excel has it: xlwings' `fullname` looks for a folder that a URL might be a copy of."""
        return str(self._book.api.FullName) if self._book.api.Path else ""

    @contextmanager
    def lifted(self, sheets: Sequence[xw.Sheet]) -> Iterator[None]:
        """Without protection within; after, protected again with the options that each had."""
        with ExitStack() as stack:
            for sheet in sheets:
                api = sheet.api
                if api.ProtectContents or api.ProtectDrawingObjects or api.ProtectScenarios:
                    options = _options(api)
                    _unprotect(api, sheet.name)
                    stack.callback(api.Protect, **options)
            yield

    def explain(self, error: Exception) -> HostError | None:
        """Excel is busy, or gone."""
        if _codes(error) & _BUSY:
            return HostError("host.busy", program="Excel")
        return HostError("host.gone", program="Excel") if _codes(error) & _GONE else None


def _options(api: Any) -> dict[str, Any]:
    """The arguments of `Protect` that give the protection a sheet has."""
    allowed = {name: bool(getattr(api.Protection, name)) for name in _ALLOWED}
    return {
        "DrawingObjects": bool(api.ProtectDrawingObjects),
        "Contents": bool(api.ProtectContents),
        "Scenarios": bool(api.ProtectScenarios),
        "UserInterfaceOnly": bool(api.ProtectionMode),
        **allowed,
    }


def _unprotect(api: Any, name: str) -> None:
    """Lift a protection without a password. Raises HostError for one with a password."""
    try:
        api.Unprotect("")  # without the argument Excel would ask on the screen
    except Exception as error:
        if _codes(error) & (_BUSY | _GONE):
            raise
        raise HostError("host.password", sheet=name) from error
    if api.ProtectContents:
        raise HostError("host.password", sheet=name)


def _codes(error: Exception) -> set[int]:
    """The numbers in a pywintypes.com_error: (hresult, text, (wcode, source, text, help, context, scode), argument)."""
    hresult, _, detail, *_ = (*error.args, None, None, None)
    scode = detail[5] if isinstance(detail, tuple) and len(detail) > 5 else None
    return {code for code in (hresult, scode) if isinstance(code, int)}


def _bound_retries() -> None:
    """Xlwings repeats a rejected call without end unless told otherwise; it exists on Windows only."""
    try:
        from xlwings import _xlwindows
    except ImportError:
        return
    _xlwindows.N_COM_ATTEMPTS = 1_000  # without a pause between them: about a second
