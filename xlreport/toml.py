"""TOML files of the package, parsed once and kept, as Python keeps its own sources in `__pycache__`.

A click starts a process, and parsing takes 40 ms of it. What is kept bears the checksum of the text it was made from,
so it can be neither old nor another file's; where nothing can be written, every process parses.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file of ours, which holds no dates."""
    source = path.read_bytes()
    mark = f"{len(source)}-{zlib.crc32(source)}-{marshal.version}".encode()
    kept = path.parent / "__pycache__" / f"{path.name}.kept"
    try:
        found, _, content = kept.read_bytes().partition(b"\n")
        if found == mark:
            data: dict[str, Any] = marshal.loads(content)  # noqa: S302  written below, beside our own .pyc files
            return data
    except (OSError, ValueError, EOFError, TypeError):
        pass  # not kept yet, or damaged
    import tomllib

    data = tomllib.loads(source.decode())
    if not sys.dont_write_bytecode:
        _keep(kept, mark + b"\n" + marshal.dumps(data))
    return data


def _keep(kept: Path, content: bytes) -> None:
    temporary = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(kept)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
