"""What a process of the pool does with one file: read it, judge it, write what goes back to its unit."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from xlreport import job
from xlreport.collect.back import message_text, put, write_back
from xlreport.collect.copied import Print, prints
from xlreport.data import parse_report, report_to
from xlreport.document.titles import full_name
from xlreport.errors import InputError, OutputError, reason
from xlreport.finding import Verdict, plain
from xlreport.form.weigh import weigh
from xlreport.messages import LANGUAGES
from xlreport.report import Report
from xlreport.results import told
from xlreport.rules.explain import SUFFIX

REFUSED = b"! "
"""How a reply begins that tells of a disk that refuses: that is nobody's verdict."""

KEPT = 4
"""The version of what is kept of a verdict."""

LIST = "workbook.list"
"""Key of the error that tells of a list of ours: it came back, but it is no report that somebody could mend."""

_BRACKETS = str.maketrans("()", "（）")

TRIES = 3
"""Looks at a file that changes while it is read."""


class Task(NamedTuple):
    """A file to read: its name as it is shown, and where its bytes are."""

    name: str
    path: str


class Past(Protocol):
    """Last year's reports."""

    def of(self, agency: str, /) -> Report | None:
        """The one of that agency."""


@dataclass(frozen=True, slots=True)
class Before:
    """Last year's reports: the journal that holds them, where each agency's stands in it, and a mark of all.

    Agencies are `called` as their titles have them.
    """

    journal: str
    mark: str
    places: dict[str, tuple[int, int]]

    def of(self, agency: str) -> Report | None:
        """Last year's report of that agency."""
        text = self.text(agency)
        return parse_report(text) if text else None

    def text(self, agency: str) -> str:
        """The same as report data; "" where there is none."""
        place = self.places.get(agency)
        if place is None:
            return ""
        with open(self.journal, "rb") as file:  # noqa: PTH123
            file.seek(place[0])
            found = json.loads(file.read(place[1]))
        return json.dumps(found["report"])


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a report and weighs its relations, nothing more: for last year's, and for sums. It tells in `LANGUAGES`."""

    context: str

    def __call__(self, task: Task) -> bytes:
        """The key of the content, a space, and the report as JSON: as report data, and its figures digit by digit."""
        return _settled(task, self.context, self._found)

    def _found(self, task: Task) -> dict[str, Any]:
        try:
            report, findings = job.read_whole(Path(task.path))
        except InputError as error:
            refused = {language: _message(error, task, language) for language in LANGUAGES}
            return {"refused": refused, "list": error.key == LIST}
        blanks = report.blanks()
        fails = [one for one in report.statute.relations if weigh(one, report.figures, blanks).verdict == "fails"]
        errors = [finding for finding in findings if finding.severity == "error"]
        misread = {language: one.message(language) for language in LANGUAGES for one in errors[:1]}
        exact = {cell: str(value) for cell, value in report.figures.items()}
        return {
            "report": report_to(replace(report, last_year=None)),
            "exact": exact,
            "unread": sorted(report.unread),
            "wrong": len(errors) + len(fails),
            "misread": misread,
        }


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads a report, judges it by all rules, and writes the return sheet into the folder `back`."""

    context: str
    language: str
    back: Path
    before: Past | None = None

    def __call__(self, task: Task) -> bytes:
        """The key of the content, a space, and what was found as JSON."""
        return _settled(task, self.context, self._found)

    def _found(self, task: Task) -> dict[str, Any]:
        path = Path(task.path)
        try:
            report, findings = job.read(path)
            if self.before is not None and (last := self.before.of(called(report.agency, report.kind))):
                report = replace(report, last_year=last)
            verdict = job.judge(path, report, findings)
        except InputError as error:
            if error.key == LIST:
                put(self.back, task.name, ())
                return found(job.unusable(path, InputError("collect.list")), self.language) | {"status": "skipped"}
            error.values = {name: task.name if value == path else value for name, value in error.values.items()}
            verdict = job.unusable(path, error)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  a mistake of ours costs one file
            verdict = job.unusable(path, InputError("collect.lost.failed", error=type(error).__name__))
        verdict = verdict._replace(source=task.name)
        write_back(verdict, self.back, task.name, self.language)
        return found(verdict, self.language)


def bare(agency: str) -> str:
    """A name as names are compared: without white space, brackets in full width."""
    return "".join(agency.split()).translate(_BRACKETS)


def called(agency: str, kind: str | None) -> str:
    """The name by which last year's report is looked for: as a title has it, which is all that a document tells."""
    return full_name(bare(agency), kind)


def found(verdict: Verdict, language: str) -> dict[str, Any]:
    """What is kept of a verdict."""
    report = verdict.report
    counts = told.counts(verdict)
    return {
        "status": verdict.status,
        "form": verdict.form,
        "agency": verdict.agency,
        "year": verdict.year,
        "kind": report.kind if report else None,
        "counts": [*counts.values(), len(verdict.not_assessed)],
        "figures": {cell: plain(value) for cell, value in report.figures.items()} if report else {},
        "said": _own_words(report) if report else [],
        "told": "" if verdict.status == "pass" else message_text(verdict, language),
        "findings": [finding.to_json(language) for finding in told.ordered(verdict.findings)],
    }


def _own_words(report: Report) -> list[Print]:
    """The prints of a report's text without the sentences that we would draft: who uses them copies from nobody."""
    said = prints("\n".join(report.text.values()))
    ours = set(prints("\n".join(job.draft_text(report).values()))) if said else set()
    return [one for one in said if one not in ours]


def _message(error: InputError, task: Task, language: str) -> str:
    error.values = {name: task.name if value == Path(task.path) else value for name, value in error.values.items()}
    error.source = task.name
    return error.tell(language)


def _settled(task: Task, context: str, look: Any) -> bytes:
    """The key and what `look` finds in a file that stays as it is meanwhile; nothing where it does not, or REFUSED."""
    path = Path(task.path)
    for attempt in range(TRIES):
        before = stamp(path)
        key = key_of(task, context)
        try:
            found = look(task)
        except OSError as error:
            return _refused(OutputError("files.refused", path=path, reason=reason(error)))
        except OutputError as error:
            return _refused(error)
        if stamp(path) == before:
            return f"{key} ".encode() + json.dumps(found, ensure_ascii=False).encode(errors="backslashreplace")
        time.sleep(0.1 * (attempt + 1))
    return b""


def _refused(error: OutputError) -> bytes:
    return REFUSED + error.as_text.encode(errors="backslashreplace")


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written; None where there is none."""
    try:
        mark = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return mark.st_mtime_ns, mark.st_size, mark.st_ino


def key_of(task: Task, context: str) -> str:
    """What a result depends on: name and content of the file, what lies beside it, and the context of the run.

    "" where the file cannot be read: then nothing is to be remembered.
    """
    path = Path(task.path)
    digest = hashlib.sha256(task.name.encode(errors="surrogateescape") + b"\0")
    try:
        digest.update(path.read_bytes())
    except OSError:
        return ""
    try:
        digest.update(path.with_name(path.stem + SUFFIX).read_bytes())
    except OSError:
        digest.update(b"-")
    return f"{digest.hexdigest()[:40]}-{context}"
