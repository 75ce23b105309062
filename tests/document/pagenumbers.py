"""Where the number of a page is on the printed sheet, of which a turned one is turned back: measured in its picture."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

DOT = 25.4 / 600
"""Millimetres."""
BOTTOM, LEFT, RIGHT = 297 - 35, 28, 210 - 26


def page_numbers(pdf: bytes, folder: Path) -> Iterator[tuple[float, tuple[float, float]]]:
    """Of each page, in millimetres: how far the dashes are below the text, and from its left and its right edge."""
    command = ["pdftoppm", "-r", "600", "-gray", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True, capture_output=True)
    for path in sorted(folder.glob("page-*.pgm")):
        with Image.open(path) as picture:
            sheet = picture.rotate(90, expand=True) if picture.width > picture.height else picture
            foot = sheet.crop((0, round((BOTTOM + 2) / DOT), sheet.width, sheet.height)).point(
                lambda v: 255 * (v < 128)
            )
        left, _, right, _ = foot.getbbox() or (0, 0, 0, 0)
        dash = foot.crop((left + 10, 0, left + 30, foot.height)).getbbox() or (0, 0, 0, 0)
        yield 2 + (dash[1] + dash[3]) / 2 * DOT, (left * DOT - LEFT, RIGHT - right * DOT)
