"""A collection from end to end.

    walk → unzip → judge, each file in a process of the pool → journal → match with the roster → what comes out

Nothing of what comes out depends on when or in which order the files were judged.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from xlreport import __version__
from xlreport.collect import back, pool, work
from xlreport.collect.collection import RETURNS, Collection
from xlreport.collect.copied import shared
from xlreport.collect.files import found_files, read_all
from xlreport.collect.journal import Journal
from xlreport.collect.match import Copied, Seen, match, the_year
from xlreport.collect.outputs import WRITTEN, write_all
from xlreport.collect.packed import Packed, pack
from xlreport.collect.remarks import write_remarks
from xlreport.collect.returned import Returned
from xlreport.collect.roster import Roster, read_roster
from xlreport.collect.settings import Settings
from xlreport.collect.twins import twins
from xlreport.collect.walk import EMPTY, STORE, Found
from xlreport.data import report_year
from xlreport.document.titles import full_names
from xlreport.errors import InputError, OutputError, UsageError, from_text, reason
from xlreport.messages import say
from xlreport.rules.errata import known_errata, today
from xlreport.rules.ruleset import ruleset

Progress = Callable[[int, int, int], None]
"""Told of files that are done, of how many, and how many of them had been done by an earlier run."""


def collect(
    folder: Path,
    out: Path,
    settings: Settings,
    *,
    roster: Path | None = None,
    last_year: Path | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Collection:
    """Judge every file under `folder` and write what comes of it into `out`.

    A roster that contradicts itself is not used, and the collection says why. Raises InputError for one that cannot be
    read, DataError for a year that is none, UsageError for wrong folders, OutputError when the disk refuses; what had
    been judged by then is kept, and the next run goes on from there.
    """
    if year is not None:
        report_year(year, "--year")
    if last_year is not None and not last_year.is_dir():
        raise UsageError("collect.no_last_year", path=last_year)
    _check_folders(out, folder, *((last_year,) if last_year else ()))
    if roster is not None:
        _check_roster(out, roster)
    units, doubt = _units(roster)
    store = out / STORE
    try:
        store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("files.refused", path=out, reason=reason(error)) from None
    with Journal(store / "judged") as journal:
        before, lasts = _before(last_year, out, units, settings) if last_year else (None, {})
        judge = work.Judge(_context(settings, before), settings.language, out / RETURNS, before)
        found = found_files(folder, [out, *(path for path in (roster, last_year) if path)], store, settings)
        returned = Returned(judge.back)
        judging = _Judging(found, judge, journal, settings, returned)
        files = judging.run(progress)
        year = year or the_year(files)
        lines = match(files, units, year, copied(files, journal))
        lines = lines.telling(twins(lines, found))
        unused = _unused(before, lasts, files)
        collection = Collection(files, lines, year, judging.reused, units, doubt, unused)
        del found, judging  # before the outputs take their share of memory
        write_all(collection, journal, out, settings.language, before)
        returned.prune(_wanted(judge.back, files), back.SUFFIXES)
        write_remarks(collection, journal, out, settings.language)
        Returned(judge.back).fold()
    shutil.rmtree(store / "zips", ignore_errors=True)
    return collection


def _units(path: Path | None) -> tuple[Roster | None, InputError | None]:
    """The roster, or what is wrong with it: the files are judged all the same, and the next run is quick."""
    try:
        return (read_roster(path) if path else None), None
    except InputError as error:
        if not error.key.startswith("collect.roster."):
            raise
        return None, error


def copied(files: Sequence[Seen], journal: Journal) -> list[Copied]:
    """Pairs of reports of different agencies whose own words, not those that we drafted, have much in common."""
    texts = ((number, journal.get(seen.key)["said"]) for number, seen in enumerate(files) if seen.key)
    return [
        Copied(files[pair.one].name, files[pair.other].name, int(100 * pair.share))
        for pair in shared(texts)
        if work.bare(files[pair.one].agency) != work.bare(files[pair.other].agency)
    ]


def _context(settings: Settings, before: work.Before | None) -> str:
    """What results depend on besides the file: the program, its rules, today's errata, language, last year's reports.

    Raises InputError for errata that cannot be read: here, not in every file.
    """
    day = today()
    errata = [erratum for erratum in known_errata() if erratum.lasts(day)]
    parts = (__version__, ruleset(), errata, work.KEPT, settings.language, before.mark if before else "")
    return sha256(repr(parts).encode()).hexdigest()[:12]


class _Judging:
    """Which files have been judged, and what was found, whatever order they come in."""

    def __init__(
        self, found: Sequence[Found], judge: work.Judge, journal: Journal, settings: Settings, returned: Returned
    ) -> None:
        self._found = found
        self._away: dict[str, Found] = {}
        self._judge, self._journal, self._settings = judge, journal, settings
        self._returned = returned
        self._seen: dict[str, bytes] = {}
        self.reused = 0

    def run(self, progress: Progress | None) -> Sequence[Seen]:
        """What is found out about each file, by name."""
        for task, reply in self._settings.outcomes(self._judge, self._tasks()):
            self._take(self._away.pop(task.name), reply)
            if progress is not None:
                progress(len(self._seen), len(self._found), self.reused)
        return Packed(Seen._make, (self._seen[name] for name in sorted(self._seen)))

    def _remember(self, seen: Seen) -> None:
        self._seen[seen.name] = pack(seen)

    def _tasks(self) -> Iterator[work.Task]:
        """What is still to be judged."""
        for one in self._found:
            task = work.Task(one.name, str(one.path))
            if one.skipped or one.refused:
                self._remember(_unread(one, self._settings))
            elif known := self._known(task):
                self._remember(_seen(one, *known))
                self.reused += 1
            else:
                for path in back.places(self._judge.back, task.name):
                    self._returned.spare(path)
                self._away[one.name] = one
                yield task

    def _known(self, task: work.Task) -> tuple[str, dict[str, Any]] | None:
        """What an earlier run found in the same file, if all that came of it is in its place."""
        key = work.key_of(task, self._judge.context) if len(self._journal) else ""
        if key not in self._journal:
            return None
        known = self._journal.get(key)
        return (key, known) if _in_place(known, self._judge.back, task.name) else None

    def _take(self, one: Found, reply: bytes | pool.Lost) -> None:
        if isinstance(reply, pool.Lost) or not reply:
            self._remember(_lost(one, reply, self._settings))
            return
        if reply.startswith(work.REFUSED):
            why = from_text(reply.removeprefix(work.REFUSED).decode())
            raise OutputError("files.refused", path=self._judge.back, reason=why)
        head, _, body = reply.partition(b" ")
        key = head.decode()
        if key and key not in self._journal:
            self._journal.add(key, body)
        self._remember(_seen(one, key, json.loads(body)))


def _lost(one: Found, why: pool.Lost | bytes, settings: Settings) -> Seen:
    """A file that a process died over, or that changed while it was read; neither is remembered."""
    key = f"collect.lost.{why.why}" if isinstance(why, pool.Lost) else "collect.changed"
    return Seen(one.name, "", "unusable", arrived=one.arrived, why=_told(key, settings))


def _told(key: str, settings: Settings) -> str:
    """A sentence that may name the bounds of a file."""
    seconds, memory = settings.limits
    return say(key, settings.language, seconds=int(seconds), megabytes=memory >> 20)


def _in_place(known: dict[str, Any], folder: Path, name: str) -> bool:
    """Whether what goes back to the unit is there, where something does."""
    there = [path.is_file() for path in back.places(folder, name)]
    return not there[0] if known["status"] in ("pass", "skipped") else all(there)  # a message alone is of the matching


def _unread(one: Found, settings: Settings) -> Seen:
    key = one.skipped or one.refused
    why = _told(key, settings) if key.startswith("collect.") else key
    status = "skipped" if one.skipped else "unusable"
    return Seen(one.name, "", status, arrived=one.arrived, why=why, empty=one.skipped == EMPTY)


def _seen(one: Found, key: str, known: dict[str, Any]) -> Seen:
    if known["status"] == "skipped":
        return Seen(one.name, "", "skipped", arrived=one.arrived, why=known["findings"][0]["message"])
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


def _before(
    folder: Path, out: Path, units: Roster | None, settings: Settings
) -> tuple[work.Before, dict[str, tuple[int, int] | None]]:
    """Last year's reports, and by the name of each file there where what was read of it stands.

    By agency, also by the names that a unit has had, and by fuller ones that are nobody's; of two of one, neither.
    """
    path = out / STORE / "last-year"
    keys: dict[str, str] = {}
    files: dict[str, str] = {}
    with Journal(path) as journal:
        reader = work.Reader(f"{__version__}-{ruleset()}")
        for found, known in read_all(folder, [out], out / STORE, reader=reader, journal=journal, settings=settings):
            if not found.skipped:
                files[found.name] = known[0] if known else ""
            if known is None or "report" not in known[1]:
                continue
            agency = known[1]["report"]["agency"]
            unit = units.unit(agency) if units else None
            for name in {work.bare(one) for one in ((unit.name, *unit.former) if unit else (agency,))} - {""}:
                keys[name] = known[0] if keys.get(name, known[0]) == known[0] else ""
        fuller: dict[str, str] = {}
        for name, key in keys.items():
            for other in full_names(name) - keys.keys():
                fuller[other] = key if fuller.get(other, key) == key else ""
        keys |= fuller
        places = {name: journal.place(key) for name, key in keys.items() if key}
        lasts = {name: journal.place(key) if key else None for name, key in files.items()}
    mark = sha256(repr(sorted(keys.items())).encode()).hexdigest()
    return work.Before(str(path), mark, places), lasts


def _unused(
    before: work.Before | None, lasts: Mapping[str, tuple[int, int] | None], files: Sequence[Seen]
) -> tuple[str, ...]:
    """The files of last year that no report of this year is compared with."""
    used = {before.places.get(work.called(seen.agency, seen.kind)) for seen in files} - {None} if before else set()
    return tuple(name for name, place in lasts.items() if place not in used)


def _wanted(folder: Path, files: Sequence[Seen]) -> set[str]:
    """All that is to go back."""
    told = (seen.name for seen in files if seen.status in ("fail", "warnings", "unusable"))
    return {str(path) for name in told for path in back.places(folder, name)}


def _check_folders(out: Path, *given: Path) -> None:
    """Refuse folders that are not there, or that we would write into while we read them."""
    ours = Path(os.path.realpath(out))
    for folder in given:
        if not folder.is_dir():
            raise UsageError("collect.no_folder", path=folder)
        real = Path(os.path.realpath(folder))
        if real == ours or any(real.is_relative_to(ours / name) for name in (RETURNS, STORE)):
            raise UsageError("collect.into_input", path=folder)


def _check_roster(out: Path, roster: Path) -> None:
    """Refuse a roster that we would write over."""
    real, ours = Path(os.path.realpath(roster)), Path(os.path.realpath(out))
    if real in [ours / name for name in WRITTEN] or any(real.is_relative_to(ours / name) for name in (RETURNS, STORE)):
        raise UsageError("cli.same_file", path=roster)
