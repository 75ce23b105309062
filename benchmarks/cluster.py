"""What a workbook costs on a cluster, process by process: who orders, the scheduler, a worker with all below it.

`python -m benchmarks.cluster [COUNT]`: the workbooks of `benchmarks.corpus` through a scheduler and two workers on
this machine, over TLS. Processor time, less what they take when idle: it does not depend on who else is at work here.
It says nothing of a network.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from benchmarks.corpus import Corpus
from tests.collect.cluster import machines
from tests.collect.made import TWO, tree
from xlreport.collect.cluster.run import Cluster
from xlreport.collect.run import collect

IDLE = 20
"""Seconds that are waited for them, and over which their idling is measured."""


def spent(processes: Iterable[psutil.Process]) -> float:
    """Seconds of processor time of these and of all below them, dead ones too."""
    times = [one.cpu_times() for one in processes]
    return float(sum(one.user + one.system + one.children_user + one.children_system for one in times))


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process and all that live below it."""
    return [process, *process.children(recursive=True)]


def idling(processes: list[psutil.Process]) -> float:
    """Seconds a second that they take when there is nothing to do; once they are all there."""
    time.sleep(IDLE)
    before, begun = spent(processes), time.monotonic()
    time.sleep(IDLE)
    return (spent(processes) - before) / (time.monotonic() - begun)


def held(processes: Iterable[psutil.Process]) -> int:
    """Megabytes that are theirs alone."""
    return int(sum(one.memory_full_info().uss for one in processes)) >> 20


def measure(count: int, store: Path) -> dict[str, object]:
    """Milliseconds a workbook, and megabytes a worker."""
    Corpus(count).write(store / "in")
    given = machines.certificates(store / "ca")
    (store / "scheduler").mkdir()
    with machines.scheduler(store / "scheduler", given) as address, machines.Crew(address, given) as crew:
        workers = [psutil.Process(one.pid) for one in crew.living(2)]
        scheduler = next(one for one in psutil.Process().children() if one not in workers)
        idle = idling([scheduler]), idling(workers)
        before = [spent([scheduler]), spent(workers), time.process_time(), time.monotonic()]
        collect(store / "in", store / "far", TWO._replace(mapper=Cluster(address, given)))
        below = [family(worker) for worker in workers]
        after = [spent([scheduler]), sum(map(spent, below)), time.process_time(), time.monotonic()]
        theirs, judging, ours, seconds = (then - first for first, then in zip(before, after, strict=True))
        found = {
            "files": count,
            "ms_who_orders": round(1000 * ours / count, 2),
            "ms_scheduler": round(1000 * (theirs - idle[0] * seconds) / count, 2),
            "ms_workers": round(1000 * (judging - idle[1] * seconds) / count, 2),
            "idle": [round(share, 3) for share in idle],
            "seconds": round(seconds),
            "mb_a_worker": max(map(held, below)),
            "mb_scheduler": held([scheduler]),
        }
    begun = time.process_time()
    collect(store / "in", store / "here", TWO)
    return {
        **found,
        "ms_who_orders_here": round(1000 * (time.process_time() - begun) / count, 2),
        "same_bytes": tree(store / "far") == tree(store / "here"),
    }


def main() -> int:
    """Print what was measured; 1 if the bytes differ."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1000)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(parser.parse_args().count, Path(folder))
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0 if found["same_bytes"] else 1


if __name__ == "__main__":
    sys.exit(main())
