"""Where the arrow keys with Ctrl lead, and the block around a cell."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def jump(filled: Sequence[bool], here: int, step: int, size: int) -> int:
    """The index that Ctrl and an arrow key reach from `here`, in a row or column of `size` cells.

    Within a block, its last cell; from there, or from an empty cell, the next cell that is filled; if there is none,
    the edge of the sheet. What lies beyond `filled` is empty.
    """

    def full(index: int) -> bool:
        return index < len(filled) and filled[index]

    edge = size - 1 if step > 0 else 0
    if here == edge:
        return here
    at = here + step
    if full(here) and full(at):
        while at != edge and full(at + step):
            at += step
        return at
    while at != edge and not full(at):
        if step > 0 and at >= len(filled):
            return edge
        at += step
    return at
