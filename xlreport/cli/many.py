"""Many reports at once: each judged, all added up."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.common import FOUND, OK, Command, complain, not_the_input, of_kind
from xlreport.errors import InputError, OutputError, UsageError
from xlreport.form import FORMS
from xlreport.messages import JOINTS, say
from xlreport.safe.write import check_writable, write_whole

if TYPE_CHECKING:
    from xlreport.collect.settings import Settings


def commands(command: Command) -> None:
    """collect, rollup."""
    argument = command("collect", _collect)
    argument("FOLDER", type=Path, metavar="DIR")
    argument("--out", type=Path, metavar="DIR", required=True, told="collected")
    argument("--roster", type=Path, metavar="FILE")
    argument("--last-year", type=Path, metavar="DIR", told="years_before")
    argument("--year", type=int, told="collected_year")
    _pool_options(argument)
    argument = command("rollup", _rollup)
    argument("FOLDER", type=Path, metavar="DIR")
    argument("--out", type=Path, metavar="OUT.xlsx", required=True)
    argument("--roster", type=Path, metavar="FILE")
    argument("--agency", default="")
    argument("--group", choices=("kind", "parent"), default="kind")
    argument("--adjust", type=Path, metavar="FILE")
    argument("--whole", type=Path, metavar="FILE")
    argument("--form", choices=FORMS, told="mapped_form")
    _pool_options(argument)


def _pool_options(argument: Callable[..., None]) -> None:
    """How many work at once, and what each file may cost."""
    argument("--workers", type=int, default=os.cpu_count() or 1)
    argument("--time-limit", type=int, default=60, metavar="SECONDS")
    argument("--memory-limit", type=int, default=1024, metavar="MB")
    argument("--scheduler", metavar="tls://HOST:PORT")
    argument("--tls-ca", type=Path, metavar="FILE")
    argument("--tls-cert", type=Path, metavar="FILE")
    argument("--tls-key", type=Path, metavar="FILE")


def _collect(options: argparse.Namespace, language: str) -> int:
    from xlreport.collect.run import collect
    from xlreport.collect.tables import parquet_there
    from xlreport.collect.walk import STORE

    settings = _collecting(options, language)
    progress = Progress(language) if sys.stderr.isatty() else None
    try:
        found = collect(
            options.FOLDER,
            options.out,
            settings,
            roster=options.roster,
            last_year=options.last_year,
            year=options.year,
            progress=progress,
        )
    except OutputError as error:
        complain(error.tell(language))
        if os.path.isfile(options.out / STORE / "judged"):  # noqa: PTH113  no name is too long for it
            complain(say("collect.full" if error.full else "collect.kept", language))
        return FOUND if error.full else error.exit_code
    finally:
        if progress is not None:
            progress.end()
    for line in found.summary(language):
        print(line)
    if found.reused:
        print(say("collect.reused", language, count=found.reused))
    if not found.reports:
        complain(say("collect.none", language, path=options.FOLDER))
    if found.doubt is not None:
        complain(JOINTS[language].join((found.doubt.tell(language), say("collect.no_roster", language))))
    if not parquet_there():
        complain(say("collect.no_parquet", language))
    print(say("collect.written", language, path=options.out))
    return OK if found.sound else FOUND


def _rollup(options: argparse.Namespace, language: str) -> int:
    from xlreport.collect.rollup import no_part, rollup

    target: Path = options.out
    of_kind(target, ".xlsx")
    beside = target.with_name(f"{target.stem}{say('rollup.suffix', language)}.xlsx")
    given = [path for path in (options.roster, options.adjust, options.whole) if path]
    for path in (target, beside):
        not_the_input(path, *given)
        check_writable(path)
    no_part(target, options.FOLDER)
    with suppress(InputError):  # an earlier list is no report
        no_part(beside, options.FOLDER)
    made = rollup(
        options.FOLDER,
        _collecting(options, language),
        roster=options.roster,
        adjust=options.adjust,
        whole=options.whole,
        agency=options.agency,
        group=options.group,
        form=options.form,
        without=(target, beside),
    )
    from xlreport.collect.caveat import with_caveat
    from xlreport.collect.details import details  # it brings openpyxl
    from xlreport.workbook.fill import fill

    write_whole(beside, details(made, beside, options.FOLDER, language))
    write_whole(target, fill(with_caveat(made)))
    for line in made.told(language):
        complain(line)
    if not made.report.agency:
        complain(say("rollup.no_name", language))
    done = "rollup.done" if made.roster else "rollup.done_alone"
    print(say(done, language, parts=len(made.total.parts), **made.due, path=target))
    print(say("rollup.beside", language, path=beside))
    return OK if made.sound else FOUND


def _collecting(options: argparse.Namespace, language: str) -> Settings:
    from xlreport.collect.pool import Limits
    from xlreport.collect.settings import Settings

    for name in ("workers", "time_limit", "memory_limit"):
        if getattr(options, name) < 1:
            raise UsageError("cli.positive", option="--" + name.replace("_", "-"))
    settings = Settings(options.workers, Limits(options.time_limit, options.memory_limit << 20), language)
    certificates = options.tls_ca, options.tls_cert, options.tls_key
    if options.scheduler is not None:
        from xlreport.collect.cluster.client import Certificates
        from xlreport.collect.cluster.run import Cluster

        return settings._replace(mapper=Cluster(options.scheduler, Certificates(*certificates)))
    if any(certificates):
        raise UsageError("cluster.alone")
    return settings


class Progress:
    """One line on a terminal, written over and over: how many are done, how fast, how long it still takes."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._begun = self._told = time.monotonic()

    def __call__(self, done: int, total: int, reused: int) -> None:
        """Write the line anew, five times a second at most. `reused`: of those done, who cost nothing."""
        now = time.monotonic()
        if now - self._told < 0.2 and done < total:
            return
        self._told = now
        rate = max(done - reused, 1) / max(now - self._begun, 1e-3)
        minutes, seconds = divmod(int((total - done) / rate), 60)
        left = say("collect.minutes", self._language, minutes=minutes, seconds=seconds)
        line = say("collect.progress", self._language, done=done, total=total, rate=f"{rate:.0f}", left=left)
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave a clean line."""
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
