"""From the mouse button on 校验 to the message on the screen, in a real window of LibreOffice."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.e2e.calc import Calc, quieten
from tests.e2e.desktop import HANGING, Point, Screen, missing, until
from xlreport.host.libreoffice.install import install
from xlreport.host.libreoffice.package import own_settings

SOON = 5.0
"""Seconds after which a message that was pressed away has gone, if it had the focus."""


def able() -> bool:
    """Is there a screen to be had, and a mouse?"""
    return not missing()


@contextmanager
def window(workbook: Path, folder: Path, idle: float = 600.0) -> Iterator[Callable[[], float]]:
    """A function that clicks 校验 in the workbook and returns the milliseconds until the message stands there.

    idle: seconds after which the worker ends; 0 for a new process at every click.
    """
    folder.mkdir()
    profile, log = folder / "profile", folder / "addin.log"
    install(profile, replace(own_settings(), log=str(log), idle=idle))
    quieten(profile)
    copy = str(shutil.copy(workbook, folder / workbook.name))  # a lock of the other window would be in the way
    with closing(Screen()) as screen, closing(Calc(screen, profile, log, copy)) as calc:
        calc.show("校验", "A5")
        at = calc.button("xlr_validate")
        yield lambda: _click(calc, at)


def _click(calc: Calc, at: Point) -> float:
    start = time.perf_counter()
    calc.screen.click(at)
    while not calc.box():
        time.sleep(0.002)
        assert time.perf_counter() - start < HANGING, f"waited {HANGING:.0f} s for a message"
    spent = 1000 * (time.perf_counter() - start)
    until(lambda: _dismissed(calc), "the message to go")
    return spent


def _dismissed(calc: Calc) -> bool:
    """Press Return. We see the message sooner than it has the focus: a key that came too soon is pressed again."""
    calc.screen.keys("Return")
    with suppress(AssertionError):
        return until(lambda: not calc.box(), "the message to go", within=SOON)
    return False
