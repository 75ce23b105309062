"""A screen of its own with LibreOffice on it: what a person does with mouse and keys, and what can be asked of it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import xlreport.host.libreoffice
from xlreport.host.libreoffice.office import Office, OfficeError, Remote
from xlreport.host.libreoffice.programs import pythons, soffice

HANGING = 60.0
"""Seconds after which what we wait for will not come; how fast we are is for the benchmarks."""

SIZE = (1500, 1000)
BRIDGE = Path(xlreport.host.libreoffice.__file__).parent
T = TypeVar("T")
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

FIRST_START = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="LastTimeGetInvolvedShown" oor:op="fuse"><value>4000000000</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="LastTimeDonateShown" oor:op="fuse"><value>4000000000</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item>
</oor:items>
"""
"""A LibreOffice that greets nobody."""


def until(ask: Callable[[], T], what: str, within: float = HANGING) -> T:
    """The first answer that is true."""
    deadline = time.monotonic() + within
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {within:.0f} s: {what}"
        time.sleep(0.05)


class Screen:
    """An X server with a window manager, and a mouse and a keyboard on it."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self.processes = [
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
                pass_fds=[write],
                **QUIET,
            )
        ]
        os.close(write)
        with os.fdopen(read) as given:
            self.display = f":{given.readline().strip()}"
        assert self.display != ":", "Xvfb did not start"
        self.environment = {**os.environ, "DISPLAY": self.display}
        self.processes.append(subprocess.Popen(["openbox"], env=self.environment, **QUIET))

    def do(self, *words: object) -> str:
        """One command of xdotool."""
        command = ["xdotool", *map(str, words)]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=self.environment, timeout=HANGING
        ).stdout

    def click(self, x: float, y: float, *, times: int = 1) -> None:
        """Click with the left button."""
        self.do("mousemove", round(x), round(y), "click", "--repeat", times, "--delay", 50, 1)

    def keys(self, *names: str) -> None:
        """Press keys."""
        self.do("key", "--delay", 50, *names)

    def type(self, text: str) -> None:
        """Type."""
        self.do("type", "--delay", 30, text)

    def titles(self) -> list[str]:
        """The titles of the windows that can be seen."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "", "getwindowname", "%@"],
            check=False, capture_output=True, text=True, env=self.environment, timeout=HANGING,
        )
        return [title for title in found.stdout.splitlines() if title]

    def picture(self, path: Path) -> Path:
        """What is seen now."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], check=True, env=self.environment, timeout=HANGING)
        return path

    def close(self) -> None:
        """Switch off."""
        for process in reversed(self.processes):
            process.terminate()
            process.wait(HANGING)
