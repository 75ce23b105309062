"""The files under a folder, in an order that does not depend on the file system, and why some are not read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from xlreport.job import PUBLISHED, WORKBOOKS

LARGEST = 256 << 20
"""Bytes of a file that is looked into at all."""

REPORTS = (*WORKBOOKS, ".json", *PUBLISHED)
"""Suffixes of what `job.read` knows."""

ZIP = ".zip"
EMPTY = "collect.empty"
"""Why a file of 0 bytes is not read: nothing is in it, and the report that it should be is missing."""

STORE = ".xlreport"
"""What marks what a collection wrote: a folder of that name its output, a file of that name what goes back."""

OURS = (STORE, "status.xlsx", "summary.html")
"""What in the output of a collection would be looked into; its data files are of no kind that is read."""

OTHERWISE = {
    **dict.fromkeys((".doc", ".wps", ".wpt", ".odt", ".rtf"), "collect.save_as.docx"),
    **dict.fromkeys((".xls", ".xlsb", ".et", ".ett", ".ods"), "collect.save_as.xlsx"),
    **dict.fromkeys((".mht", ".mhtml"), "collect.save_as.html"),
    ".ofd": "collect.save_as.pdf",
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz"), "collect.unpack"),
}
"""Suffixes of what may well be a report, but not one that we read, and the key of what to do about it."""

_BESIDE = (".说明.toml",)
"""What belongs to a report and is read with it."""


class Found(NamedTuple):
    """A file. name: its place under the folder, with "/"; path: where its bytes are; arrived: seconds since 1970.

    skipped or refused: key of the sentence that says why it is not read; only what is refused counts as wrong.
    """

    name: str
    path: Path
    arrived: float = 0
    skipped: str = ""
    refused: str = ""


def shown(name: str) -> str:
    """A file name as text. One that is not UTF-8 was given by a system that speaks GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def walk(folder: Path, without: Iterable[Path] = ()) -> Iterator[Found]:
    """Every file under `folder`, by name; a folder that cannot be listed stands for what is in it.

    Links are followed, but not back into a folder that has been seen. `without`: files and folders of ours. What some
    collection wrote is skipped; reports that lie beside it are not.
    """
    left_out = {os.path.realpath(path) for path in without}
    names = {os.path.basename(path) for path in left_out}  # noqa: PTH119  the cheap question first
    seen: set[tuple[int, int]] = set()
    ahead = [(str(folder), "")]  # no recursion: folders can be nested deeper than it goes
    while ahead:
        here, name = ahead.pop()
        listed = _listed(here, name, seen)
        if isinstance(listed, Found):
            yield listed
            continue
        mark = next((Path(entry.path) for entry in listed if entry.name == STORE), None)
        if name and mark and os.path.isfile(mark):  # noqa: PTH113  never raises
            yield Found(name, Path(here), skipped="collect.ours")
            continue
        for entry in listed:
            if (entry.name in names or entry.is_symlink()) and os.path.realpath(entry.path) in left_out:
                continue
            below = f"{name}/{shown(entry.name)}" if name else shown(entry.name)
            if entry.name in OURS and mark and os.path.isfile(mark / "judged"):  # noqa: PTH113
                yield Found(below, Path(entry.path), skipped="collect.ours")
            elif _is_folder(entry):
                ahead.append((entry.path, below))
            else:
                yield _file(entry, below)


def _listed(here: str, name: str, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]] | Found:
    """What is in a folder, or why that cannot be said."""
    try:
        mark = Path(here).stat()
        if (mark.st_dev, mark.st_ino) in seen:
            return Found(name, Path(here), refused="collect.looped")
        seen.add((mark.st_dev, mark.st_ino))
        with os.scandir(here) as entries:
            return sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError:
        return Found(name, Path(here), refused="collect.unreadable_folder")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file(entry: os.DirEntry[str], name: str) -> Found:
    path = Path(entry.path)
    try:
        mark = entry.stat()
        ordinary = entry.is_file()
    except OSError:
        return Found(name, path, refused="collect.unreadable")
    refused = why_refused(entry.name) if ordinary else "collect.no_file"  # a pipe would be waited for
    if mark.st_size > LARGEST:
        refused = "collect.too_large"
    skipped = why_skipped(entry.name, (*REPORTS, ZIP)) or (EMPTY if ordinary and not mark.st_size else "")
    return Found(name, path, mark.st_mtime, skipped, "" if skipped else refused)


def why_skipped(name: str, suffixes: tuple[str, ...] = REPORTS) -> str:
    """Key of the sentence that says why a file of that name is no report; "" where it may be one."""
    if name.startswith(("~$", ".~lock.")):
        return "collect.lock"
    if name.startswith("."):
        return "collect.hidden"
    if name.endswith(_BESIDE):
        return "collect.beside"
    return "" if Path(name).suffix.lower() in (*suffixes, *OTHERWISE) else "collect.other_kind"


def why_refused(name: str) -> str:
    """Key of the sentence that says what to do about a report of a kind that is not read; "" for any other file."""
    return OTHERWISE.get(Path(name).suffix.lower(), "")
