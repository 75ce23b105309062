"""Output is written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from xlreport.errors import OutputError, reason


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` as `write_pieces` does."""
    write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put `pieces` at `path`, replacing what is there: a kill at any moment leaves the old file or the new one.

    A link stays a link to what is replaced. Raises OutputError for what is no file, a read-only file, a file that a
    spreadsheet program holds open, or a disk that refuses.
    """
    import tempfile  # what only reads does without

    check_writable(path)
    path = Path(os.path.realpath(path))
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        temporary = Path(name)
    except OSError as error:
        raise OutputError("files.refused", path=path, reason=reason(error)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError as error:
        raise OutputError("files.refused", path=path, reason=reason(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raise OutputError now for what would refuse the write later."""
    try:
        if path.is_dir():
            raise OutputError("files.is_folder", path=path)
        if not path.parent.is_dir():
            raise OutputError("files.no_folder", path=path.parent)
        if not path.exists():
            return
        if not path.is_file():  # /dev/null would become an ordinary file
            raise OutputError("files.no_file", path=path)
        if not path.stat().st_mode & stat.S_IWUSR:
            raise OutputError("files.read_only", path=path)
    except OSError as error:  # a name too long for the file system, a folder that may not be entered
        raise OutputError("files.refused", path=path, reason=reason(error)) from None
    if any(_exists(path.parent / name) for name in _locks(path)):
        raise OutputError("files.open_elsewhere", path=path)


def _locks(path: Path) -> tuple[str, ...]:
    """The files that a program lays beside one that it holds open: LibreOffice; Excel and WPS; Word.

    Word puts ~$ in the place of the first letters of a name that is long enough.
    """
    word = f"~${path.name[min(2, max(0, len(path.stem) - 6)) :]}"
    return (f".~lock.{path.name}#", f"~${path.name}", *([word] if path.suffix in (".docx", ".doc") else []))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # no lock file has a name that is too long
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
