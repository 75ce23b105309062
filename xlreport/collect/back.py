"""What goes back to a unit: a list of findings to work through, and words to paste into a message."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from xlreport import job
from xlreport.collect.returned import LEDGER, note
from xlreport.finding import Verdict
from xlreport.messages import say
from xlreport.results import told
from xlreport.safe.write import write_whole

LISTED = 12
"""Findings that the message tells; the list has all."""

SUFFIXES = (".xlsx", ".txt")

LONGEST = 200
"""Bytes of a name; file systems take 255."""


def places(folder: Path, name: str) -> tuple[Path, ...]:
    """Where what goes back about the file `name` stands: the list, the message."""
    *above, last = (_short(step) for step in name.split("/"))
    return tuple(folder.joinpath(*map(_apart, above), last + end) for end in SUFFIXES)


def _apart(step: str) -> str:
    """The name of a folder, never that of a list beside it: whatever would look like one gets one more "_"."""
    return f"{step}_" if step.rstrip("_").lower().endswith((*SUFFIXES, LEDGER)) else step


def _short(step: str) -> str:
    """A name that still fits a file system with our suffix."""
    raw = step.encode(errors="replace")
    if len(raw) <= LONGEST:
        return step
    return f"{raw[: LONGEST - 18].decode(errors='ignore')}~{sha256(raw).hexdigest()[:16]}"


def write_back(verdict: Verdict, folder: Path, name: str, language: str = "zh") -> None:
    """Write both, where there is something to say, and take away what an earlier version of the file was told."""
    if verdict.status == "pass":
        put(folder, name, ())
        return
    message = message_text(verdict, language).encode(errors="backslashreplace")
    put(folder, name, (job.results([verdict], "xlsx", language), message))


def put(folder: Path, name: str, contents: Sequence[bytes]) -> None:
    """Write the list and the message, or take both away where there is nothing to say."""
    for path in places(folder, name)[len(contents) :]:
        path.unlink(missing_ok=True)
    if contents:
        note(folder, contents)
    for path, content in zip(places(folder, name), contents, strict=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def got(folder: Path, name: str) -> list[bytes]:
    """What `put` wrote."""
    return [path.read_bytes() for path in places(folder, name) if path.is_file()]


def message_text(verdict: Verdict, language: str = "zh") -> str:
    """A message to the unit: what was sent, what is wrong with it by place, and what to do."""
    agency, year = verdict.agency or say("collect.back.unit", language), verdict.year or "—"
    counts = told.counts(verdict)
    lines = [say(f"collect.back.{verdict.status}", language, agency=agency, year=year, source=verdict.source, **counts)]
    findings = [finding for finding in told.ordered(verdict.findings) if finding.severity != "note"]
    for number, finding in enumerate(findings[:LISTED], 1):
        spot, sentence = told.spot(finding, verdict, language), finding.message(language)
        severity = say(f"cli.severity.{finding.severity}", language)
        place = f"{spot} " if spot and not sentence.startswith(spot) else ""
        lines.append(f"{number}. 【{severity}】{place}{sentence}")
    if len(findings) > LISTED:
        lines.append(say("collect.back.more", language, count=len(findings) - LISTED))
    if verdict.suspects:
        lines.append(say("collect.back.suspect", language, reason=verdict.suspects[0].to_json(language)["reason"]))
    return told.clean("\n".join(lines) + "\n")
