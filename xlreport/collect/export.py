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


class Task(NamedTuple):
    """A report and the place of its document; or `refused`: key of the sentence that says why it is not read."""

    source: str
    target: str
    refused: str = ""


class Outcome(NamedTuple):
    """What became of a task: the exit code it alone would give, why there is no document, findings of it."""

    source: str
    target: str
    code: int
    why: str = ""
    errors: int = 0
    warnings: int = 0


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
                error.source = ""  # the outcome has it
            outcome = Outcome(task.source, task.target, error.exit_code, error.tell(self.language))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  a mistake of ours costs one document
            why = say("cli.failed", self.language, error=type(error).__name__)
            outcome = Outcome(task.source, task.target, XlreportError.exit_code, why)
        return json.dumps(outcome).encode()

    def _done(self, task: Task) -> Outcome:
        source = Path(task.source)
        report, findings = job.read(source)
        verdict = job.judge(source, report, findings)
        errors = len(verdict.errors)
        if errors and not self.allow_errors:
            return Outcome(task.source, task.target, 1, say("cli.refused", self.language, count=errors))
        _make_folder(Path(task.target).parent)
        added = {"embed": self.embed, "data": self.data, "summary": self.summary}
        write_whole(Path(task.target), job.render(report, self.kind, dress=self.dress, **added))
        warnings = sum(finding.severity == "warning" for finding in verdict.findings)
        return Outcome(task.source, task.target, 0, errors=errors, warnings=warnings)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("files.refused", path=folder, reason=reason(error)) from None


def plan(paths: Sequence[Path], kind: str, output: Path | None, dress: job.Dress | None = None) -> list[Task]:
    """A task for each file, once, and for each report in a folder. `output`: the folder for all; else beside each.

    Raises UsageError where a document would replace a report, a file of `dress` or another document, or `output` is
    no folder; InputError where there is no report.
    """
    if output and (output.is_file() or output.suffix == f".{kind}"):
        raise UsageError("export.needs_folder", path=output)
    found = {_place(one.path): one for path in paths for one in _found(path, kind, output)}
    if not found:
        raise InputError("export.none", path=paths[0])
    tasks = [_task(one, kind, output) for one in found.values()]
    read = {*found, *map(_place, dress.files if dress else ())}
    made: dict[str, str] = {}
    for task in (task for task in tasks if not task.refused):
        place = _place(task.target)
        if place in read:
            raise UsageError("export.would_replace", path=task.target)
        if place in made:
            raise UsageError("export.same_place", path=task.target, one=made[place], other=task.source)
        made[place] = task.source
    return tasks


def _place(path: str | Path) -> str:
    """The same for the same file, by whatever name."""
    return os.path.normcase(os.path.realpath(path))


def _found(path: Path, kind: str, output: Path | None) -> Iterator[Found]:
    """A file; of a folder its workbooks and, but for `kind` json, report data of which there is no workbook beside it.

    Neither documents nor data that were made before are read back.
    """
    if not path.is_dir():
        yield Found(path.name, path)
        return
    files = [one for one in walk(path, [output] if output else []) if not one.skipped]
    workbooks = {one.path.with_suffix("") for one in files if one.path.suffix.lower() in job.WORKBOOKS}
    for one in files:
        suffix = one.path.suffix.lower()
        if suffix == ".json":
            if kind != "json" and one.path.with_suffix("") not in workbooks:
                yield one
        elif suffix in job.WORKBOOKS or one.refused:
            yield one


def _task(one: Found, kind: str, output: Path | None) -> Task:
    if one.refused:
        return Task(str(one.path), "", one.refused)
    target = (one.path if output is None else output / one.name).with_suffix(f".{kind}")
    return Task(str(one.path), str(target))


def export(
    tasks: Sequence[Task], exporter: Exporter, workers: int, limits: pool.Limits | None = None
) -> Iterator[Outcome]:
    """The outcome of every task, as they come."""
    limits = limits or pool.Limits()
    values = {"seconds": int(limits.seconds), "megabytes": limits.memory >> 20}
    for task in tasks:
        if task.refused:
            yield Outcome(task.source, task.target, InputError.exit_code, say(task.refused, exporter.language))
    for task, reply in pool.run(exporter, (task for task in tasks if not task.refused), workers, limits):
        if isinstance(reply, pool.Lost):
            why = say(f"collect.lost.{reply.why}", exporter.language, **values)
            yield Outcome(task.source, task.target, InputError.exit_code, why)
        else:
            yield Outcome(*json.loads(reply))
