"""Colours between xlwings (RGB tuples, `#rrggbb`, Excel's BGR numbers, None) and LibreOffice (RGB numbers, -1)."""

from __future__ import annotations

from typing import Any

Rgb = tuple[int, int, int]


def from_office(color: int | None) -> Rgb | None:
    """Red, green, blue; None for no colour, and where cells differ."""
    if color is None or color < 0:
        return None
    return (color >> 16) & 255, (color >> 8) & 255, color & 255


def to_office(color: Any) -> int:
    """LibreOffice's number for what xlwings allows; -1 for None."""
    if color is None:
        return -1
    if isinstance(color, str):
        digits = color.removeprefix("#")
        return int(digits, 16)
    if isinstance(color, int):  # as Excel has it, blue first
        color = color & 255, (color >> 8) & 255, (color >> 16) & 255
    red, green, blue = color
    return int(red) << 16 | int(green) << 8 | int(blue)
