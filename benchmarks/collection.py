"""Thousands of workbooks through `xlreport collect` and `rollup`: right statuses and sums, how fast, how much memory.

`python -m benchmarks.collection [COUNT] [--keep FOLDER] [--write]`: COUNT workbooks (20,000 if not told) made from real
figures, one in a hundred broken in one of twenty ways. With --write the page docs/scale.md gets the lines.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks.machine import machine
from tests.collect.broken import KINDS
from tests.samples import bureau, city
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.workbook.fill import fill
from xlreport.workbook.read import read_workbook

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "scale.md"
MARK = "<!-- measured -->"
BROKEN = 100
"""One file in so many is broken."""

WRONG = 10
"""One report in so many has a figure that does not agree."""

PEERS = 400
"""Workbooks that the peers read; their rate does not depend on how many."""


def one(number: int) -> Report:
    """One of the two real reports of the demo, as another office's; in some a figure is one too many."""
    base = city() if number % 4 == 0 else bureau()
    figures: dict[str, Number] = dict(base.figures)
    if number % WRONG == 0:
        figures["t3.received.natural_person"] = figures.get("t3.received.natural_person", 0) + 1
    return replace(base, agency=f"第{number:05}局", figures=MappingProxyType(figures))


def write(folder: Path, number: int) -> None:
    """The file of that number, in one of a hundred folders."""
    target = folder / f"{number % 100:02}"
    target.mkdir(parents=True, exist_ok=True)
    if number % BROKEN == 1:
        kinds = list(KINDS.values())
        suffix, make, _ = kinds[number // BROKEN % len(kinds)]
        (target / f"{number:05}{suffix}").write_bytes(make())
    else:
        (target / f"{number:05}.xlsx").write_bytes(fill(one(number)))


def expected(count: int) -> Iterator[tuple[str, str]]:
    """Names of all files, each with what it must be."""
    kinds = list(KINDS.values())
    for number in range(count):
        suffix, status = ".xlsx", "fail" if number % WRONG == 0 else "pass"
        if number % BROKEN == 1:
            suffix, _, status = kinds[number // BROKEN % len(kinds)]
        yield f"{number % 100:02}/{number:05}{suffix}", status


def command(*arguments: object) -> list[str]:
    """A call of xlreport in this Python."""
    return [sys.executable, "-m", "xlreport", *map(str, arguments)]


def timed(*arguments: object) -> tuple[float, int, int]:
    """Seconds, exit code and peak megabytes of the process that gives the orders."""
    begun = time.perf_counter()
    process = subprocess.Popen(command(*arguments), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - begun, process.returncode, usage.ru_maxrss >> 10


def killed(folder: Path, out: Path, lines: int) -> int:
    """Start a collection, kill it when so many are done, and say how many were."""
    process = subprocess.Popen(command("collect", folder, "--out", out), cwd=ROOT, stdout=subprocess.DEVNULL)
    journal = out / ".xlreport" / "judged"
    while process.poll() is None and (not journal.is_file() or journal.read_bytes().count(b"\n") < lines):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return journal.read_bytes().count(b"\n")


def load(path: str) -> None:
    """What a script would do first."""
    openpyxl.load_workbook(path)


def bare(path: str) -> None:
    """The values of all sheets and nothing else."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def rate(work: Callable[[str], None], paths: list[str]) -> float:
    """Workbooks a second in a pool of as many processes as there are cores."""
    with ProcessPoolExecutor() as pool:
        list(pool.map(work, paths[:20], chunksize=5))
        begun = time.perf_counter()
        list(pool.map(work, paths, chunksize=10))
        return len(paths) / (time.perf_counter() - begun)


def tree(out: Path) -> dict[str, bytes]:
    """All that came out, but for the journals."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".xlreport" not in path.parts
    }


def ask(query: str) -> list[Any]:
    """The rows that DuckDB answers with."""
    return duckdb.connect().execute(query).fetchall()


def summed(folder: Path, out: Path, store: Path) -> bool:
    """Whether the roll-up of the reports that can be read is the sum that DuckDB makes of figures.parquet."""
    sound = store / "sound"
    shutil.copytree(folder, sound, copy_function=os.link)
    table = f"'{out}/figures.parquet'"
    good = {name for (name,) in ask(f"select distinct file from {table}")}
    for path in sound.rglob("*"):
        name = str(path.relative_to(sound))
        if path.is_file() and name not in good:
            path.unlink()
    agencies = "select file from (select file, agency, row_number() over (partition by agency order by file) as n"
    twice = ask(f"{agencies} from (select distinct file, agency from {table})) where n > 1")
    for (name,) in twice:  # broken files are copies of one report, and a unit counts once
        (sound / name).unlink()
    subprocess.run(command("rollup", sound, "--out", store / "sum.xlsx"), cwd=ROOT, check=False, capture_output=True)
    left_out = ", ".join(f"'{name}'" for (name,) in twice) or "''"
    asked = f"select cell, sum(value) from {table} where file not in ({left_out}) group by cell"
    theirs = dict(ask(asked))
    ours = read_workbook((store / "sum.xlsx").read_bytes()).report.figures
    same = all(math.isclose(float(value), theirs[cell], rel_tol=1e-12) for cell, value in ours.items())
    return same and ours.keys() == theirs.keys()


def measure(count: int, store: Path) -> dict[str, object]:
    """All that is to be known, in one run."""
    folder, out = store / "in", store / "out"
    if not folder.is_dir():
        with ProcessPoolExecutor() as pool:
            list(pool.map(partial(write, folder), range(count), chunksize=50))
    seconds, code, memory = timed("collect", folder, "--out", out)
    again, _, _ = timed("collect", folder, "--out", out)
    statuses = _statuses(out)
    wrong = {name: (status, statuses.get(name)) for name, status in expected(count) if statuses.get(name) != status}
    done = killed(folder, store / "killed", count // 3)
    timed("collect", folder, "--out", store / "killed")
    paths = [str(folder / name) for name, status in expected(count) if status == "pass"][:PEERS]
    openpyxl_rate, calamine_rate = rate(load, paths), rate(bare, paths)
    ours = count / seconds
    return {
        "files": count,
        "exit": code,
        "seconds": round(seconds, 1),
        "rate": round(ours, 1),
        "ms_each": round(1000 * seconds / count, 2),
        "second_run_seconds": round(again, 1),
        "peak_mb_parent": memory,
        "peak_mb_worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
        "wrong_statuses": len(wrong),
        "first_wrong": dict(list(wrong.items())[:3]),
        "killed_after": done,
        "same_bytes_after_kill": tree(out) == tree(store / "killed"),
        "rollup_is_duckdb_sum": summed(folder, out, store),
        "openpyxl_rate": round(openpyxl_rate, 1),
        "calamine_rate": round(calamine_rate, 1),
        "times_openpyxl": round(ours / openpyxl_rate, 2),
        "of_calamine": round(ours / calamine_rate, 3),
    }


def _statuses(out: Path) -> dict[str, str]:
    """The verdict on each file, as status.xlsx has it."""
    words = {"通过": "pass", "有提醒": "warnings", "未通过": "fail", "不能使用": "unusable", "略过": "skipped"}
    sheet = openpyxl.load_workbook(out / "status.xlsx", read_only=True)["文件"]
    return {str(row[1]): words[str(row[5])] for row in sheet.iter_rows(min_row=2, values_only=True)}


def main() -> int:
    """Print what was measured; 1 if something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.keep or Path(folder)
        store.mkdir(parents=True, exist_ok=True)
        found = measure(options.count, store)
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    if options.write:
        head, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
        lines = [f"{machine()}.", "", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in found.items())]
        PAGE.write_text(f"{head}{MARK}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    right = found["same_bytes_after_kill"] and found["rollup_is_duckdb_sum"] and not found["wrong_statuses"]
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
