"""What a Dask worker runs: it hands parcels to a process below it, one for each of its threads."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO, cast

from xlreport import __version__
from xlreport.collect.cluster.wire import Landed, Order, pack, receive, send, unpack
from xlreport.rules.ruleset import ruleset

PATIENCE = 10
"""Seconds that a process has for its own end."""

_own = threading.local()


def identity() -> bytes:
    """Version of the program, of its rules, and the name of the machine, packed."""
    return pack((__version__, ruleset(), socket.gethostname()))


def judged(order: bytes, parcels: bytes) -> bytes:
    """A `Landed`. Nothing is raised: exceptions travel as pickles, and a client can be lost over one."""
    try:
        asked = Order(*unpack(order))
        if (asked.version, asked.ruleset) != (__version__, ruleset()):
            return pack(Landed(other=identity()))
        return pack(Landed(answers=_below(order).ask(parcels) or _below(order).ask(parcels)))
    except Exception as error:  # noqa: BLE001  see above
        return pack(Landed(failed=f"{socket.gethostname()}: {error!r}"))


class _Host:
    """A process below us that works to one order."""

    def __init__(self, order: bytes) -> None:
        self.order = order
        self._process = subprocess.Popen(
            [sys.executable, "-m", "xlreport.collect.cluster.host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._to, self._from = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        send(self._to, order)

    def ask(self, parcels: bytes) -> bytes | None:
        """The answers; None where it has ended, from long idleness or of what was in the batch."""
        try:
            send(self._to, parcels)
            answers = receive(self._from)
        except BrokenPipeError:
            answers = None
        if answers is None:
            self.end()
        return answers

    def end(self) -> None:
        """End it and what is below it; it clears up after itself."""
        self.order = b""
        with suppress(OSError):
            self._to.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._from.close()


def _below(order: bytes) -> _Host:
    """The process of this thread; one that works to another order is ended."""
    host: _Host | None = getattr(_own, "host", None)
    if host is not None and host.order and host.order != order:
        host.end()
    if host is None or host.order != order:
        host = _own.host = _Host(order)
    return host
