"""Which lists and messages are ours to replace: those that are still as we wrote them. What people filled in is theirs.

The ledger has a line for each content that was written, noted before it is, so that a run that is ended knows its own.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from functools import cached_property
from hashlib import sha256
from itertools import count
from pathlib import Path

from xlreport.errors import OutputError, reason

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

    def prune(self, wanted: Collection[Path], suffixes: tuple[str, ...]) -> None:
        """Take away what is ours and not `wanted`, and folders that are empty then."""
        for path in sorted(self._folder.rglob("*"), reverse=True) if self._folder.is_dir() else []:
            try:
                if path.is_dir() and not path.is_symlink():
                    if not any(path.iterdir()):
                        path.rmdir()
                elif path not in wanted and path.name.endswith(suffixes) and path.is_file() and self.ours(path):
                    path.unlink()
            except OSError as error:
                raise OutputError("files.refused", path=path, reason=reason(error)) from None
