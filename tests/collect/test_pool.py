"""xlreport.collect.pool: each task with its own limits."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from xlreport.collect.pool import Limits, Lost, run


def deed(task: str) -> bytes:
    if task == "hang":
        time.sleep(600)
    if task == "spin":
        while True:
            pass
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        os._exit(0)
    if task == "raise":
        raise ValueError(task)
    if task == "eat":
        return bytes(4 << 30)
    return task.encode()


LIMITS = Limits(seconds=5, memory=512 << 20)


def test_every_task_gets_a_reply() -> None:
    """As many replies as tasks, each with its own task, in whatever order."""
    tasks = [str(number) for number in range(200)]
    assert sorted(run(deed, tasks, 3)) == sorted((task, task.encode()) for task in tasks)


def test_nothing_to_do() -> None:
    """Without tasks there are no replies."""
    assert list(run(deed, [], 2)) == []


@pytest.mark.parametrize(
    ("task", "why"), [("hang", "time"), ("spin", "time"), ("kill", "crash"), ("exit", "crash"), ("raise", "crash")]
)
def test_a_task_costs_only_itself(task: str, why: str) -> None:
    """A task that hangs, dies or fails is lost, and every other one gets its reply."""
    others = [str(number) for number in range(20)]
    found = dict(run(deed, [*others[:10], task, *others[10:]], 2, LIMITS))
    assert found.pop(task) == Lost(why)  # type: ignore[arg-type]
    assert found == {other: other.encode() for other in others}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited where the system can")
def test_memory() -> None:
    """A task that wants more memory than it may have is lost, and its process goes on."""
    assert dict(run(deed, ["eat", "1"], 1, LIMITS)) == {"eat": Lost("memory"), "1": b"1"}


def test_closing_ends_the_processes() -> None:
    """Who stops asking does not wait for those at work."""
    replies = run(deed, ["1", "hang", "hang"], 2)
    begun = time.monotonic()
    next(replies)
    replies.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 30
