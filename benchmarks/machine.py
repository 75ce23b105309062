"""What a measurement was made on."""

from __future__ import annotations

import os
import platform


def machine() -> str:
    """System, Python and cores."""
    return f"{platform.platform(terse=True)}, Python {platform.python_version()}, {os.cpu_count()} cores"
