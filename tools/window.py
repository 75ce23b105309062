"""The picture of the buttons for the README: `python -m tools.window` (needs LibreOffice, Xvfb, openbox, xdotool).

A real click on 校验 in a real window, in the workbook that the end-to-end test mends: left what 校验 lists, with the
message before it; right a cell that it has marked.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageOps

from tests.e2e.calc import Calc, quieten
from tests.e2e.desktop import Screen
from tests.e2e.test_click import click, mistyped
from xlreport.host.libreoffice.install import install
from xlreport.host.libreoffice.package import own_settings

TARGET = Path(__file__).parents[1] / "docs" / "images" / "libreoffice.png"
WIDTH, GAP = 1100, 16
COLOURS = 256  # those that are rare, the red of one cell, must be among them


def taken(folder: Path) -> list[Image.Image]:
    """The two pictures."""
    profile, log = folder / "profile", folder / "addin.log"
    install(profile, replace(own_settings(), log=str(log)))
    quieten(profile)
    workbook = mistyped(folder / "2024 年报.xlsx")
    with closing(Screen()) as screen, closing(Calc(screen, profile, log, str(workbook))) as calc:
        click(calc, "xlr_validate")
        calc.answered(lambda: screen.picture(folder / "1.png"))
        calc.show("表三", "F9")
        calc.controller.setFirstVisibleRow(5)
        screen.picture(folder / "2.png")
    return [Image.open(folder / name).convert("RGB") for name in ("1.png", "2.png")]


def main() -> int:
    """Make the picture."""
    with tempfile.TemporaryDirectory() as name:
        framed = [
            ImageOps.expand(ImageOps.contain(picture, (WIDTH, 10_000)), 1, "#808080") for picture in taken(Path(name))
        ]
    sheet = Image.new("RGB", (sum(p.width + GAP for p in framed) - GAP, framed[0].height), "white")
    for number, picture in enumerate(framed):
        sheet.paste(picture, (number * (WIDTH + 2 + GAP), 0))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(TARGET, optimize=True)
    sys.stdout.write(f"{TARGET}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
