"""xlreport.collect.match: units and how they stand, at any length."""

from __future__ import annotations

from xlreport.collect.match import Seen, match
from xlreport.collect.roster import Roster, Unit
from xlreport.messages import Phrase

FILES = (
    Seen("1", "k", "pass", " 乙局", 2024, "2021"),
    Seen("2", "k", "fail", "甲局", 2024, "2021"),
    Seen("3", "k", "pass", "乙 局", 2023, "2021"),
    Seen("4", "", "unusable", why="坏"),
)


def test_lines_are_a_sequence() -> None:
    """Lines made one at a time are those made all at once, and what is told of one comes last among its flags."""
    lines = match(FILES, None, 2024)
    assert [line.unit.name for line in lines] == [" 乙局", "甲局", ""]
    assert [lines[at] for at in range(len(lines))] == list(lines) == list(lines[:])
    assert [line.state for line in lines[-2:]] == ["reported", "refused"]
    told = Phrase("collect.flag.identical", {"files": "1、3"})
    assert lines.telling({0: (told,)})[0].flags == (*lines[0].flags, told)


def test_units_first() -> None:
    """Units of the roster stand in its order, also those that sent nothing; strangers and nameless files follow."""
    lines = match(FILES, Roster((Unit("丙局"), Unit("甲局"))), 2024)
    found = [(line.unit.name, line.state) for line in lines]
    assert found == [("丙局", "missing"), ("甲局", "reported"), (" 乙局", "unknown"), ("", "refused")]
