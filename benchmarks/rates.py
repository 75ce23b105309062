"""How fast a collection is beside what reads workbooks and nothing else, in the same pool of processes.

On a machine that others use, too, only what is measured at the same time can be compared: each round runs the three
ways one after the other, and what is told is the median of the rounds' ratios.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks.corpus import Corpus
from xlreport.collect import pool

OURS, THEIRS = 600, 200
"""Workbooks of a round: a collection has costs that do not depend on how many there are."""


def load(path: str) -> bytes:
    """What a script would do first."""
    openpyxl.load_workbook(path)
    return b""


def bare(path: str) -> bytes:
    """The values of all sheets and nothing else."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return b""


def per_second(deed: Callable[[str], bytes], paths: list[str]) -> float:
    """Workbooks a second in our pool, as many processes as there are cores."""
    begun = time.perf_counter()
    lost = [task for task, reply in pool.run(deed, paths, os.cpu_count() or 1) if isinstance(reply, pool.Lost)]
    assert not lost
    return len(paths) / (time.perf_counter() - begun)


def rates(store: Path, rounds: int, timed: Callable[..., Any]) -> dict[str, Any]:
    """Workbooks a second, round by round, and the medians of the ratios."""
    corpus, folder, out = Corpus(OURS), store / f"in{OURS}", store / "rated"
    if not folder.is_dir():
        corpus.write(folder)
    paths = [str(folder / name) for name, status in corpus.expected() if status == "pass"][:THEIRS]
    found = []
    for _ in range(rounds):
        ours = OURS / timed("collect", folder, "--out", out).seconds
        shutil.rmtree(out)
        found.append((ours, per_second(load, paths), per_second(bare, paths)))
    return {
        "rounds": [[round(rate, 1) for rate in each] for each in found],
        "times_openpyxl": round(statistics.median(ours / theirs for ours, theirs, _ in found), 2),
        "of_calamine": round(statistics.median(ours / theirs for ours, _, theirs in found), 3),
    }
