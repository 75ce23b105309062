"""Tasks to outcomes on a cluster: batches go out, answers come in, what was on a worker that fell is tried alone."""

from __future__ import annotations

import queue
import time
import uuid
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from xlreport.collect import back, pool, work
from xlreport.collect.cluster.client import Certificates, Patience, connected, refuse
from xlreport.collect.cluster.order import order_of
from xlreport.collect.cluster.parcel import parcel
from xlreport.collect.cluster.wire import Answer, Landed, Parcel, pack, unpack
from xlreport.collect.settings import Outcomes, Settings
from xlreport.errors import OutputError, UsageError, reason

BATCH = 16
"""Files that travel together at most."""

HEAVY = 4 << 20
"""Bytes of a batch to which no more is added; a larger file travels alone."""

AHEAD = 2
"""Batches for each thread, so that it does not wait for us."""

FLYING = 64 << 20
"""Bytes on their way at which no more are sent."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A `settings.Mapper`: the workers of a Dask scheduler."""

    address: str
    certificates: Certificates = field(default_factory=Certificates)
    patience: Patience = field(default_factory=Patience)

    def __call__(self, deed: Any, tasks: Iterable[work.Task], settings: Settings) -> Outcomes:
        """As `settings.Mapper`; `deed` is a Judge or a Reader. Raises UsageError for a cluster that cannot be used."""
        with connected(self.address, self.certificates, self.patience) as client:
            yield from _Run(client, self, deed, settings).outcomes(tasks)


class _Errand(NamedTuple):
    """A task to be sent, and what has become known of it on the way. last: see `wire.Parcel`."""

    task: work.Task
    last: str | None = None
    shipped: bool = False
    suspect: bool = False


class _Flight(NamedTuple):
    """A batch on its way."""

    future: Any
    errands: list[_Errand]
    weight: int


class _Run:
    """One deed with many tasks."""

    def __init__(self, client: Any, cluster: Cluster, deed: work.Judge | work.Reader, settings: Settings) -> None:
        self._client, self._cluster, self._deed, self._settings = client, cluster, deed, settings
        self._order = pack(order_of(deed, settings))
        self._name = f"xlreport-{uuid.uuid4().hex}"
        self._again: deque[_Errand] = deque()
        self._suspects: deque[_Errand] = deque()
        self._flying: dict[str, _Flight] = {}
        self._landed: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._ours: list[work.Task] = []
        self._shipped = False
        self._sent = 0
        self._threads, self._asked, self._manned = 1, 0.0, time.monotonic()

    def outcomes(self, tasks: Iterable[work.Task]) -> Outcomes:
        """Each task with its outcome, as they come."""
        left = iter(tasks)
        while True:
            self._send(left)
            yield from pool.run(self._deed, self._ours, 1, self._settings.limits)
            self._ours = []
            if not self._flying:
                return
            flight = self._next()
            yield from self._settled(flight, self._answers(flight))

    def _send(self, left: Iterator[work.Task]) -> None:
        """Keep every thread supplied, with no more bytes on their way than may be."""
        if self._suspects and not any(flight.errands[0].suspect for flight in self._flying.values()):
            self._fly([self._suspects.popleft()])
        while len(self._flying) < AHEAD * self._crowd() and sum(one.weight for one in self._flying.values()) < FLYING:
            size = min(BATCH, 1 + self._sent // (4 * self._threads))
            if not self._fly(islice(iter(lambda: self._errand(left), None), size)):
                return

    def _errand(self, left: Iterator[work.Task]) -> _Errand | None:
        if self._again:
            return self._again.popleft()
        task = next(left, None)
        return None if task is None else _Errand(task)

    def _fly(self, errands: Iterable[_Errand]) -> bool:
        """Send a batch; False where there was nothing to send."""
        from xlreport.collect.cluster.worker import judged

        aboard: list[_Errand] = []
        parcels: list[Parcel] = []
        weight, taken = 0, False
        for errand in errands:
            taken = True
            made = self._parcel(errand)
            if made is None:
                self._ours.append(errand.task)
                continue
            aboard.append(errand)
            parcels.append(made)
            weight += len(made.content or b"") + len(made.beside or b"")
            if weight >= HEAVY:
                break
        if not aboard:
            return taken
        self._sent += len(aboard)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a large file
            key = f"{self._name}-{self._sent}"
            future = self._client.submit(judged, self._order, pack(parcels), key=key, pure=False)
        self._flying[key] = _Flight(future, aboard, weight)
        future.add_done_callback(self._landed.put)
        return True

    def _parcel(self, errand: _Errand) -> Parcel | None:
        """None for what we cannot read or what does not keep still: that is seen to here, as ever."""
        try:
            return parcel(errand.task, errand.last, shipped=self._shipped or errand.shipped)
        except OSError:
            return None

    def _next(self) -> _Flight:
        """Wait for a batch that has landed. Raises UsageError when there is nobody left to wait for."""
        while True:
            try:
                return self._flying.pop(self._landed.get(timeout=1).key)
            except queue.Empty:
                self._crowd()

    def _crowd(self) -> int:
        """How many threads there are, at least one. Raises UsageError when there have been none for long."""
        now = time.monotonic()
        if now - self._asked < 1:
            return self._threads
        try:
            threads = sum(self._client.nthreads().values())
        except (OSError, RuntimeError):
            raise self._lost() from None
        self._asked, self._threads = now, max(1, threads)
        if threads:
            self._manned = now
        elif now - self._manned > self._cluster.patience.workers:
            seconds = int(self._cluster.patience.workers)
            raise UsageError("cluster.no_workers", address=self._cluster.address, seconds=seconds)
        return self._threads

    def _answers(self, flight: _Flight) -> list[Answer] | None:
        """What came back; None where the worker fell."""
        from distributed import KilledWorker

        try:
            found = Landed(*unpack(flight.future.result(timeout=self._cluster.patience.workers)))
        except KilledWorker:
            return None
        except (OSError, CancelledError):
            raise self._lost() from None
        except Exception as error:
            raise UsageError("cluster.failed", reason=repr(error)) from error
        if found.failed:
            raise UsageError("cluster.failed", reason=found.failed)
        if found.other:
            refuse({unpack(found.other)[2]: found.other})
        return [Answer(*one) for one in unpack(found.answers)] if found.answers else None

    def _lost(self) -> UsageError:
        return UsageError("cluster.lost", address=self._cluster.address)

    def _settled(self, flight: _Flight, answers: list[Answer] | None) -> Outcomes:
        """What is settled by the answers; the rest goes out again."""
        if answers is None:
            if flight.errands[0].suspect:
                yield flight.errands[0].task, pool.Lost("worker")
            else:
                self._suspects += [errand._replace(suspect=True) for errand in flight.errands]
            return
        for errand, answer in zip(flight.errands, answers, strict=True):
            if answer.failed:
                raise UsageError("cluster.failed", reason=answer.failed)
            if answer.unseen:
                self._shipped = True
                self._retry(errand._replace(shipped=True))
            elif answer.wanted:
                self._retry(errand._replace(last=self._last_year(answer.wanted)))
            else:
                yield errand.task, self._outcome(errand.task, answer)

    def _last_year(self, agency: str) -> str:
        before = self._deed.before if isinstance(self._deed, work.Judge) else None
        return before.text(agency) if isinstance(before, work.Before) else ""

    def _retry(self, errand: _Errand) -> None:
        (self._suspects if errand.suspect else self._again).append(errand)

    def _outcome(self, task: work.Task, answer: Answer) -> bytes | pool.Lost:
        """The reply, once what goes back to the unit is in its place."""
        if answer.reply is None:
            return pool.Lost(answer.lost)  # type: ignore[arg-type]
        if isinstance(self._deed, work.Judge):
            try:
                back.put(self._deed.back, task.name, answer.back)
            except OSError as error:
                raise OutputError("files.refused", path=self._deed.back, reason=reason(error)) from None
        return answer.reply
