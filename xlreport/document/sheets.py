"""Which way round the sheets of a document lie: all upright, or the long table 3 on a sheet turned to landscape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from math import ceil
from typing import NamedTuple

from xlreport.document.outline import Aside, Block, Grid, Heading, Paragraph
from xlreport.document.profile import Profile

_NOTE = 40
"""Characters of a note that stays on the turned sheet: a longer one would crowd the table, and follows upright."""

_WIDTH, _HEIGHT, _ABOVE_NOTE = 630.0, 404.0, 384.0
"""Points that its 28 rows need in 小五, as measured in all three formats; in Word a note is lower than a line."""


class Sheets(NamedTuple):
    """Blocks that follow each other on sheets of one direction; `room`: points of height for a turned table."""

    blocks: tuple[Block, ...]
    turned: bool = False
    room: float = 0.0


def sheets(blocks: Sequence[Block], profile: Profile) -> Iterator[Sheets]:
    """All blocks in order. Table 3 is turned with its heading, where the profile wants it so, and with a short note.

    It stays upright where it would not fit on a turned sheet, or where the text is wider than high already.
    """
    wide = profile.height > max(profile.width, _WIDTH)
    start, end, room = _table3(blocks, profile) if wide and profile.table3 == "landscape" else (0, 0, 0.0)
    turned = Sheets(tuple(blocks[start:end]), turned=True, room=room)
    return (run for run in (Sheets(tuple(blocks[:start])), turned, Sheets(tuple(blocks[end:]))) if run.blocks)


def _table3(blocks: Sequence[Block], profile: Profile) -> tuple[int, int, float]:
    """From its heading to after it and its note, if that is one line, and its room; zeros where that is too little."""
    at = next((at for at, block in enumerate(blocks) if isinstance(block, Grid) and block.id == "t3"), None)
    if at is None:
        return 0, 0, 0.0
    start = at - (at > 0 and isinstance(blocks[at - 1], Heading))
    notes = list(takewhile(lambda block: isinstance(block, Paragraph) and block.note, blocks[at + 1 :]))
    short = len(notes) == 1 and isinstance(notes[0], Paragraph) and len(notes[0].text) <= _NOTE
    for end, least in [(at + 2, _ABOVE_NOTE)] * short + [(at + 1, _HEIGHT)]:
        beside = (block for block in blocks[start:end] if not isinstance(block, Grid))
        room = profile.width - profile.pitch * sum(_lines(block, profile) for block in beside)
        if room >= least:
            return start, end, room
    return 0, 0, 0.0


def _lines(block: Heading | Paragraph | Aside, profile: Profile) -> int:
    """That a heading or a note fills on a turned sheet."""
    larger = profile.sizes[2] - profile.sizes[1] if isinstance(block, Paragraph) else 0.0
    return ceil((len(block.text) + 2) * (profile.cell + larger) / profile.height)


def wider(grid: Grid, profile: Profile) -> Grid:
    """The table for a turned sheet, as wide as an upright one is high; a quarter of the gain is for long labels."""
    gained = round(sum(grid.widths) * (profile.height / profile.width - 1) / 4)
    widest = grid.widths.index(max(grid.widths))
    widths = (width + gained * (at == widest) for at, width in enumerate(grid.widths))
    return replace(grid, widths=tuple(widths))
