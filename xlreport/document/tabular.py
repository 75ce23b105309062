"""A statutory table as official.typ wants it: its bands of heads, its other cells, and how each is to be set."""

from __future__ import annotations

from typing import Any, Literal

from xlreport.document.cells import digits, upright
from xlreport.document.outline import Cell, Grid

Kind = Literal["centred", "left", "upright", "figure"]
"""upright: a label beside several rows, in a narrow column."""


_ROOMIEST = 8
"""Characters in the widest column of an upright label."""


def tabular(grid: Grid) -> dict[str, Any]:
    """The JSON of a table; `x`, `y` count from 0, `share` is a cell's part of the table's width.

    `lines`: an upright label's lines in a column of one character, of two and so on. `longest`: characters of the
    longest figure of the column, where its figures align on their ends, else 0.
    """
    stubs = max((cell.column + cell.columns - 1 for cell in grid.cells if cell.role == "stub"), default=0)
    labelled = {cell.row for cell in grid.cells if cell.role != "figure" and cell.rows == 1}
    bands = _bands(grid)
    longest = digits(grid)
    headed = {row for first, after in bands for row in range(first, after)}

    def cell_of(cell: Cell) -> dict[str, Any]:
        kind, words = _kind(cell, stubs), cell.text.replace("\t", " ")
        share = sum(grid.widths[cell.column - 1 : cell.column - 1 + cell.columns]) / sum(grid.widths)
        return {
            "x": cell.column - 1,
            "y": cell.row - 1,
            "rows": cell.rows,
            "columns": cell.columns,
            "kind": kind,
            "share": share,
            "text": words,
            "lines": [upright(words, room) for room in range(1, _ROOMIEST + 1)] if kind == "upright" else [],
            "longest": longest.get(cell.id, 0),
        }

    def flat(cell: Cell) -> bool:
        """Never higher than the label of its row."""
        return cell.role == "figure" and cell.row in labelled

    return {
        "shares": [width / sum(grid.widths) for width in grid.widths],
        "height": grid.height,
        "bands": [
            {
                "repeat": after <= grid.head_lines + 1,
                "cells": [cell_of(cell) for cell in grid.cells if first <= cell.row < after],
            }
            for first, after in bands
        ],
        "cells": [cell_of(cell) for cell in grid.cells if cell.row not in headed and not flat(cell)],
        "flat": [cell_of(cell) for cell in grid.cells if flat(cell)],
    }


def _bands(grid: Grid) -> list[tuple[int, int]]:
    """Runs of lines that hold nothing but heads, as (first, after the last)."""
    others = {row for cell in grid.cells if cell.role != "head" for row in range(cell.row, cell.row + cell.rows)}
    heads = [row for row in range(1, grid.height + 1) if row not in others]
    starts = [row for row in heads if row - 1 not in heads]
    ends = [row + 1 for row in heads if row + 1 not in heads]
    return list(zip(starts, ends, strict=True))


def _kind(cell: Cell, stubs: int) -> Kind:
    """Labels stand left where several columns of them head a row, as the official form prints them."""
    if cell.role == "figure":
        return "figure"
    if cell.role == "head":
        return "left" if cell.rows > 1 and cell.columns > 1 else "centred"
    if cell.columns == 1 and cell.rows > 1:
        return "upright"
    return "left" if stubs > 1 else "centred"
