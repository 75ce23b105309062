"""A file made ready to travel."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

from xlreport.collect import work
from xlreport.collect.cluster.wire import Parcel
from xlreport.rules.explain import SUFFIX


def parcel(task: work.Task, last: str | None, *, shipped: bool) -> Parcel | None:
    """The file as it is now, its content with it if `shipped`; None where it changes all the time.

    Raises OSError where it cannot be read.
    """
    path = Path(task.path)
    for attempt in range(work.TRIES):
        before = work.stamp(path)
        content = path.read_bytes()
        beside = _beside(path)
        if work.stamp(path) == before:
            kept = content if shipped else None
            digest = sha256(content).digest()
            return Parcel(task.name, os.fsencode(path.absolute()), len(content), digest, kept, beside, last)
        time.sleep(0.1 * (attempt + 1))
    return None


def _beside(path: Path) -> bytes | None:
    """What belongs to it and is read with it."""
    try:
        return path.with_name(path.stem + SUFFIX).read_bytes()
    except OSError:
        return None
