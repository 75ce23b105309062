"""Where the final document goes: beside the workbook, or where its user finds it when the workbook is online."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from xlreport.errors import HostError
from xlreport.messages import Phrase


def beside(location: str) -> tuple[Path, tuple[Phrase, ...]]:
    """The path of the document without its suffix, and what is to be said of it.

    location: a workbook's path, its URL, or "". Raises HostError for a workbook that was never saved.
    """
    if not location:
        raise HostError("host.unsaved")
    if "://" not in location:
        return Path(location).with_suffix(""), ()
    folder = next(path for path in (Path.home() / "Documents", Path.home()) if path.is_dir())
    name = PurePosixPath(unquote(urlsplit(location).path)).stem
    return folder / name, (Phrase("host.online", {"folder": folder}),)
