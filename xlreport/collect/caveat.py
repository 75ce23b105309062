"""What is not right with a roll-up, said in its workbook: a note under table 3 that must be dealt with.

It stands in 【】, which is a placeholder: `check` names it and nothing is published before somebody has. It names units
and never files, so that the names of files change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from xlreport.collect.rollup import Rollup
from xlreport.collect.unfit import few
from xlreport.messages import say
from xlreport.report import Report
from xlreport.results.told import clean

NOTE = "note.t3"


def with_caveat(made: Rollup) -> Report:
    """The report of the sum, with the note where there is something to note; in Chinese, as workbooks are."""
    said = "；".join(_said(made))
    text = {NOTE: clean(say("rollup.caveat.note", told=said))} if said else {}
    return replace(made.report, text=MappingProxyType(text))


def _said(made: Rollup) -> Iterator[str]:
    unit_of = {member.file: member.unit.name for member in made.total.members if member.file}
    about: tuple[tuple[str, int, Iterable[str]], ...] = (
        ("missing", len(made.missing), (member.unit.name for member in made.missing)),
        ("covered", len(made.covered), (member.unit.name for member in made.covered)),
        ("other", int(bool(made.other)), (made.other,)),
        ("differs", len(made.differences), (one.unit for one in made.differences)),
        ("doubtful", len(made.doubtful), sorted(unit_of.get(file, "") for file, _ in made.doubtful)),
        ("left_out", len(made.left_out), (one.unit for one in made.left_out)),
    )
    for key, count, units in about:
        if count:
            yield say(f"rollup.caveat.{key}", count=count, units=few(list(dict.fromkeys(filter(None, units)))) or "—")
