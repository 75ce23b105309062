"""The content of a file that a user names, and its name in what goes wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlreport.errors import InputError, reason


def load(path: Path) -> bytes:
    """The content of a file. Raises InputError when there is none to read."""
    try:
        if path.is_dir():
            raise InputError("files.is_folder", path=path)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError("files.missing", path=path) from None
    except OSError as error:
        raise InputError("files.unreadable", path=path, reason=reason(error)) from None
    if not content:
        raise InputError("files.empty", path=path)
    return content


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """An InputError from within names the file."""
    try:
        yield
    except InputError as error:
        error.source = error.source or str(path)
        raise
