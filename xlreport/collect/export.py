"""Many final documents at once: each report is read, judged and printed by itself, in the pool."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlreport import job
from xlreport.collect import pool
from xlreport.collect.walk import Found, walk
from xlreport.errors import InputError, OutputError, UsageError, XlreportError, reason
from xlreport.messages import say
from xlreport.report import Report
from xlreport.safe.write import write_whole

SOURCES = (*job.WORKBOOKS, ".json")
"""What is taken from a folder: documents that were made before are not read back."""


class Task(NamedTuple):
    """A report and the place of its document; `refused`: key of the sentence that says why it is not read."""

    name: str
    source: str
    target: str
    refused: str = ""


class Outcome(NamedTuple):
    """What became of a task: the exit code it alone would give, why there is no document, findings still open."""

    name: str
    target: str
    code: int
    why: str = ""
    open: int = 0


@dataclass(frozen=True, slots=True)
class Exporter:
    """What is wanted of every report: as `job.render`. Without `allow_errors` one with errors is refused."""

    kind: str
    dress: job.Dress
    embed: bool = False
    data: bool = True
    summary: bool = False
    allow_errors: bool = False
    language: str = "zh"

    def check(self) -> None:
        """Raises InputError for a profile or a letterhead that cannot be used, before any report is read."""
        job.render(Report("2021", "某市", 2024), self.kind, dress=self.dress)

    def __call__(self, task: Task) -> bytes:
        """Writes the document; the outcome, as JSON."""
        try:
            outcome = self._done(task)
        except XlreportError as error:
            if isinstance(error, InputError):
                error.source = ""  # the outcome has a name
            outcome = Outcome(task.name, task.target, error.exit_code, error.tell(self.language))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  a mistake of ours costs one document
            why = say("cli.failed", self.language, error=type(error).__name__)
            outcome = Outcome(task.name, task.target, XlreportError.exit_code, why)
        return json.dumps(outcome).encode()

    def _done(self, task: Task) -> Outcome:
        source = Path(task.source)
        report, findings = job.read(source)
        verdict = job.judge(source, report, findings)
        if verdict.errors and not self.allow_errors:
            return Outcome(task.name, task.target, 1, say("cli.refused", self.language, count=len(verdict.errors)))
        _make_folder(Path(task.target).parent)
        added = {"embed": self.embed, "data": self.data, "summary": self.summary}
        write_whole(Path(task.target), job.render(report, self.kind, dress=self.dress, **added))
        return Outcome(task.name, task.target, 0, open=len(verdict.findings))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("files.refused", path=folder, reason=reason(error)) from None


def plan(paths: Sequence[Path], kind: str, output: Path | None) -> list[Task]:
    """A task for each file, once, and for each of SOURCES in a folder. `output`: the folder for all; else beside each.

    Raises UsageError where a document would replace a report or another document, or `output` is no folder;
    InputError where there is no report.
    """
    if output and (output.is_file() or output.suffix == f".{kind}"):
        raise UsageError("export.needs_folder", path=output)
    found = {os.path.realpath(one.path): one for path in paths for one in _found(path, output)}
    if not found:
        raise InputError("export.none", path=paths[0])
    tasks = [_task(one, kind, output) for one in found.values()]
    places = {source: one.name for source, one in found.items()}
    for task in tasks:
        place = os.path.realpath(task.target)
        if place in places:
            raise UsageError("export.same_place", path=task.target, one=places[place], other=task.name)
        places[place] = task.name
    return tasks


def _found(path: Path, output: Path | None) -> Iterator[Found]:
    if not path.is_dir():
        yield Found(path.name, path)
        return
    for one in walk(path, [output] if output else []):
        if (one.path.suffix.lower() in SOURCES and not one.skipped) or one.refused:
            yield one


def _task(one: Found, kind: str, output: Path | None) -> Task:
    target = one.path.with_suffix(f".{kind}") if output is None else (output / one.name).with_suffix(f".{kind}")
    return Task(one.name, str(one.path), str(target), one.refused)


def export(
    tasks: Sequence[Task], exporter: Exporter, workers: int, limits: pool.Limits | None = None
) -> Iterator[Outcome]:
    """The outcome of every task, as they come."""
    limits = limits or pool.Limits()
    values = {"seconds": int(limits.seconds), "megabytes": limits.memory >> 20}
    for task in tasks:
        if task.refused:
            yield Outcome(task.name, task.target, InputError.exit_code, say(task.refused, exporter.language))
    for task, reply in pool.run(exporter, (task for task in tasks if not task.refused), workers, limits):
        if isinstance(reply, pool.Lost):
            why = say(f"collect.lost.{reply.why}", exporter.language, **values)
            yield Outcome(task.name, task.target, InputError.exit_code, why)
        else:
            yield Outcome(*json.loads(reply))
