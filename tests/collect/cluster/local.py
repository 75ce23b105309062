"""A `LocalCluster` of processes with nannies, as a trial on one machine has it; ends with its standard input."""

from __future__ import annotations

import sys

from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201  to who started it
        sys.stdin.read()
