"""Preloaded by a Dask worker of the tests: a batch with poison in it kills the worker, not a process below it."""

from __future__ import annotations

import os
import signal

from xlreport.collect.cluster import worker

healthy = worker.judged.__globals__.setdefault("healthy", worker._Host.ask)  # Dask runs a preloaded file twice


def ask(host: worker._Host, parcels: bytes) -> bytes | None:
    if "毒".encode() in parcels:
        os.kill(os.getpid(), signal.SIGKILL)
    answers: bytes | None = healthy(host, parcels)
    return answers


worker._Host.ask = ask  # type: ignore[assignment,method-assign]
