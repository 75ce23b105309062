"""What a platform's file says of Excel there, behind one small interface."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

from xlreport.host.excel.record import Record
from xlreport.host.excel.sources import macros_path
from xlreport.host.logfile import log_path
from xlreport.messages import Phrase

ADDIN = "xlreport.xlam"


class Placed(NamedTuple):
    """A file of ours, where Excel or our macros look for it."""

    path: Path
    content: bytes


class Platform(Protocol):
    """One operating system: `windows` or `macos`."""

    RECORD_ENCODING: str

    def excel_folder(self) -> Path:
        """What Excel makes when it is first started: where it is not, there is no Excel for this user."""

    def startup_folder(self) -> Path:
        """What lies here, Excel opens when it starts. So nothing but the add-in may lie here."""

    def record_path(self) -> Path:
        """Where our macros look for the record."""

    def interpreter(self) -> Path:
        """The interpreter that is running, in the form that a click starts."""

    def objection(self) -> Phrase | None:
        """Why Excel would not see what this interpreter writes."""

    def others(self) -> tuple[Placed, ...]:
        """What else is placed there."""


def addin_path(platform: Platform) -> Path:
    """Where the add-in lies."""
    return platform.startup_folder() / ADDIN


def record_of(platform: Platform) -> Record:
    """What is recorded now."""
    log = log_path()
    return Record(platform.interpreter(), log.with_name("answer.txt"), log)


def files(platform: Platform) -> tuple[Placed, ...]:
    """All files of ours, the add-in last: Excel may start at any moment."""
    record = Placed(platform.record_path(), record_of(platform).text().encode(platform.RECORD_ENCODING))
    return (record, *platform.others(), Placed(addin_path(platform), (macros_path() / ADDIN).read_bytes()))
