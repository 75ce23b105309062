"""How fast a collection is beside what reads workbooks and nothing else, in the same pool of processes.

On a machine that others use, too, only what is measured at the same time can be compared: each round runs the three
ways one after the other, and what is told is the median of the rounds' ratios, by the clock and in processor time.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks.corpus import Corpus
from xlreport.collect import pool

OURS, LOADED = 2000, 60
"""Workbooks of a round; of the slow reader fewer, whose rate does not depend on how many there are."""


class Rate(NamedTuple):
    """Workbooks a second, and processor milliseconds of each."""

    a_second: float
    cpu_ms: float


def load(path: str) -> bytes:
    """What a script would do first."""
    begun = time.process_time()
    openpyxl.load_workbook(path)
    return str(time.process_time() - begun).encode()


def bare(path: str) -> bytes:
    """The values of all sheets and nothing else."""
    begun = time.process_time()
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return str(time.process_time() - begun).encode()


def rate(deed: Callable[[str], bytes], paths: list[str]) -> Rate:
    """Of a deed in our pool, as many processes as there are cores."""
    begun, cpu = time.perf_counter(), 0.0
    for _, reply in pool.run(deed, paths, os.cpu_count() or 1):
        assert isinstance(reply, bytes)
        cpu += float(reply)
    return Rate(len(paths) / (time.perf_counter() - begun), 1000 * cpu / len(paths))


def rates(store: Path, rounds: int, timed: Callable[..., Any]) -> dict[str, Any]:
    """Round by round, and the medians of the ratios."""
    corpus, folder, out = Corpus(OURS), store / f"in{OURS}", store / "rated"
    if not folder.is_dir():
        corpus.write(folder)
    paths = [str(folder / name) for name, status in corpus.expected() if status == "pass"]
    found = []
    for _ in range(rounds):
        run = timed("collect", folder, "--out", out)
        shutil.rmtree(out)
        ours = Rate(OURS / run.seconds, 1000 * run.cpu / OURS)
        found.append((ours, rate(load, paths[:LOADED]), rate(bare, paths)))

    def median(ratio: Callable[[Rate, Rate, Rate], float]) -> float:
        return round(statistics.median(ratio(*each) for each in found), 3)

    return {
        "rounds": [[tuple(round(value, 2) for value in each) for each in three] for three in found],
        "times_openpyxl": median(lambda ours, slow, _: ours.a_second / slow.a_second),
        "of_calamine": median(lambda ours, _, fast: ours.a_second / fast.a_second),
        "times_openpyxl_cpu": median(lambda ours, slow, _: slow.cpu_ms / ours.cpu_ms),
        "of_calamine_cpu": median(lambda ours, _, fast: fast.cpu_ms / ours.cpu_ms),
    }
