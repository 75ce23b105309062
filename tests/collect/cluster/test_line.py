"""xlreport.collect.cluster.line: batches out, what became of them back."""

from __future__ import annotations

from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from xlreport.collect.cluster.client import Patience
from xlreport.collect.cluster.line import Line
from xlreport.collect.cluster.wire import Landed, pack


class Client:
    """A Dask client of workers that answer when they are told to."""

    def __init__(self, *workers: str) -> None:
        self.workers = list(workers)
        self.sent: list[Any] = []

    def nthreads(self) -> dict[str, int]:
        """One thread or more for each worker."""
        return dict.fromkeys(self.workers, 2)

    def who_has(self, _: object) -> dict[str, list[str]]:
        """Who answered: always the one whose disk is full."""
        return {"key": ["full"]}

    def submit(self, *_: object, key: str, workers: list[str] | None, **__: object) -> Any:
        """A batch; its `land` is called by the test."""
        future: Future[bytes] = Future()
        answer = pack(Landed(answers=b"x"))
        made = SimpleNamespace(key=key, workers=workers, result=lambda **_: answer)
        made.land = lambda: future.set_result(answer)
        made.add_done_callback = lambda call: future.add_done_callback(lambda _: call(made))
        self.sent.append(made)
        return made


def test_who_is_shunned() -> None:
    """Who is shunned gets no more while there are others; a batch bound to workers that have gone comes back."""
    pytest.importorskip("distributed")
    client = Client("full", "good")
    line = Line(client, "tls://x", Patience())
    assert line.threads() == 4
    first = line.send(b"", b"")
    client.sent[0].land()
    assert line.next() == (first, Landed(answers=b"x"))
    line.shun()
    second = line.send(b"", b"")
    assert [one.workers for one in client.sent] == [None, ["good"]]
    client.workers = ["full", "new"]
    assert line.next() == (second, None)
    client.sent[1].land()  # too late
    third = line.send(b"", b"")
    client.sent[2].land()
    assert line.next()[0] == third
    assert client.sent[2].workers == ["new"]


def test_a_mistake_of_ours() -> None:
    """What fails in the program itself is no wrong use of it: it is tried elsewhere, and in the end exits with 3."""
    pytest.importorskip("distributed")
    client = Client("good")
    line = Line(client, "tls://x", Patience())
    key = line.send(b"", b"")

    def fails(**_: object) -> bytes:
        raise AssertionError("ours")

    client.sent[0].result = fails
    client.sent[0].land()
    assert line.next() == (key, Landed(failed="AssertionError('ours')"))
