"""Thousands of workbooks through `xlreport collect` and `rollup`: right statuses and sums, how fast, how much memory.

`python -m benchmarks.collection --soak COUNT [--keep FOLDER]`: COUNT workbooks and a tenth of them, one in a hundred
broken; a run, a second run, one that is killed and goes on, the roll-up beside DuckDB's sum.
`python -m benchmarks.collection --rates [ROUNDS] [--keep FOLDER]`: beside what reads workbooks and nothing else.
What was measured is printed as JSON; exit code 1 if something is wrong.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import openpyxl

from benchmarks.corpus import Corpus
from benchmarks.machine import machine
from benchmarks.rates import rates
from benchmarks.spent import adopt, counted
from xlreport.workbook.read import read_workbook

ROOT = Path(__file__).parents[1]


class Run(NamedTuple):
    """A command that ran: seconds, processor seconds of all its processes, exit code, megabytes of the first one."""

    seconds: float
    cpu: float
    code: int
    megabytes: int


def command(*arguments: object) -> list[str]:
    """A call of xlreport in this Python."""
    return [sys.executable, "-m", "xlreport", *map(str, arguments)]


def timed(*arguments: object) -> Run:
    """Run a command of xlreport to its end, and wait for all that it started."""
    begun = time.perf_counter()
    with counted() as cpu:
        process = subprocess.Popen(command(*arguments), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
    return Run(seconds, cpu.seconds, process.returncode, usage.ru_maxrss >> 10)


def killed(folder: Path, out: Path, size: int) -> int:
    """Start a collection, kill -9 it when its journal has so many bytes, and say how many files were done.

    Where the machine was too busy to do so in time, once more.
    """
    journal = out / ".xlreport" / "judged"
    for _ in range(5):
        process = subprocess.Popen(command("collect", folder, "--out", out), cwd=ROOT, stdout=subprocess.DEVNULL)
        while process.poll() is None and (not journal.is_file() or journal.stat().st_size < size):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not (out / "status.xlsx").exists():
            with journal.open("rb") as lines:
                return sum(1 for _ in lines)
        shutil.rmtree(out)
    raise AssertionError("always killed too late to show anything")


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


def summed(folder: Path, out: Path, store: Path) -> tuple[bool, Run]:
    """Whether the roll-up of the reports that can be read is the sum that DuckDB makes of figures.parquet."""
    sound, table = store / "sound", f"'{out}/figures.parquet'"
    lost = f"select file from '{out}/findings.parquet' where rule = 'WB-SHAPE' and len(cells) > 0"  # not added up
    first = f"select min(file) from (select distinct file, agency from {{}} where file not in ({lost})) group by agency"
    for (name,) in ask(first.format(table)):  # broken files are copies of one report, and a unit counts once
        (sound / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(folder / name, sound / name)
    run = timed("rollup", sound, "--out", store / "sum.xlsx")
    shutil.rmtree(sound)
    theirs = dict(ask(f"select cell, sum(value) from {table} where file in ({first.format(table)}) group by cell"))
    ours = read_workbook((store / "sum.xlsx").read_bytes()).report.figures
    same = all(math.isclose(float(value), theirs[cell], rel_tol=1e-12) for cell, value in ours.items())
    return same and ours.keys() == theirs.keys(), run


def statuses(out: Path) -> dict[str, str]:
    """The verdict on each file, as status.xlsx has it."""
    words = {"通过": "pass", "有提醒": "warnings", "未通过": "fail", "不能使用": "unusable", "略过": "skipped"}
    with closing(openpyxl.load_workbook(out / "status.xlsx", read_only=True)) as book:
        return {str(row[1]): words[str(row[5])] for row in book["文件"].iter_rows(min_row=2, values_only=True)}


def soak(corpus: Corpus, store: Path) -> dict[str, Any]:
    """All that must hold, in one folder that is left behind: what was found, and what it took."""
    folder, out, again = store / f"in{corpus.size}", store / "out", store / "killed"
    if not folder.is_dir():
        corpus.write(folder)
    first, second = (timed("collect", folder, "--out", out) for _ in range(2))
    found = statuses(out)
    wanted = dict(corpus.expected())
    wrong = [name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)]
    done = killed(folder, again, (out / ".xlreport" / "judged").stat().st_size // 3)
    timed("collect", folder, "--out", again)
    same = tree(out) == tree(again)
    right, rollup = summed(folder, out, store)
    for path in (out, again):
        shutil.rmtree(path)
    return {
        "files": corpus.size,
        "exit": first.code,
        "wrong_statuses": len(wrong),
        "first_wrong": [(name, wanted.get(name), found.get(name)) for name in sorted(wrong)[:3]],
        "killed_after": done,
        "same_bytes_after_kill": same,
        "rollup_is_duckdb_sum": right,
        "seconds": round(first.seconds, 1),
        "cpu_ms_each": round(1000 * first.cpu / corpus.size, 2),
        "second_run_seconds": round(second.seconds, 1),
        "second_run_cpu_ms_each": round(1000 * second.cpu / corpus.size, 2),
        "peak_mb": first.megabytes,
        "peak_mb_second_run": second.megabytes,
        "rollup_seconds": round(rollup.seconds, 1),
        "rollup_cpu_ms_each": round(1000 * rollup.cpu / corpus.size, 2),
        "rollup_peak_mb": rollup.megabytes,
    }


def holds(found: dict[str, Any]) -> bool:
    """Whether a soak found what it must."""
    return found["same_bytes_after_kill"] and found["rollup_is_duckdb_sum"] and not found["wrong_statuses"]


def main() -> int:
    """Print what was measured; 1 if something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--soak", type=int, metavar="COUNT")
    parser.add_argument("--rates", type=int, metavar="ROUNDS", nargs="?", const=5)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    adopt()
    found: dict[str, Any] = {"machine": machine()}
    right = True
    with tempfile.TemporaryDirectory() as folder:
        store = options.keep or Path(folder)
        store.mkdir(parents=True, exist_ok=True)
        if options.rates:
            found["rates"] = rates(store, options.rates, timed)
        if options.soak:
            small, large = (soak(Corpus(count), store) for count in (options.soak // 10, options.soak))
            right = holds(small) and holds(large)
            found |= {"small": small, "large": large}
            found["cost_ratio"] = round(large["cpu_ms_each"] / small["cpu_ms_each"], 3)
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
