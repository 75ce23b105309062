"""Processor time of a command and of all that it started: it does not depend on who else is at work."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux."""


def adopt() -> None:
    """Take in the processes that a command leaves behind, so that their time is told; nothing where that cannot be."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


@contextmanager
def counted() -> Iterator[SimpleNamespace]:
    """Has `seconds` at the end: of the processes that were started within, and of orphans that we took in."""
    found = SimpleNamespace(seconds=0.0)
    others, before = _children(), _seconds()
    yield found
    for child in _children() - others:
        os.waitpid(child, 0)
    found.seconds = _seconds() - before


def _seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _children() -> set[int]:
    """The processes right below this one; none where the system does not say."""
    try:
        return {int(child) for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()}
    except OSError:
        return set()
