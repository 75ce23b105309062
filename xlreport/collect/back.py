"""What goes back to a unit: a list of findings to work through, and words to paste into a message."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from xlreport import job
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
    return tuple(folder.joinpath(*above, last + end) for end in SUFFIXES)


def _short(step: str) -> str:
    """A name that still fits a file system with our suffix."""
    raw = step.encode(errors="replace")
    if len(raw) <= LONGEST:
        return step
    return f"{raw[: LONGEST - 18].decode(errors='ignore')}~{sha256(raw).hexdigest()[:16]}"


def write_back(verdict: Verdict, folder: Path, name: str, language: str = "zh") -> None:
    """Write both, where there is something to say, and take away what an earlier version of the file was told."""
    sheet, message = places(folder, name)
    if verdict.status == "pass":
        sheet.unlink(missing_ok=True)
        message.unlink(missing_ok=True)
        return
    sheet.parent.mkdir(parents=True, exist_ok=True)
    write_whole(sheet, job.results([verdict], "xlsx", language))
    write_whole(message, message_text(verdict, language).encode(errors="backslashreplace"))


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
