"""What a collection holds for each file while it runs."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.collect.made import report
from xlreport import job
from xlreport.collect import work
from xlreport.collect.run import collect
from xlreport.collect.settings import Deed, Outcomes, Settings

FEW, MANY = 300, 1300


def invented(deed: Deed, tasks: Iterable[Any], _: Settings) -> Outcomes:
    """As if each file were the sound report of an office of its own."""
    assert isinstance(deed, work.Judge)
    found = work.found(job.judge(Path("x"), report("局"), ()), "zh") | {"status": "pass", "findings": [], "said": []}
    for task in tasks:
        body = json.dumps(found | {"agency": f"{task.name}局"}, ensure_ascii=False)
        yield task, f"{work.key_of(task, deed.context)} {body}".encode()


def peak(folder: Path, count: int) -> int:
    """Bytes that Python holds at most."""
    source = folder / f"in{count}"
    source.mkdir()
    for number in range(count):
        (source / f"{number:05}.json").write_text(str(number), encoding="utf-8")
    tracemalloc.start()
    try:
        found = collect(source, folder / f"out{count}", Settings(mapper=invented))
        assert len(found.lines) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_is_flat(tmp_path: Path) -> None:
    """A thousand files more take less than a megabyte more of whoever gives the orders."""
    pytest.importorskip("pyarrow")
    peak(tmp_path, 10)  # what is loaded once
    tries = []
    for attempt in "123":  # now and then a run peaks some megabytes higher, whatever its length
        folder = tmp_path / attempt
        folder.mkdir()
        tries.append((peak(folder, FEW), peak(folder, MANY)))
        if tries[-1][1] - tries[-1][0] < 1000 * (MANY - FEW):
            return
    pytest.fail(f"{tries}")
