"""A screen of its own, with a mouse and a keyboard: what a person has."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from PIL import Image

HANGING = 60.0
"""Seconds after which what we wait for will not come; how fast we are is for the benchmarks."""

DRAWN_WITHIN = 5.0
"""Seconds after which a picture is taken though something still moves on it."""

PROGRAMS = ("Xvfb", "openbox", "xdotool")
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
        self._memory = tempfile.TemporaryDirectory()
        read, write = os.pipe()
        server = ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-fbdir", self._memory.name]
        server += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
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
        """What is seen now. Xvfb keeps it in a file: a head of 32-bit numbers, colours, pixels (XWD, version 7)."""
        shown = self._drawn()
        head = struct.unpack(">25I", shown[:100])
        start, width, height, stride, colours = head[0], head[4], head[5], head[12], head[19]
        pixels = shown[start + 12 * colours :]
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.frombytes("RGB", (width, height), pixels[: stride * height], "raw", "BGRX", stride).save(path)
        return path

    def settle(self) -> None:
        """Wait until nothing moves: a window that has just come may be elsewhere a moment later."""
        self._drawn()

    def _drawn(self) -> bytes:
        """The screen when nothing on it changes any more, or after a while."""
        file = Path(self._memory.name, "Xvfb_screen0")
        before, now = b"", file.read_bytes()
        deadline = time.monotonic() + DRAWN_WITHIN
        while now != before and time.monotonic() < deadline:
            time.sleep(0.2)
            before, now = now, file.read_bytes()
        return now

    def close(self) -> None:
        """Switch off."""
        for process in reversed(self._processes):
            process.terminate()
            process.wait(HANGING)
        self._memory.cleanup()

    def _do(self, *command: str) -> None:
        subprocess.run(command, check=True, env=self.environment, timeout=HANGING, capture_output=True)
