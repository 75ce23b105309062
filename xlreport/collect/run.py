"""A collection from end to end.

    walk → unzip → judge, each file in a process of the pool → journal → match with the roster → what comes out

Nothing of what comes out depends on when or in which order the files were judged.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from xlreport import __version__
from xlreport.collect import back, pool, work
from xlreport.collect.collection import RETURNS, Collection
from xlreport.collect.journal import Journal
from xlreport.collect.match import Seen, match, the_year
from xlreport.collect.outputs import write_all
from xlreport.collect.roster import Roster, read_roster
from xlreport.collect.unpack import Unpack, members
from xlreport.collect.walk import ZIP, Found, walk
from xlreport.errors import InputError, OutputError, UsageError
from xlreport.messages import say
from xlreport.rules.ruleset import ruleset

STORE = ".xlreport"
"""The folder in the output that holds the journal."""

Progress = Callable[[int, int, int], None]
"""Told of files that are done, of how many, and how many of them had been done by an earlier run."""


class Settings(NamedTuple):
    """How to work."""

    workers: int = 1
    limits: pool.Limits = pool.Limits()
    language: str = "zh"


def collect(
    folder: Path,
    out: Path,
    settings: Settings,
    roster: Path | None = None,
    last_year: Path | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Collection:
    """Judge every file under `folder` and write what comes of it into `out`.

    Raises InputError for a roster that contradicts itself, UsageError for wrong folders, OutputError when the disk
    refuses; what had been judged by then is kept, and the next run goes on from there.
    """
    for given in (folder, *((last_year,) if last_year else ())):
        if not given.is_dir():
            raise UsageError("collect.no_folder", path=given)
    units = read_roster(roster) if roster else None
    store = out / STORE
    try:
        store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("files.refused", path=out, reason=error.strerror or error) from None
    with Journal(store / "judged") as journal:
        before = _before(last_year, store, units, settings) if last_year else None
        judge = work.Judge(_context(settings, before), settings.language, out / RETURNS, before)
        found = _found(folder, out, store, settings)
        files, reused = _judged(found, judge, journal, settings, progress)
        year = year or the_year(files)
        lines = match(files, units, year)
        collection = Collection(tuple(files), tuple(lines), year, reused, units)
        write_all(collection, journal, out, settings.language)
        _prune(out / RETURNS, files)
    shutil.rmtree(store / "zips", ignore_errors=True)
    return collection


def _context(settings: Settings, before: work.Before | None) -> str:
    """What results depend on besides the file: the program, its rules, the language, last year's reports."""
    parts = (__version__, ruleset(), settings.language, before.mark if before else "")
    return sha256(repr(parts).encode()).hexdigest()[:12]


def _found(folder: Path, out: Path, store: Path, settings: Settings) -> list[Found]:
    """Every file, those in zips in their zip's place."""
    found = list(walk(folder, without=out))
    zips = {one.name: one for one in found if one.path.suffix.lower() == ZIP and not one.skipped and not one.refused}
    inside: dict[str, list[Found]] = {}
    tasks = [work.Task(name, str(one.path)) for name, one in zips.items()]
    unpack = Unpack(store / "zips")
    for task, reply in pool.run(unpack, tasks, settings.workers, settings.limits):
        zipped = zips[task.name]
        if isinstance(reply, pool.Lost):
            inside[task.name] = [zipped._replace(refused=f"collect.lost.{reply.why}")]
            continue
        told = json.loads(reply)
        if "files" in told:
            inside[task.name] = members(zipped, told)
        else:
            inside[task.name] = [zipped._replace(refused=told["message" if settings.language == "zh" else "english"])]
    return [one for each in found for one in inside.get(each.name, [each])]


def _judged(
    found: Sequence[Found], judge: work.Judge, journal: Journal, settings: Settings, progress: Progress | None
) -> tuple[list[Seen], int]:
    """What is found out about each file, by name."""
    seen: dict[str, Seen] = {}
    by_name = {one.name: one for one in found}
    reused = 0

    def tell() -> None:
        if progress is not None:
            progress(len(seen), len(by_name), reused)

    def tasks() -> Iterator[work.Task]:
        nonlocal reused
        for one in by_name.values():
            if one.skipped or one.refused:
                seen[one.name] = _unread(one, settings.language)
                continue
            task = work.Task(one.name, str(one.path))
            if len(journal):
                key = work.key_of(task, judge.context)
                if key in journal and _in_place(known := journal.get(key), judge.back, one.name):
                    seen[one.name] = _seen(one, key, known)
                    reused += 1
                    tell()
                    continue
            yield task

    for task, reply in pool.run(judge, tasks(), settings.workers, settings.limits):
        one = by_name[task.name]
        if isinstance(reply, pool.Lost) or not reply:
            seen[one.name] = _lost(one, reply or None, settings)
        else:
            name, _, body = reply.partition(b" ")
            key = name.decode()
            if key and key not in journal:
                journal.add(key, body)
            seen[one.name] = _seen(one, key, json.loads(body))
        tell()
    tell()
    return [seen[name] for name in sorted(seen)], reused


def _lost(one: Found, why: pool.Lost | None, settings: Settings) -> Seen:
    """A file that a process died over, or that changed while it was read; neither is remembered."""
    values = {"seconds": int(settings.limits.seconds), "megabytes": settings.limits.memory >> 20}
    key = f"collect.lost.{why.why}" if why else "collect.changed"
    return Seen(one.name, "", "unusable", arrived=one.arrived, why=say(key, settings.language, **values))


def _in_place(known: dict[str, Any], folder: Path, name: str) -> bool:
    """Whether what goes back to the unit is there, where something does."""
    there = [path.is_file() for path in back.places(folder, name)]
    return not any(there) if known["status"] == "pass" else all(there)


def _unread(one: Found, language: str) -> Seen:
    key = one.skipped or one.refused
    why = say(key, language, megabytes=0, seconds=0) if key.startswith("collect.") else key
    return Seen(one.name, "", "skipped" if one.skipped else "unusable", arrived=one.arrived, why=why)


def _seen(one: Found, key: str, known: dict[str, Any]) -> Seen:
    errors, warnings, notes, left_open = known["counts"]
    unusable = known["status"] == "unusable"
    return Seen(
        name=one.name,
        key=key,
        status=known["status"],
        agency=known["agency"] or "",
        year=known["year"],
        form=known["form"] or "",
        kind=known["kind"] or "",
        counts=(errors, warnings, notes, left_open),
        arrived=one.arrived,
        why=known["findings"][0]["message"] if unusable else "",
    )


def _before(folder: Path, store: Path, units: Roster | None, settings: Settings) -> work.Before:
    """Last year's reports by agency, also by the names that a unit has had; of two of one agency, neither."""
    path = store / "last-year"
    keys: dict[str, str] = {}
    with Journal(path) as journal:
        reader = work.Reader(f"{__version__}-{ruleset()}")
        for one, known in read_all(folder, store, reader, journal, settings):
            if known is None or "report" not in known[1]:
                continue
            agency = known[1]["report"]["agency"]
            unit = units.unit(agency) if units else None
            for name in {work.bare(one) for one in ((unit.name, *unit.former) if unit else (agency,))} - {""}:
                keys[name] = known[0] if keys.get(name, known[0]) == known[0] else ""
        places = {name: journal.place(key) for name, key in keys.items() if key}
    mark = sha256(repr(sorted(keys.items())).encode()).hexdigest()
    return work.Before(str(path), mark, places)


def read_all(
    folder: Path, store: Path, reader: work.Reader, journal: Journal, settings: Settings
) -> Iterator[tuple[Found, tuple[str, dict[str, Any]] | None]]:
    """Every file under a folder with its key and what `reader` found in it; None for what could not be read."""
    found = {one.name: one for one in _found(folder, store.parent, store, settings)}
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

    for task, reply in pool.run(reader, tasks(), settings.workers, settings.limits):
        if reply and not isinstance(reply, pool.Lost):
            name, _, body = reply.partition(b" ")
            if key := name.decode():
                keys[task.name] = key
                if key not in journal:
                    journal.add(key, body)
    for name in sorted(found):
        key = keys.get(name)
        yield found[name], None if key is None else (key, journal.get(key))


def _prune(folder: Path, files: Sequence[Seen]) -> None:
    """Take away what was to go back about files that are no longer there."""
    wanted = {path for seen in files if seen.status in ("fail", "warnings", "unusable") for path in back.places(folder, seen.name)}
    for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else []:
        try:
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in wanted and path.name.endswith(back.SUFFIXES):
                path.unlink()
        except OSError as error:
            raise InputError("files.unreadable", path=path, reason=error.strerror or error) from None
