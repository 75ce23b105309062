"""What a click has come to, as a value; whoever was clicked says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from xlreport.finding import Finding, Status, Verdict
from xlreport.messages import Phrase, say

Action = Literal["validate", "draft", "export", "clear"]


_TOLD = 5
"""Findings that a message tells of, where they could not be listed in the workbook."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """action: what was asked for. status, errors, warnings: of the verdict, where one was given.

    paths: files written. notes: what else is to be said. unlisted: what was found and could not be listed in the
    workbook; the notes say why.
    """

    action: Action
    status: Status = "pass"
    errors: int = 0
    warnings: int = 0
    paths: tuple[Path, ...] = ()
    notes: tuple[Phrase, ...] = ()
    unlisted: tuple[Finding, ...] = ()

    def status_bar(self, language: str = "zh") -> str:
        """One plain sentence."""
        key = f"host.{self.action}.{self.status}" + ("_only" if self.unlisted else "")
        return say(key, language, errors=self.errors, warnings=self.warnings, count=len(self.paths))

    def message(self, language: str = "zh") -> str:
        """The same with what else is to be known, a paragraph each."""
        told = [self.status_bar(language)]
        if self.paths:
            told.append("\n".join(str(path) for path in self.paths))
        told += [finding.message(language) for finding in self.unlisted[:_TOLD]]
        if len(self.unlisted) > _TOLD:
            told.append(say("host.more", language, count=len(self.unlisted) - _TOLD))
        told += [say(note.key, language, **note.values) for note in self.notes]
        return "\n\n".join(told)


def shown(verdict: Verdict, action: Action, notes: tuple[Phrase, ...]) -> Outcome:
    """The outcome of a verdict that was listed in the workbook; not, where there are notes that say why."""
    unlisted = tuple(x for x in verdict.findings if x.severity != "note") if notes else ()
    return replace(_counted(verdict, action), notes=notes, unlisted=unlisted)


def made(verdict: Verdict, paths: tuple[Path, ...], notes: tuple[Phrase, ...]) -> Outcome:
    """The outcome of an export."""
    return replace(_counted(verdict, "export"), paths=paths, notes=notes)


def _counted(verdict: Verdict, action: Action) -> Outcome:
    warnings = sum(finding.severity == "warning" for finding in verdict.findings)
    return Outcome(action, verdict.status, len(verdict.errors), warnings)
