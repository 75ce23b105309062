"""Two ways to the same end, and how each is timed."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Two ways to the same end, in milliseconds, and the ratio that we promise: peer / ours, or ours / peer."""

    what: str
    ours: float
    peer: float
    peer_name: str
    promise: str
    kept: bool


def median(run: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds, median of `times` runs after one that is not counted."""
    run()
    spent = []
    for _ in range(times):
        start = clock()
        run()
        spent.append(1000 * (clock() - start))
    return statistics.median(spent)


def process(*command: str) -> Callable[[], object]:
    """A whole process, its modules compiled as they are where xlreport is installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)


def faster(what: str, ours: float, peer: float, name: str, times: int) -> Pair:
    """Ours promised to be so many times faster."""
    return Pair(what, ours, peer, name, f"at least {times} times faster", peer >= times * ours)
