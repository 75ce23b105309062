"""What a collection comes to, as a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xlreport.collect.match import Line, Seen
from xlreport.collect.roster import WHOLE, Roster
from xlreport.errors import InputError
from xlreport.messages import JOINTS, say

RETURNS = "returns"
"""The folder in the output that holds what goes back to the units."""

UNITS = ("due", "reported", "year", "refused", "missing", "duplicate", "unknown")
ALSO = ("year", "form", "late", "copied", "nameless")
"""What is counted where there is a roster, and what with or without."""

_THERE = {"reported", "duplicate", "form", "late"}
"""States of a unit that did what it had to."""

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
        standing = self.standing()
        if self.roster is not None:
            lines.append(say("collect.done_units", language, **{name: standing[name] for name in UNITS}))
            if shown := {unit.name for unit in self.roster.due} - self.roster.summed:
                there = sum(line.state in _THERE for line in self.lines if line.unit.name in shown)
                lines.append(say("collect.shown_only", language, count=len(shown), missing=len(shown) - there))
        also = [name for name in ALSO if standing[name] and not (name == "year" and self.roster)]
        if also:
            items = (say(f"collect.also.{name}", language, count=standing[name]) for name in also)
            lines.append(say("collect.done_also", language, items=JOINTS[language].join(items)))
        if self.unused:
            few = JOINTS[language].join(self.unused[:SHOWN])
            lines.append(say("collect.unused", language, count=len(self.unused), files=few))
        return tuple(lines)

    def counts(self, line: Line) -> bool:
        """Whether a line's report is one to add up: of the year, the only one of a unit that is no sum of others."""
        unit = line.unit
        alone = line.state in ("reported", "form", "late") and line.files[0].year == self.year
        above = self.roster is not None and unit.kind == WHOLE and unit.name in self.roster.parts
        return alone and not above and (self.roster is None or unit.name in self.roster.summed)

    def standing(self) -> Counter[str]:
        """How many units stand how: UNITS and ALSO.

        Each that must report is "reported" (who sent several, too), of another "year", "refused" or "missing".
        """
        found: Counter[str] = Counter()
        due = {unit.name for unit in self.roster.due} if self.roster else set()
        found["due"] = len(due)
        for line in self.lines:
            if line.unit.name in due and line.state != "unknown":
                found["reported"] += line.state in _THERE
            elif line.state == "refused":  # a file, or the sum of others
                continue
            said = {flag.key.rpartition(".")[2] for flag in line.flags}
            found.update({line.state} - {"reported"} | said & {"form", "late", "copied"})
        return found
