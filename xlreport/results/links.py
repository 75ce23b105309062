"""Links from a list of findings to the cells of the workbooks that were checked."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

_WORKBOOKS = {".xlsx", ".xlsm"}
_CELL = re.compile(r"([^!\[\]:*?/\\]{1,31})!(\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)")


class Link(NamedTuple):
    """A file, as a relative reference, and a place in it."""

    target: str
    location: str


def link(source: str, addresses: Sequence[str], target: Path | None) -> Link | None:
    """The link from a list at `target` to the first address in the workbook `source`; None where there is none."""
    path = Path(source)
    found = _CELL.fullmatch(addresses[0]) if addresses else None
    if target is None or found is None or path.suffix.lower() not in _WORKBOOKS:
        return None
    try:
        relative = os.path.relpath(path, target.parent)
    except ValueError:  # on another drive of Windows
        return None
    sheet = found[1].replace("'", "''")
    return Link(reference(relative), f"'{sheet}'!{found[2]}")


def reference(path: str) -> str:
    """A relative path as Excel refers to it: letters of all languages as they are, the rest escaped."""
    safe = "".join(c if ord(c) > 127 else quote(c, safe="/._-~()") for c in path.replace(os.sep, "/"))
    return f"./{safe}" if ":" in safe.split("/")[0] else safe
