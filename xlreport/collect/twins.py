"""Files of one unit that are identical, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from xlreport.collect.match import Line, Seen
from xlreport.collect.walk import Found
from xlreport.messages import Phrase


def twins(lines: Iterable[Line], found: Iterable[Found]) -> dict[int, tuple[Phrase, ...]]:
    """What is to be said of a unit that sent a file twice, by the number of its line. found: where the bytes are."""
    several = {number: line.files for number, line in enumerate(lines) if len(line.files) > 1}
    names = {seen.name for files in several.values() for seen in files}
    paths = {one.name: one.path for one in found if one.name in names}
    return {number: told for number, files in several.items() if (told := tuple(_told(files, paths)))}


def _told(files: Iterable[Seen], paths: Mapping[str, Path]) -> Iterable[Phrase]:
    by: dict[str, list[str]] = {}
    for seen in files:
        with suppress(OSError):  # one that is gone by now is nobody's twin
            by.setdefault(sha256(paths[seen.name].read_bytes()).hexdigest(), []).append(seen.name)
    return (Phrase("collect.flag.identical", {"files": "、".join(names)}) for names in by.values() if len(names) > 1)
