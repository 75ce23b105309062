"""A statutory table as official.typ wants it: its bands of heads, its other cells, and how each is to be set."""

from __future__ import annotations

import re
from typing import Any, Literal

from xlreport.document.outline import Cell, Grid

Kind = Literal["centred", "left", "upright", "figure"]
"""upright: a label beside several rows, in a narrow column."""


def tabular(grid: Grid) -> dict[str, Any]:
    """The JSON of a table; `x`, `y` count from 0, `share` is a cell's part of the table's width."""
    stubs = max((cell.column + cell.columns - 1 for cell in grid.cells if cell.role == "stub"), default=0)
    labelled = {cell.row for cell in grid.cells if cell.role != "figure" and cell.rows == 1}
    bands = _bands(grid)
    headed = {row for first, after in bands for row in range(first, after)}

    def cell_of(cell: Cell) -> dict[str, Any]:
        share = sum(grid.widths[cell.column - 1 : cell.column - 1 + cell.columns]) / sum(grid.widths)
        return {
            "x": cell.column - 1,
            "y": cell.row - 1,
            "rows": cell.rows,
            "columns": cell.columns,
            "kind": _kind(cell, stubs),
            "share": share,
            "pieces": _pieces(cell.text.replace("\t", " ")),
            "flat": cell.role == "figure" and cell.row in labelled,  # never higher than the label of its row
        }

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
        "cells": [cell_of(cell) for cell in grid.cells if cell.row not in headed],
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


def _pieces(text: str) -> list[str]:
    """（三）不予公开 as its number and the rest; other words in one piece."""
    return [piece for piece in re.split("(?<=^（[一二三四五六七八九十]）)", text, maxsplit=1) if piece] or [""]
