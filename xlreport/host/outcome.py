"""What a click has come to, as a value; whoever was clicked says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xlreport.finding import Status, Verdict
from xlreport.messages import Phrase, say

Action = Literal["validate", "draft", "export", "clear"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """action: what was asked for. status, errors, warnings: of the verdict, where one was given.

    paths: files written. notes: what else is to be said, such as what could not be done.
    """

    action: Action
    status: Status = "pass"
    errors: int = 0
    warnings: int = 0
    paths: tuple[Path, ...] = ()
    notes: tuple[Phrase, ...] = ()

    def status_bar(self, language: str = "zh") -> str:
        """One plain sentence."""
        values = {"errors": self.errors, "warnings": self.warnings, "count": len(self.paths)}
        return say(f"host.{self.action}.{self.status}", language, **values)

    def message(self, language: str = "zh") -> str:
        """The same with what else is to be known, a paragraph each."""
        told = [self.status_bar(language)]
        if self.paths:
            told.append("\n".join(str(path) for path in self.paths))
        told += [say(note.key, language, **note.values) for note in self.notes]
        return "\n\n".join(told)


def outcome_of(
    verdict: Verdict, action: Action, *, paths: tuple[Path, ...] = (), notes: tuple[Phrase, ...] = ()
) -> Outcome:
    """The outcome that tells of a verdict."""
    warnings = sum(finding.severity == "warning" for finding in verdict.findings)
    return Outcome(action, verdict.status, len(verdict.errors), warnings, paths, notes)
