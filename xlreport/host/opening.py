"""Show a file in the program that the user has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_file(path: Path) -> None:
    """Open `path` as a double click would; where the system knows no way, nothing happens."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606  # a file that we have just written
        return
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is not None:
        quiet = subprocess.DEVNULL
        subprocess.Popen([program, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
