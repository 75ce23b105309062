"""Which cells of the tables a verdict marks, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlreport.finding import Finding, Suspect
from xlreport.results.told import SEVERITIES
from xlreport.rules import words

NUMBERED = 6
"""Cells of a finding that all bear its number; of more, only the one that it turns on."""

REFERENCES = 4
"""Numbers that a cell bears."""


_TYPED = {"FIG-TEXT", "FIG-ERR", "FIG-DATE"}
"""Codes of cells that hold no figure."""


@dataclass(slots=True)
class Mark:
    """What is shown at a cell: the gravest severity, the numbers of its findings, and what it should perhaps be.

    typed: what stands there instead of a figure.
    """

    severity: str = ""
    numbers: tuple[int, ...] = ()
    more: int = 0
    suggested: str = ""
    typed: str = ""


def marks(findings: Sequence[Finding], suspects: Sequence[Suspect]) -> Mapping[str, Mark]:
    """A mark for each cell that a finding names; findings are numbered from 1, in their order.

    Cells go by their id, others than figures by their address (表三!A7). The likeliest suspect's cells bear what would
    make everything agree.
    """
    found: dict[str, Mark] = {}
    moved = any(finding.code == "WB-SHAPE" for finding in findings)  # then addresses are not those of the form
    for number, finding in enumerate(findings, 1):
        bearing = _bearing(finding)
        for cell in finding.cells or (() if moved else finding.addresses):
            mark = found.setdefault(cell, Mark(finding.severity))
            mark.severity = min(mark.severity, finding.severity, key=SEVERITIES.index)
            if finding.code in _TYPED:
                mark.typed = str(finding.values.get("text", ""))
            if cell in bearing:
                if len(mark.numbers) < REFERENCES:
                    mark.numbers += (number,)
                else:
                    mark.more += 1
    for suspect in suspects[:1]:
        for cell, value in zip(suspect.cells, suspect.suggested, strict=True):
            found.setdefault(cell, Mark("error")).suggested = words.number(value)
    return found


def _bearing(finding: Finding) -> Sequence[str]:
    """The cells that bear the number: a sum's total stands last; of many blanks, the first speaks for all."""
    if len(finding.cells) <= NUMBERED:
        return finding.cells or finding.addresses
    return finding.cells[-1:] if finding.expected is not None else finding.cells[:1]
