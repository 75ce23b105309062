"""Excel for Windows: https://support.microsoft.com/office/ on the XLSTART folder, which Excel also trusts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from xlreport.host.excel.places import Placed
from xlreport.messages import Phrase

RECORD_ENCODING = "utf-16"
"""With a byte order mark, as Windows' own objects read text: names of users may be Chinese on any system."""


def _roaming() -> Path:
    return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")


def excel_folder() -> Path:
    """Excel's folder of the user's."""
    return _roaming() / "Microsoft" / "Excel"


def startup_folder() -> Path:
    """XLSTART."""
    return excel_folder() / "XLSTART"


def record_path() -> Path:
    """As XlrWindows.bas has it; beside XLSTART, not in it: Excel would open the record as a workbook."""
    return _roaming() / "xlreport" / "excel.txt"


def interpreter() -> Path:
    """pythonw.exe where there is one: no black window."""
    python = Path(sys.executable)
    silent = python.with_name("pythonw.exe")
    return silent if silent.is_file() else python


def objection() -> Phrase | None:
    """Windows keeps what the Python of the Microsoft Store writes here in a folder of its own, unseen by others."""
    store = "WindowsApps" in sys.base_prefix
    return Phrase("addin_excel.store_python", {"python": sys.executable}) if store else None


def others() -> tuple[Placed, ...]:
    """Nothing else."""
    return ()
