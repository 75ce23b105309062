"""A screen of its own, with a mouse and a keyboard: what a person has."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

HANGING = 60.0
"""Seconds after which what we wait for will not come; how fast we are is for the benchmarks."""

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import")
WIDTH, HEIGHT = 1500, 1000
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
T = TypeVar("T")


class Point(NamedTuple):
    """Pixels from the upper left corner of the screen."""

    x: float
    y: float


def missing() -> list[str]:
    """The programs that this machine lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def until(ask: Callable[[], T], what: str, within: float = HANGING) -> T:
    """The first answer that is true."""
    deadline = time.monotonic() + within
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {within:.0f} s for {what}"
        time.sleep(0.05)


class Screen:
    """An X server with a window manager."""

    def __init__(self) -> None:
        read, write = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        server = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        self._processes = [subprocess.Popen(server, pass_fds=[write], **QUIET)]
        os.close(write)
        with os.fdopen(read) as given:
            display = given.readline().strip()
        assert display, "Xvfb did not start"
        self.environment = {**os.environ, "DISPLAY": f":{display}"}
        self._processes.append(subprocess.Popen(["openbox"], env=self.environment, **QUIET))

    def click(self, at: Point, *, times: int = 1, held: str = "") -> None:
        """Click with the left button, with a key held."""
        press, release = (["keydown", held], ["keyup", held]) if held else ([], [])
        move = ["mousemove", str(round(at.x)), str(round(at.y))]
        self._do("xdotool", *move, *press, "click", "--repeat", str(times), "--delay", "120", "1", *release)

    def keys(self, *names: str) -> None:
        """Press keys, one after the other."""
        self._do("xdotool", "key", "--delay", "60", *names)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("xdotool", "type", "--delay", "40", text)

    def picture(self, path: Path) -> Path:
        """What is seen now."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._do("import", "-window", "root", str(path))
        return path

    def close(self) -> None:
        """Switch off."""
        for process in reversed(self._processes):
            process.terminate()
            process.wait(HANGING)

    def _do(self, *command: str) -> None:
        subprocess.run(command, check=True, env=self.environment, timeout=HANGING, capture_output=True)
