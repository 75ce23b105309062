"""What has been found out so far, by key, on the disk: a run that is ended loses nothing but what was in hand.

A line for each key: checksum, key, what was found as JSON. Lines are only ever added; one that was cut off is not read.
"""

from __future__ import annotations

import errno
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from xlreport.errors import OutputError, UsageError, reason

if TYPE_CHECKING:
    import sqlite3

_INDEX = "create table place (key text primary key, start integer, length integer) without rowid"
_PLACE = "select start, length from place where key = ?"


class Journal:
    """An open journal; only one process at a time holds it. Raises UsageError, OutputError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b", buffering=0)
        except OSError as error:
            raise OutputError("files.refused", path=path, reason=reason(error)) from None
        self._end = 0
        try:
            _lock(self._file.fileno(), path)
            import sqlite3  # only what has a journal needs it

            # a file of its own that goes with it: memory does not grow with what is found, and nothing is undone
            self._index = sqlite3.connect("", isolation_level=None)
            self._ask("pragma journal_mode = off")
            self._ask(_INDEX)
            self._scan()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._index.close()
        self._file.close()

    def __contains__(self, key: str) -> bool:
        return self._place(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._ask("select key from place order by start"))

    def __len__(self) -> int:
        count: int = self._ask("select count(*) from place").fetchone()[0]
        return count

    def add(self, key: str, found: bytes) -> None:
        """Write down what was found, JSON on one line. Raises OutputError when the disk refuses."""
        body = f"{key} ".encode() + found
        line = b"%08x %b\n" % (zlib.crc32(body), body)
        why = reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        try:
            whole = os.write(self._file.fileno(), line) == len(line)
        except OSError as error:
            whole, why = False, reason(error)
        if not whole:
            os.truncate(self._file.fileno(), self._end)
            raise OutputError("files.refused", path=self._path, reason=why)
        start, self._end = self._end, self._end + len(line)
        self._remember(key, start, line)

    def get(self, key: str) -> dict[str, Any]:
        """What was found. Raises KeyError."""
        return self.at(*self.place(key))

    def place(self, key: str) -> tuple[int, int]:
        """Where in the file the JSON stands, for another process that reads it: offset and length. Raises KeyError."""
        place = self._place(key)
        if place is None:
            raise KeyError(key)
        return place

    def at(self, offset: int, length: int) -> dict[str, Any]:
        """What stands there."""
        self._file.seek(offset)
        found: dict[str, Any] = json.loads(self._file.read(length))
        return found

    def _ask(self, command: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """What the index says. What the disk refuses it, it refuses us."""
        import sqlite3

        try:
            return self._index.execute(command, values)
        except sqlite3.Error as error:
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            why = reason(OSError(errno.ENOSPC if full else errno.EIO, str(error)))
            raise OutputError("files.refused", path=self._path, reason=why) from None

    def _scan(self) -> None:
        """Remember where each sound line stands, and cut off one that was not finished."""
        self._file.seek(0)
        with open(self._file.fileno(), "rb", closefd=False) as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                if zlib.crc32(line[9:-1]) == _number(line[:8]):
                    self._remember(line[9 : line.index(b" ", 9)].decode(), self._end, line)
                self._end += len(line)
        os.truncate(self._file.fileno(), self._end)

    def _remember(self, key: str, start: int, line: bytes) -> None:
        head = 9 + len(key.encode()) + 1
        self._ask("insert or replace into place values (?, ?, ?)", (key, start + head, len(line) - head - 1))

    def _place(self, key: str) -> tuple[int, int] | None:
        found: tuple[int, int] | None = self._ask(_PLACE, (key,)).fetchone()
        return found


def _number(text: bytes) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return -1


def _lock(handle: int, path: Path) -> None:
    """Nobody else writes here: the system takes the lock back when a process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs into one folder are not told apart
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UsageError("collect.running", path=path.parent) from None
