"""Tasks to outcomes on a cluster: batches go out, answers come in, what was on a worker that fell is tried alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from xlreport.collect import back, pool, work
from xlreport.collect.cluster.client import Certificates, Patience, connected
from xlreport.collect.cluster.line import Line
from xlreport.collect.cluster.order import order_of
from xlreport.collect.cluster.parcel import parcel
from xlreport.collect.cluster.wire import Answer, Landed, Parcel, pack, unpack
from xlreport.collect.settings import Outcomes, Settings
from xlreport.errors import OutputError, ProgramError, from_text, reason

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
        """As `settings.Mapper`; `deed` is a Judge or a Reader. Raises UsageError for a cluster that cannot be used.

        Raises ProgramError when two workers stumble over the same file.
        """
        with connected(self.address, self.certificates, self.patience) as client:
            line = Line(client, self.address, self.patience)
            yield from _Run(line, deed, settings).outcomes(tasks)


class _Errand(NamedTuple):
    """A task to be sent, and what has become known of it on the way.

    last: see `wire.Parcel`; suspect: a worker fell that had it; failed: a worker that had it stumbled.
    """

    task: work.Task
    last: str | None = None
    shipped: bool = False
    suspect: bool = False
    failed: bool = False


class _Flight(NamedTuple):
    """A batch on its way, and the bytes of the files that are in it."""

    errands: list[_Errand]
    weight: int


class _Run:
    """One deed with many tasks."""

    def __init__(self, line: Line, deed: work.Judge | work.Reader, settings: Settings) -> None:
        self._line, self._deed, self._settings = line, deed, settings
        self._order = pack(order_of(deed, settings))
        self._again: deque[_Errand] = deque()
        self._suspects: deque[_Errand] = deque()
        self._flying: dict[str, _Flight] = {}
        self._ours: list[work.Task] = []
        self._shipped = False
        self._sent = 0

    def outcomes(self, tasks: Iterable[work.Task]) -> Outcomes:
        """Each task with its outcome, as they come."""
        left = iter(tasks)
        while True:
            self._send(left)
            yield from pool.run(self._deed, self._ours, 1, self._settings.limits)
            self._ours = []
            if self._flying:
                key, landed = self._line.next()
                yield from self._settled(self._flying.pop(key).errands, landed)
            elif not self._suspects:
                return

    def _send(self, left: Iterator[work.Task]) -> None:
        """Keep every thread supplied, with no more bytes on their way than may be."""
        if self._suspects and not any(flight.errands[0].suspect for flight in self._flying.values()):
            self._fly([self._suspects.popleft()])
        threads = self._line.threads()
        while len(self._flying) < AHEAD * threads and sum(one.weight for one in self._flying.values()) < FLYING:
            size = min(BATCH, 1 + self._sent // (4 * threads))  # few files are spread over all
            if not self._fly(islice(iter(lambda: self._errand(left), None), size)):
                return

    def _errand(self, left: Iterator[work.Task]) -> _Errand | None:
        if self._again:
            return self._again.popleft()
        task = next(left, None)
        return None if task is None else _Errand(task)

    def _fly(self, errands: Iterable[_Errand]) -> bool:
        """Send a batch; False where there was nothing to send."""
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
        self._flying[self._line.send(self._order, pack(parcels))] = _Flight(aboard, weight)
        return True

    def _parcel(self, errand: _Errand) -> Parcel | None:
        """None for what we cannot read, does not keep still, or is too much to send: that is seen to here, as ever."""
        shipped = self._shipped or errand.shipped
        try:
            if shipped and Path(errand.task.path).stat().st_size > FLYING:
                return None
            return parcel(errand.task, errand.last, shipped=shipped)
        except OSError:
            return None

    def _settled(self, errands: list[_Errand], landed: Landed | None) -> Outcomes:
        """What is settled by what came back; the rest goes out again."""
        if landed is not None and landed.failed:
            self._elsewhere(errands, landed.failed)
        elif landed is not None and landed.answers:
            for errand, answer in zip(errands, unpack(landed.answers), strict=True):
                yield from self._answered(errand, Answer(*answer))
        elif errands[0].suspect:
            yield errands[0].task, pool.Lost("worker")
        else:
            self._suspects += [errand._replace(suspect=True) for errand in errands]

    def _answered(self, errand: _Errand, answer: Answer) -> Outcomes:
        if answer.failed:
            self._elsewhere([errand], answer.failed)
        elif answer.unseen:
            self._shipped = True
            self._retry(errand._replace(shipped=True))
        elif answer.wanted:
            self._retry(errand._replace(last=self._last_year(answer.wanted)))
        else:
            yield errand.task, self._outcome(errand.task, answer)

    def _elsewhere(self, errands: list[_Errand], why: str) -> None:
        """Have another worker do it. Raises ProgramError where that has been tried."""
        if any(errand.failed for errand in errands):
            raise ProgramError("cluster.failed", reason=from_text(why))
        self._line.shun()
        for errand in errands:
            self._retry(errand._replace(failed=True))

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
