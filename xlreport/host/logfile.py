"""Where a click leaves its trace."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def log_path() -> Path:
    """The log of the add-ins, where this system keeps such files of the user's. It holds no cell values."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "xlreport"
    elif sys.platform == "darwin":
        folder = home / "Library" / "Logs" / "xlreport"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "xlreport"
    return folder / "addin.log"
