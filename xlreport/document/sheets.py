"""Which way round the sheets of a document lie: all upright, or the long table 3 on a sheet turned to landscape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from xlreport.document.outline import Block, Grid, Heading, Paragraph
from xlreport.document.profile import Profile

_NOTE = 40
"""Characters of a note that stays on the turned sheet: a longer one would crowd the table, and follows upright."""

_LOWEST = 330.0
"""Points of height that table 3 needs on the shortest sheet, in the smallest letters: it cannot break over sheets."""


class Sheets(NamedTuple):
    """Blocks that follow each other on sheets of one direction."""

    blocks: tuple[Block, ...]
    turned: bool = False


def sheets(blocks: Sequence[Block], profile: Profile) -> Iterator[Sheets]:
    """All blocks in order. Table 3 is turned with its heading, where the profile wants it so, and with a short note.

    It stays upright where the text is so narrow, or its lines so far apart, that it would not fit on a turned sheet.
    """
    start, end = _table3(blocks) if profile.table3 == "landscape" else (0, 0)
    if _room(profile, end - start - 1) < _LOWEST:
        start, end = 0, 0
    runs = Sheets(tuple(blocks[:start])), Sheets(tuple(blocks[start:end]), turned=True), Sheets(tuple(blocks[end:]))
    return (run for run in runs if run.blocks)


def _room(profile: Profile, others: int) -> float:
    """Points of height for a table on a turned sheet (official.typ), beside `others` of one line."""
    lines = int(profile.width / profile.pitch - 1e-6) - others
    return lines * profile.pitch - (profile.pitch - profile.sizes[1]) - 6


def _table3(blocks: Sequence[Block]) -> tuple[int, int]:
    """From its heading to after it and its note, if that is one line; (0, 0) where there is no table 3."""
    at = next((at for at, block in enumerate(blocks) if isinstance(block, Grid) and block.id == "t3"), None)
    if at is None:
        return 0, 0
    notes = list(takewhile(lambda block: isinstance(block, Paragraph) and block.note, blocks[at + 1 :]))
    short = len(notes) == 1 and isinstance(notes[0], Paragraph) and len(notes[0].text) <= _NOTE
    return at - (at > 0 and isinstance(blocks[at - 1], Heading)), at + 1 + short


def wider(grid: Grid, profile: Profile) -> Grid:
    """The table for a turned sheet, as wide as an upright one is high; a quarter of the gain is for long labels."""
    gained = round(sum(grid.widths) * (profile.height / profile.width - 1) / 4)
    widest = grid.widths.index(max(grid.widths))
    widths = (width + gained * (at == widest) for at, width in enumerate(grid.widths))
    return replace(grid, widths=tuple(widths))
