"""What a collection comes to, as a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlreport.collect.match import Line, Seen
from xlreport.collect.roster import WHOLE, Roster
from xlreport.errors import InputError
from xlreport.messages import JOINTS, say

RETURNS = "returns"
"""The folder in the output that holds what goes back to the units."""

SHOWN = 3
"""Files that a sentence names of many."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What a collection comes to. files: all that were found, by name; lines: units and how they stand.

    doubt: what is wrong with the roster, which then was not used. unused: files of last year that nothing was compared
    with, by name.
    """

    files: Sequence[Seen]
    lines: Sequence[Line]
    year: int | None
    reused: int
    roster: Roster | None = None
    doubt: InputError | None = None
    unused: tuple[str, ...] = ()

    @property
    def reports(self) -> int:
        """How many of the files are reports, or should be."""
        return sum(seen.status != "skipped" or seen.empty for seen in self.files)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with any file or unit, nor with the roster, and there is a report at all."""
        bad = any(seen.status in ("fail", "unusable") for seen in self.files)
        return bool(self.reports) and not bad and not self.doubt and not any(line.wrong for line in self.lines)

    def summary(self, language: str = "zh") -> tuple[str, ...]:
        """What it comes to in a sentence, how complete it is, where there is a roster, and what was of no use."""
        verdicts = [seen.status for seen in self.files]
        count = {name: verdicts.count(name) for name in ("warnings", "fail", "unusable", "skipped")}
        passed = verdicts.count("pass")
        lines = [say("collect.done", language, files=len(verdicts), passed=passed, **count)]
        if self.roster is not None:
            states = [line.state for line in self.lines]
            due = len(self.roster.due)
            told = {name: states.count(name) for name in ("missing", "duplicate", "unknown")}
            there = {"reported": self.reported, "refused": self.refused}
            lines.append(say("collect.done_units", language, due=due, **there, **told))
            if shown := sum(not unit.summed for unit in self.roster.due):
                lines.append(say("collect.shown_only", language, count=shown))
        if self.unused:
            few = JOINTS[language].join(self.unused[:SHOWN])
            lines.append(say("collect.unused", language, count=len(self.unused), files=few))
        return tuple(lines)

    def counts(self, line: Line) -> bool:
        """Whether a line's report is one to add up: of the year, the only one of a unit that is no sum of others."""
        unit = line.unit
        alone = line.state == "reported" and line.files[0].year == self.year
        above = self.roster is not None and unit.kind == WHOLE and unit.name in self.roster.parts
        return alone and unit.summed and not above

    @property
    def refused(self) -> int:
        """How many units sent nothing but what cannot be used."""
        return sum(line.state == "refused" and bool(line.unit.name) for line in self.lines)

    @property
    def reported(self) -> int:
        """How many units of the roster sent a report."""
        silent = sum(line.state == "missing" for line in self.lines)
        return (len(self.roster.due) if self.roster else 0) - silent - self.refused
