"""Which lists and messages are ours to replace: those that are still as we wrote them. What people filled in is theirs.

The ledger has a line for each content that was written, noted before it is, so that a run that is ended knows its own;
at the end of a run those that are gone go.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from functools import cached_property
from hashlib import sha256
from itertools import count
from pathlib import Path

from xlreport.errors import OutputError, reason
from xlreport.safe.write import write_whole

LEDGER = ".xlreport"
"""The file in the folder of what goes back."""


def note(folder: Path, contents: Iterable[bytes]) -> None:
    """Write down that we write these, in one piece: other processes do so too. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LEDGER).open("ab", buffering=0) as ledger:
        ledger.write(b"".join(_mark(content) + b"\n" for content in contents))


def _mark(content: bytes) -> bytes:
    return sha256(content).hexdigest()[:32].encode()


class Returned:
    """What earlier runs left in `folder`. Raises OutputError when the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _marks(self) -> frozenset[bytes]:
        try:
            return frozenset((self._folder / LEDGER).read_bytes().split(b"\n"))
        except FileNotFoundError:
            return frozenset()

    def ours(self, path: Path) -> bool:
        """Whether a file is as we wrote it. Raises OSError."""
        return _mark(path.read_bytes()) in self._marks

    def spare(self, path: Path) -> None:
        """Make room at `path`: what is there and not ours gets a number."""
        try:
            if path.is_file() and not self.ours(path):
                names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
                path.rename(next(name for name in names if not os.path.lexists(name)))
        except OSError as error:
            raise OutputError("files.refused", path=path, reason=reason(error)) from None

    def fold(self) -> None:
        """At the end of a run: a line for each content of ours that is there, in order, however the run went."""
        path = self._folder / LEDGER
        try:
            if not path.is_file():
                return
            there = (Path(here) / name for here, _, names in os.walk(self._folder) for name in names)
            kept = {mark for one in there if one.is_file() and (mark := _mark(one.read_bytes())) in self._marks}
            if kept:
                write_whole(path, b"".join(mark + b"\n" for mark in sorted(kept)))
                return
            path.unlink()
            if not any(self._folder.iterdir()):
                self._folder.rmdir()
        except OSError as error:
            raise OutputError("files.refused", path=path, reason=reason(error)) from None

    def prune(self, wanted: Collection[str], suffixes: tuple[str, ...]) -> None:
        """Take away what is ours and not `wanted`, paths as text, and folders that are empty then."""
        for here, _, names in os.walk(self._folder, topdown=False):
            folder = Path(here)
            try:
                for name in names:
                    path = folder / name
                    if str(path) not in wanted and name.endswith(suffixes) and path.is_file() and self.ours(path):
                        path.unlink()
                if not any(folder.iterdir()) and folder != self._folder:
                    folder.rmdir()
            except OSError as error:
                raise OutputError("files.refused", path=folder, reason=reason(error)) from None
