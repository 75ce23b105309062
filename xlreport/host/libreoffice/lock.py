"""Whether a LibreOffice holds a profile: the lock tells who took it, the machine's processes whether it still runs.

A LibreOffice that was killed leaves its lock behind. The next one takes it over, but only one of the same user on the
same machine (`Lockfile::isStale` of its desktop module).
"""

from __future__ import annotations

import configparser
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

PATIENCE = 20.0
_PROFILE = "-env:UserInstallation="


class Lock(NamedTuple):
    """A lock that holds: its file, and the user and the machine that took it, "" where it does not say."""

    path: Path
    user: str
    host: str

    @property
    def elsewhere(self) -> bool:
        """Was it taken on another machine?"""
        return bool(self.host) and self.host.casefold() != socket.gethostname().casefold()


def holder(profile: Path, *, default: bool) -> Lock | None:
    """The lock on a profile, None where there is none or where its LibreOffice is gone.

    default: the profile is that of a LibreOffice which is started without another one named.
    """
    path = profile / ".lock"
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError:
        text = ""
    told = configparser.RawConfigParser()
    try:
        told.read_string(text)
    except configparser.Error:  # it is being written
        told = configparser.RawConfigParser()
    lock = Lock(path, told.get("Lockdata", "User", fallback=""), told.get("Lockdata", "Host", fallback=""))
    server = told.get("Lockdata", "IPCServer", fallback="") == "true"
    if lock.elsewhere or not lock.host or not server:
        return lock
    here = _offices()
    return lock if here is None or any(_holds(office, profile, default=default) for office in here) else None


def _holds(office: Sequence[str], profile: Path, *, default: bool) -> bool:
    """Whether an office that was started by this command line works on the profile."""
    named = [word.removeprefix(_PROFILE) for word in office if word.startswith(_PROFILE)]
    if not named:
        return default
    return os.path.realpath(unquote(urlsplit(named[0]).path)) == os.path.realpath(profile)


def _offices() -> list[list[str]] | None:
    """The command lines of every LibreOffice that runs here; None where they cannot be known."""
    if sys.platform == "win32":
        return None
    try:
        commands = list(_proc()) if sys.platform == "linux" else _ps()
    except (OSError, subprocess.SubprocessError):
        return None
    return [words for words in commands if Path(words[0]).name in ("soffice", "soffice.bin", "oosplash")]


def _proc() -> Iterator[list[str]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                words = (folder / "cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
            except OSError:  # it has just ended
                continue
            if words[0]:
                yield words


def _ps() -> list[list[str]]:
    done = subprocess.run(
        ["/bin/ps", "-axo", "command="], capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=True
    )
    return [line.split() for line in done.stdout.splitlines() if line.strip()]
