"""A line to the workers: batches go out under a key, what became of each comes back."""

from __future__ import annotations

import queue
import time
import uuid
import warnings
from concurrent.futures import CancelledError
from typing import Any

from xlreport.collect.cluster.client import Patience, refuse
from xlreport.collect.cluster.wire import Landed, unpack
from xlreport.errors import UsageError


class Line:
    """A line over a Dask client. Raises UsageError when it breaks, or when nobody has been there for long."""

    def __init__(self, client: Any, address: str, patience: Patience) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._name = f"xlreport-{uuid.uuid4().hex}"
        self._futures: dict[str, Any] = {}
        self._landed: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._sent = 0
        self._latest: Any = None
        self._living: frozenset[str] = frozenset()
        self._shunned: set[str] = set()
        self._bound: dict[str, frozenset[str]] = {}
        self._threads, self._asked, self._manned = 1, 0.0, time.monotonic()

    def send(self, order: bytes, parcels: bytes) -> str:
        """Send a batch; its key."""
        from xlreport.collect.cluster.worker import judged

        self._sent += 1
        key = f"{self._name}-{self._sent}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a large file
            future = self._client.submit(judged, order, parcels, key=key, pure=False, workers=self._others(key))
        self._futures[key] = future
        future.add_done_callback(self._landed.put)
        return key

    def next(self) -> tuple[str, Landed | None]:
        """Wait for a batch that has landed: its key, and None where its worker fell."""
        while True:
            try:
                key = self._landed.get(timeout=1).key
            except queue.Empty:
                self.threads()
                if key := self._stranded():
                    del self._futures[key], self._bound[key]
                    return key, None
            else:
                if (future := self._futures.pop(key, None)) is not None:  # else given up, and late
                    self._bound.pop(key, None)
                    self._latest = future
                    return key, self._result(future)

    def shun(self) -> None:
        """Send no more to who sent what landed last, while there are others: its disk may be full."""
        try:
            found = self._client.who_has([self._latest])
        except (OSError, RuntimeError):
            raise self._broken() from None
        self._shunned.update(address for addresses in found.values() for address in addresses)

    def _others(self, key: str) -> list[str] | None:
        """Who may have a batch where somebody is shunned; a mere preference would not keep Dask from moving it."""
        others = self._living - self._shunned
        if not self._shunned or not others:
            return None
        self._bound[key] = others
        return sorted(others)

    def _stranded(self) -> str:
        """A batch for workers that are all gone."""
        return next((key for key, workers in self._bound.items() if not workers & self._living), "")

    def threads(self) -> int:
        """How many threads the workers have, at least one."""
        now = time.monotonic()
        if now - self._asked < 1:
            return self._threads
        try:
            found = self._client.nthreads()
        except (OSError, RuntimeError):
            raise self._broken() from None
        threads = sum(number for worker, number in found.items() if worker not in self._shunned) or sum(found.values())
        self._living = frozenset(found)
        self._asked, self._threads = now, max(1, threads)
        if threads:
            self._manned = now
        elif now - self._manned > self._patience.workers:
            raise UsageError("cluster.no_workers", address=self._address, seconds=int(self._patience.workers))
        return self._threads

    def _result(self, future: Any) -> Landed | None:
        from distributed import KilledWorker

        try:
            found = Landed(*unpack(future.result(timeout=self._patience.workers)))
        except KilledWorker:
            return None
        except (OSError, CancelledError):
            raise self._broken() from None
        except Exception as error:  # noqa: BLE001  a mistake of ours, or of Dask: the same as one on the worker
            return Landed(failed=repr(error))
        if found.other:
            refuse({unpack(found.other)[2]: found.other})
        return found

    def _broken(self) -> UsageError:
        return UsageError("cluster.lost", address=self._address)
