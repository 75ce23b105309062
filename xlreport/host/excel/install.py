"""The add-in into Excel and out of it again, for the current user."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

from xlreport import __version__
from xlreport.errors import OutputError, ProgramError, reason
from xlreport.host.excel.places import Platform, addin_path, files, record_of
from xlreport.host.excel.record import recorded
from xlreport.host.excel.sources import macros_path
from xlreport.host.state import AddinState
from xlreport.messages import Phrase
from xlreport.safe.write import write_whole

HOST = "excel"

_CORE = "docProps/core.xml"
_OURS = re.compile(rb"<dc:creator>xlreport</dc:creator>.*<cp:version>([^<]+)</cp:version>", re.DOTALL)


def platform() -> Platform | None:
    """This system's; None where there is no Excel for it."""
    if sys.platform == "win32":
        from xlreport.host.excel import windows

        return windows
    if sys.platform == "darwin":
        from xlreport.host.excel import macos

        return macos
    return None


def found() -> bool:
    """Has this user ever started Excel?"""
    here = platform()
    return here is not None and here.excel_folder().is_dir()


def install() -> AddinState:
    """Put the add-in in its place, and record this interpreter. Nothing is written while a file there is not ours.

    Raises:
        ProgramError: there is no Excel for this system, or it would not see what this Python writes.
        OutputError: a file cannot be written, or is not ours.
    """
    here = _platform()
    if objection := here.objection():
        raise ProgramError(objection.key, **objection.values)
    placed = files(here)
    for file in placed:
        if file.path.exists() and not _is_ours(file.path):
            raise OutputError("addin_excel.foreign", path=file.path)
    for file in placed:
        _make_folder(file.path.parent)
        try:
            write_whole(file.path, file.content)
        except OutputError:
            if file.path == addin_path(here) and file.path.exists():  # while Excel is open, it holds it
                raise OutputError("addin_excel.held", path=file.path) from None
            raise
    return status()


def remove() -> AddinState:
    """Take our files away, and leave what is not ours. Raises as `install` does."""
    here = _platform()
    ours = [file.path for file in reversed(files(here)) if file.path.exists() and _is_ours(file.path)]
    answer = record_of(here).answer
    for path in (*ours, answer, answer.with_name(f"{answer.name}.pid")):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError("files.refused", path=path, reason=reason(error)) from None
    return status()


def status() -> AddinState:
    """What is installed, and what keeps it from working."""
    here = platform()
    path = addin_path(here) if here else None
    if here is None or path is None or not path.exists():
        return AddinState(HOST, installed=False)
    version = _version(path)
    if version is None:
        return AddinState(HOST, installed=False, problem=Phrase("addin_excel.foreign", {"path": path}))
    return AddinState(HOST, installed=True, version=version, path=path, problem=_problem(here, path, version))


def _problem(here: Platform, path: Path, version: str) -> Phrase | None:
    """What is wrong with what is installed."""
    try:
        record = recorded(here.record_path().read_text(encoding=here.RECORD_ENCODING))
    except (OSError, UnicodeError):
        return Phrase("addin_excel.no_record", {"path": here.record_path()})
    if any(not file.path.is_file() for file in here.others()):
        return Phrase("addin_excel.no_record", {"path": here.record_path().parent})
    if not Path(record.get("python", "")).is_file():
        return Phrase("addin_excel.no_python", {"python": record.get("python", "")})
    if version != __version__ or record.get("xlreport") != __version__:
        return Phrase("addin_excel.other_version", {"installed": version, "version": __version__})
    if path.read_bytes() != (macros_path() / path.name).read_bytes():
        return Phrase("addin_excel.changed", {"path": path})
    return None


def _platform() -> Platform:
    here = platform()
    if here is None:
        raise ProgramError("addin_excel.no_excel")
    return here


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("files.refused", path=folder, reason=reason(error)) from None


def _is_ours(path: Path) -> bool:
    """Was it written by us, of whatever version?"""
    if path.suffix == ".xlam":
        return _version(path) is not None
    return b"xlreport" in path.read_bytes().replace(b"\0", b"")


def _version(path: Path) -> str | None:
    """The version of our add-in at `path`; None for what is not ours."""
    try:
        with zipfile.ZipFile(path) as package:
            ours = _OURS.search(package.read(_CORE))
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    return ours[1].decode() if ours else None
