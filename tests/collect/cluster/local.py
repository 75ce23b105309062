"""A `LocalCluster` of a process with a nanny, as a trial on one machine has it; ends with its standard input."""

from __future__ import annotations

import sys

from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=True, dashboard_address=":0") as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201  to who started it
        sys.stdin.read()
