"""A process below a Dask worker: it holds the process that judges, ends it when it hangs, and is there when it dies.

It is a program of its own because what a Dask worker starts by `multiprocessing` may not start processes itself.
Messages on standard input: the order, then batches of parcels; a batch of answers on standard output for each.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from xlreport.collect import pool
from xlreport.collect.cluster.deed import Apart, Job
from xlreport.collect.cluster.wire import Answer, Order, Parcel, pack, receive, send, unpack
from xlreport.rules.errata import VARIABLE
from xlreport.rules.explain import SUFFIX

IDLE = 60
"""Seconds without work after which it ends: the run is over, or its head is gone."""


def main() -> None:
    """Work until there is nobody left to ask."""
    orders, answers = _pipes()
    content = receive(orders)
    if content is None:
        return
    order = Order(*unpack(content))
    with tempfile.TemporaryDirectory(prefix="xlreport-", ignore_cleanup_errors=True) as folder:
        batches: queue.Queue[bytes] = queue.Queue()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        threading.Thread(target=_listen, args=(orders, batches), daemon=True).start()
        _surroundings(order, Path(folder))
        crew = pool.Crew(Apart(order), 1, pool.Limits(order.seconds, order.memory))
        try:
            _work(crew, batches, answers, Path(folder))
        finally:
            crew.end()


def _work(crew: pool.Crew, batches: queue.Queue[bytes], answers: BinaryIO, folder: Path) -> None:
    """Batch by batch, until none has come for long."""
    with suppress(queue.Empty, BrokenPipeError):
        while True:
            parcels = [Parcel(*one) for one in unpack(batches.get(timeout=IDLE))]
            found = _answers(crew, parcels, folder)
            send(answers, pack(found))
            if any(one.failed for one in found):
                return  # what the crew still has at hand must not be taken for the next batch


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our two ends; processes below us get none of them, whatever they print."""
    ours = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return ours


def _listen(orders: BinaryIO, batches: queue.Queue[bytes]) -> None:
    """Hand on batches; when the worker is gone, be gone too, whatever is at work."""
    while (content := receive(orders)) is not None:
        batches.put(content)
    os.kill(os.getpid(), signal.SIGTERM)


def _surroundings(order: Order, folder: Path) -> None:
    """The day and the errata of who orders, not of this machine."""
    paths = []
    for number, (name, content) in enumerate(order.errata):
        paths.append(folder / "errata" / str(number) / Path(name).name)
        paths[-1].parent.mkdir(parents=True)
        paths[-1].write_bytes(content)
    os.environ[VARIABLE] = os.pathsep.join(map(str, paths))
    os.environ["SOURCE_DATE_EPOCH"] = str(order.epoch)


def _answers(crew: pool.Crew, parcels: Sequence[Parcel], folder: Path) -> list[Answer]:
    """One for each parcel, in their order."""
    here = folder / "batch"
    answers: dict[int, Answer] = {}

    def jobs() -> Iterator[Job]:
        for number, parcel in enumerate(parcels):
            path = _laid_out(parcel, here / str(number))
            if path is None:
                answers[number] = Answer(unseen=True)
            else:
                yield Job(number, parcel.name, str(path), str(here / f"{number}-back"), parcel.last)

    try:
        for job, reply in crew.run(jobs()):
            answers[job.number] = Answer(lost=reply.why) if isinstance(reply, pool.Lost) else Answer(*unpack(reply))
    except OSError as error:
        return [Answer(failed=f"{socket.gethostname()}: {error}")] * len(parcels)
    finally:
        shutil.rmtree(here, ignore_errors=True)
    return [answers[number] for number in range(len(parcels))]


def _laid_out(parcel: Parcel, folder: Path) -> Path | None:
    """A copy of the file under its own name, so that it stays as it is; None where it is not to be seen from here."""
    content = _seen(parcel) if parcel.content is None else parcel.content
    if content is None:
        return None
    folder.mkdir(parents=True)
    path = folder / Path(os.fsdecode(parcel.path)).name
    path.write_bytes(content)
    if parcel.beside is not None:
        path.with_name(path.stem + SUFFIX).write_bytes(parcel.beside)
    return path


def _seen(parcel: Parcel) -> bytes | None:
    """The content of the file on a path that the machines share, if it is the same file."""
    try:
        mark = os.stat(parcel.path)  # noqa: PTH116
        if not S_ISREG(mark.st_mode) or mark.st_size != parcel.size:
            return None
        with open(parcel.path, "rb") as file:  # noqa: PTH123
            content = file.read(parcel.size + 1)
    except OSError:
        return None
    return content if sha256(content).digest() == parcel.digest else None


if __name__ == "__main__":
    main()
