"""The files of a folder, zips opened, and what is in those that hold a report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from xlreport.collect import pool, work
from xlreport.collect.journal import Journal
from xlreport.collect.packed import Packed, pack
from xlreport.collect.settings import Settings, here
from xlreport.collect.unpack import Unpack, members
from xlreport.collect.walk import ZIP, Found, walk


def found_files(folder: Path, without: Iterable[Path], store: Path, settings: Settings) -> Sequence[Found]:
    """Every file, those in zips in their zip's place."""
    found = _packed(walk(folder, without))
    zips = {one.name: one for one in found if one.path.suffix.lower() == ZIP and not one.skipped and not one.refused}
    inside: dict[str, list[Found]] = {}
    tasks = [work.Task(name, str(one.path)) for name, one in zips.items()]
    unpack = Unpack(store / "zips")
    for task, reply in here(unpack, tasks, settings):  # on this machine, where the files go
        zipped = zips[task.name]
        if isinstance(reply, pool.Lost):
            inside[task.name] = [zipped._replace(refused=f"collect.zip.{reply.why}")]
            continue
        told = json.loads(reply)
        if "files" in told:
            inside[task.name] = members(zipped, told) or [zipped._replace(refused="collect.zip.nothing")]
        else:
            inside[task.name] = [zipped._replace(refused=told["message" if settings.language == "zh" else "english"])]
    return _apart(_packed(one for each in found for one in inside.get(each.name, [each])) if inside else found)


def _packed(found: Iterable[Found]) -> Packed[Found]:
    return Packed(_unpacked, (pack((one.name, str(one.path), *one[2:])) for one in found))


def _unpacked(values: tuple[Any, ...]) -> Found:
    name, path, *rest = values
    return Found(name, Path(path), *rest)


def _apart(found: Packed[Found]) -> Packed[Found]:
    """Each with a name of its own: a name in GBK and one in UTF-8 can look alike."""
    taken = {one.name for one in found}
    return found if len(taken) == len(found) else _packed(_renamed(found, taken))


def _renamed(found: Iterable[Found], taken: set[str]) -> Iterator[Found]:
    seen: set[str] = set()
    for one in found:
        name = one.name
        if name in seen:
            name = next(other for at in count(2) if (other := f"{one.name} ({at})") not in taken)
            taken.add(name)
        seen.add(name)
        yield one._replace(name=name)


def read_all(
    folder: Path,
    without: Iterable[Path],
    store: Path,
    *,
    reader: work.Reader,
    journal: Journal,
    settings: Settings,
) -> Iterator[tuple[Found, tuple[str, dict[str, Any]] | None]]:
    """Every file under a folder with its key and what `reader` found in it; None for what could not be read."""
    found = {one.name: one for one in found_files(folder, without, store, settings)}
    keys: dict[str, str] = {}

    def tasks() -> Iterable[work.Task]:
        for one in found.values():
            if not (one.skipped or one.refused):
                task = work.Task(one.name, str(one.path))
                key = work.key_of(task, reader.context)
                if key in journal:
                    keys[one.name] = key
                else:
                    yield task

    for task, reply in settings.outcomes(reader, tasks()):
        if reply and not isinstance(reply, pool.Lost):
            head, _, body = reply.partition(b" ")
            if key := head.decode():
                keys[task.name] = key
                if key not in journal:
                    journal.add(key, body)
    for name in sorted(found):
        known = keys.get(name)
        yield _told(found[name], known, journal)


def _told(one: Found, key: str | None, journal: Journal) -> tuple[Found, tuple[str, dict[str, Any]] | None]:
    """A file and what was found in it; that it is a list of ours is known only now."""
    known = None if key is None else (key, journal.get(key))
    return (one._replace(skipped="collect.list"), None) if known and known[1].get("list") else (one, known)
