"""Processes that may die: each task has its own limits, and one that kills or hangs its process costs only itself.

`concurrent.futures` gives up all tasks when one process dies, so the pool is our own: pipes, deadlines, nothing else.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Literal, NamedTuple

AHEAD = 2
"""Tasks that a process has at hand, so that it does not wait for us."""

_PRELOADED = ["xlreport.collect.pool", "xlreport.collect.work"]


class Limits(NamedTuple):
    """Of one task: seconds, and bytes of memory above what a process takes to start (not on Windows)."""

    seconds: float = 60
    memory: int = 1 << 30


class Lost(NamedTuple):
    """What became of a task without a reply: its process hung, died, or ran out of memory; or two machines fell."""

    why: Literal["time", "crash", "memory", "worker"]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: list[Any]
    since: float = 0


def run(
    work: Callable[[Any], bytes], tasks: Iterable[Any], workers: int, limits: Limits | None = None
) -> Iterator[tuple[Any, bytes | Lost]]:
    """Each task with the reply of `work`, as they come; `work` and the tasks travel by pickle.

    Closing the iterator ends the processes at once.
    """
    crew = Crew(work, workers, limits or Limits())
    try:
        yield from crew.run(tasks)
    finally:
        crew.end()


class Crew:
    """The processes, and the tasks that the dead left behind. They stay from one run to the next, until the end."""

    def __init__(self, work: Callable[[Any], bytes], most: int, limits: Limits) -> None:
        self._work, self._most, self._limits = work, most, limits
        self._context = _context()
        self._workers: list[_Worker] = []
        self._left: list[Any] = []

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, bytes | Lost]]:
        """Each task with its reply, as they come. One run at a time, to its end."""
        source = iter(tasks)
        while True:
            self._fill(source)
            if not self._busy:
                return
            yield from self._done()

    @property
    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.tasks]

    def _fill(self, source: Iterator[Any]) -> None:
        """Give tasks to who has least, until all have enough or none are left."""
        while (worker := self._next()) is not None:
            if self._left:
                _give(worker, self._left.pop())
                continue
            try:
                _give(worker, next(source))
            except StopIteration:
                return

    def _next(self) -> _Worker | None:
        """Who gets the next task: one with none, else a new one, else one that is not far ahead."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if (least is None or least.tasks) and len(self._workers) < self._most:
            least = _start(self._context, self._work, self._limits)
            self._workers.append(least)
        return least if least is not None and len(least.tasks) < AHEAD else None

    def _done(self) -> Iterator[tuple[Any, bytes | Lost]]:
        """Wait for replies, or until somebody has taken too long."""
        deadline = min(worker.since for worker in self._busy) + self._limits.seconds
        wait([worker.pipe for worker in self._busy], max(0.0, deadline - time.monotonic()))
        for worker in self._busy:
            if worker.pipe.poll():
                reply = _reply(worker)
            elif time.monotonic() >= worker.since + self._limits.seconds:
                reply = Lost("time")
            else:
                continue
            task = worker.tasks.pop(0)
            worker.since = time.monotonic()
            if isinstance(reply, Lost):
                self._left += worker.tasks
                self._workers.remove(worker)
                _end(worker)
            yield task, reply

    def end(self) -> None:
        """End the processes at once."""
        for worker in self._workers:
            _end(worker)


def _context() -> ForkServerContext | SpawnContext:
    """Clean processes that start in ten milliseconds where the system can, else as it can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _start(context: ForkServerContext | SpawnContext, work: Callable[[Any], bytes], limits: Limits) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, [])


def _give(worker: _Worker, task: Any) -> None:
    if not worker.tasks:
        worker.since = time.monotonic()
    worker.tasks.append(task)
    with suppress(OSError):  # it has died since; its pipe says so when it is asked
        worker.pipe.send(task)


def _reply(worker: _Worker) -> bytes | Lost:
    try:
        reply = worker.pipe.recv_bytes()
    except (EOFError, OSError):
        return Lost("crash")
    return reply[1:] if reply[:1] == b"+" else Lost("memory")


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.process.close()
    worker.pipe.close()


def _serve(pipe: Connection, work: Callable[[Any], bytes], limits: Limits) -> None:
    """What a process does: a task, a reply, until there is nobody left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    _restrict(limits.memory)
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)  # as a command has it: a task leaves little behind
    silent = open(os.devnull, "w")  # noqa: PTH123, SIM115  for as long as the process lives
    sys.stdout = sys.stderr = silent
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        faulthandler.dump_traceback_later(2 * limits.seconds + 5, exit=True, file=silent)  # should nobody end us
        try:
            reply = b"+" + work(task)
        except MemoryError:
            reply = b"-"
        faulthandler.cancel_dump_traceback_later()
        try:
            pipe.send_bytes(reply)
        except OSError:
            return


def _restrict(memory: int) -> None:
    """No more address space than `memory` above what is taken now."""
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            taken = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no Linux
        taken = 1 << 30
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
