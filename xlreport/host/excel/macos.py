"""Excel for Mac, 2016 and later. Its sandbox starts nothing but the scripts in its own folder of scripts.

Sources: Apple's App Sandbox (Application Scripts), and Microsoft's documentation of AppleScriptTask.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xlreport.host.excel.places import Placed
from xlreport.host.excel.sources import macros_path
from xlreport.messages import Phrase

RECORD_ENCODING = "utf-8"
SCRIPTS = ("xlreport.applescript", "xlreport.sh")


def excel_folder() -> Path:
    """What the Office programs share."""
    return Path.home() / "Library" / "Group Containers" / "UBF8T346G9.Office"


def startup_folder() -> Path:
    """Excel's own name for it, whatever the Finder shows."""
    return excel_folder() / "User Content.localized" / "Startup.localized" / "Excel"


def _scripts_folder() -> Path:
    return Path.home() / "Library" / "Application Scripts" / "com.microsoft.Excel"


def record_path() -> Path:
    """Beside xlreport.sh, which reads it."""
    return _scripts_folder() / "xlreport.txt"


def interpreter() -> Path:
    """The interpreter itself."""
    return Path(sys.executable)


def objection() -> Phrase | None:
    """None."""
    return None


def others() -> tuple[Placed, ...]:
    """The scripts that our macros ask."""
    return tuple(Placed(_scripts_folder() / name, (macros_path() / name).read_bytes()) for name in SCRIPTS)
