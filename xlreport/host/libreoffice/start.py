"""A private LibreOffice, with a profile of its own, that ends when we do."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from xlreport.host.libreoffice.office import Office, OfficeError
from xlreport.host.libreoffice.programs import pythons, soffice

BRIDGE = Path(__file__).with_name("bridge.py")
STARTS_WITHIN = 120.0
ENDS_WITHIN = 15.0
"""Seconds within which the bridge ends a private office; after that we do."""


class PrivateOffice:
    """A soffice of ours and the bridge to it: `pid` is the process of soffice, `office` what speaks to it.

    Raises:
        OfficeError: LibreOffice, or a Python that can speak to it, is missing or does not start.
    """

    office: Office
    bridge: subprocess.Popen[bytes]
    pid = 0

    def __init__(self, program: str | None = None, *, headless: bool = True) -> None:
        path = soffice(program)
        self.headless = headless
        self.profile = Path(tempfile.mkdtemp(prefix="xlreport-office-"))
        try:
            started = any(self._start(python, path) for python in pythons(path))
        except BaseException:
            self.kill()
            raise
        if not started:
            self._sweep()
            raise OfficeError("libreoffice.no_bridge", program=str(path))

    def _start(self, python: Path, program: Path) -> bool:
        """Start the bridge in this interpreter; False if it has no `uno`."""
        self.bridge = subprocess.Popen(  # noqa: S603 - our own bridge
            [str(python), str(BRIDGE), str(program), str(self.profile), *(["--headless"] if self.headless else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; the bridge still has to end the office
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        )
        assert self.bridge.stdin is not None
        assert self.bridge.stdout is not None
        self.office = Office(self.bridge.stdout, self.bridge.stdin)
        said, *rest = self._hello()
        if said == "failed":
            raise OfficeError("libreoffice.no_start", reason=rest[0])
        if said == "ready":
            self.pid = rest[0]
            self.office.gone = self.end
            return True
        self._end_bridge()
        return False

    def _hello(self) -> list[Any]:
        """What the bridge says first."""
        try:
            return self.office.hear(STARTS_WITHIN)
        except OfficeError:
            return ["nothing"]

    def end(self) -> None:
        """End the office and the bridge, and remove the profile. May be called again."""
        self.office.dead = True
        self._end_bridge()
        self.kill()  # what the bridge, if it was itself killed, has left

    def _end_bridge(self) -> None:
        assert self.bridge.stdin is not None
        with contextlib.suppress(OSError):
            self.bridge.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.bridge.wait(ENDS_WITHIN)

    def kill(self) -> None:
        """End all at once, saving nothing."""
        if hasattr(self, "office"):
            self.office.dead = True
            for pid in filter(None, (self.pid, self.bridge.pid)):
                end_tree(pid)
            self.pid = 0
            self._end_bridge()
        self._sweep()

    def _sweep(self) -> None:
        """Remove the profile, into which a dying office may still write."""
        deadline = time.monotonic() + ENDS_WITHIN
        while self.profile.exists() and time.monotonic() < deadline:
            shutil.rmtree(self.profile, ignore_errors=True)
            time.sleep(0.02)


def end_tree(pid: int) -> None:
    """End the process and all that it started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
