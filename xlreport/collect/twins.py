"""Files of one unit that are identical, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from xlreport.collect.match import Line
from xlreport.messages import Phrase


def told_twins(lines: Iterable[Line], paths: Mapping[str, Path]) -> list[Line]:
    """The lines; of a unit that sent a file twice it is said. paths: where the bytes of each file are, by name."""
    return [_told(line, paths) if len(line.files) > 1 else line for line in lines]


def _told(line: Line, paths: Mapping[str, Path]) -> Line:
    by: dict[str, list[str]] = {}
    for seen in line.files:
        with suppress(OSError):  # one that is gone by now is nobody's twin
            by.setdefault(sha256(paths[seen.name].read_bytes()).hexdigest(), []).append(seen.name)
    same = (Phrase("collect.flag.identical", {"files": "、".join(names)}) for names in by.values() if len(names) > 1)
    return line._replace(flags=(*line.flags, *same))
