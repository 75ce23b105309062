"""Measure, print, and with --write put the table into docs/benchmarks.md."""

from __future__ import annotations

import importlib.metadata
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import xlwings as xw

from benchmarks import click, exporting, judging, peers, window
from benchmarks.machine import machine
from benchmarks.pair import Pair, faster, median, process
from xlreport import job
from xlreport.data import parse_report
from xlreport.document.compose import compose
from xlreport.host.host import Host
from xlreport.rules import judge
from xlreport.rules.arrays import verdicts
from xlreport.workbook.fill import fill
from xlreport.workbook.read import read_workbook

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
MANY = 10_000
HEAD = (
    "# Benchmarks",
    "",
    "Made by `make bench`; every row is two ways to the same end, measured in one run on one machine. The workbook is",
    "the demo's city report of 2024: filled, with its draft. Medians; the first run of each is not counted.",
    "",
)
COLUMNS = ("", "| what | xlreport | against | takes | ratio | promise | kept |", "|---|---|---|---|---|---|---|")


def measure(folder: Path) -> list[Pair]:
    """All pairs, in one run."""
    return [*_of_files(folder), *_of_rules()]


def _of_rules() -> Iterator[Pair]:
    """What the rules alone take."""
    demo = parse_report((ROOT / "xlreport" / "demo" / "city.json").read_bytes()).settled()
    real = judging.long_report(replace(demo, draft=job.draft_text(demo)))
    ours, bare = median(lambda: judge(real), 101), median(process(sys.executable, "-c", "pass"), 15)
    what = f"all rules on a report that has been read, {sum(map(len, real.words.values()))} characters of text"
    yield Pair(what, ours, bare, "`python -c pass`, a whole process", "at least 4 times faster", bare >= 4 * ours)
    reports = judging.many(demo, MANY)
    ours, peer = median(lambda: verdicts(demo.form, reports), 7), median(lambda: judging.one_by_one(reports), 3)
    what = f"arithmetic of {MANY} reports as arrays ({1000 * ours / MANY:.0f} µs each)"
    yield Pair(what, ours, peer, "the same relations, weighed one by one", "at least twice as fast", peer >= 2 * ours)


def _of_files(folder: Path) -> list[Pair]:
    """From files to files."""
    report = parse_report((ROOT / "xlreport" / "demo" / "city.json").read_bytes()).settled()
    report = replace(report, draft=job.draft_text(report))
    workbook = fill(report)
    path = folder / "city.xlsx"
    path.write_bytes(workbook)
    outline = compose(report)
    document = job.render(report, "docx")

    def check() -> None:
        read, findings = read_workbook(workbook)
        job.judge(path, read.settled(), findings)

    pairs = [
        faster(
            "read and check one workbook, warm",
            median(check, 51),
            median(lambda: peers.openpyxl_load(workbook), 11),
            "`openpyxl.load_workbook` of the same file alone",
            6,
        ),
        faster(
            "DOCX from a report",
            median(lambda: job.render(report, "docx"), 31),
            median(lambda: peers.python_docx(outline), 7),
            "the same document by python-docx",
            10,
        ),
    ]
    pairs += exporting.pairs(path, document, folder)
    if shutil.which("soffice"):
        with click.opened(path) as book:
            pairs.append(_click(book))
        if window.able():
            pairs.append(_window(path, folder))
    ours = median(process(sys.executable, "-m", "xlreport", "check", str(path)), 15)
    bare = median(process(sys.executable, "-c", "pass"), 15)
    promise = "at most 12 times as long"
    pairs.append(
        Pair("`xlreport check FILE`, a whole process", ours, bare, "`python -c pass`", promise, ours <= 12 * bare)
    )
    return pairs


def _click(book: tuple[xw.Book, Host]) -> Pair:
    ours = median(lambda: click.click(*book), 9)
    one_by_one = median(lambda: click.cell_by_cell(*book), 5)
    return Pair(
        "a click on 校验 in LibreOffice through a pipe: read, judge, mark and list",
        ours,
        one_by_one,
        "reading the 175 figures of 表三 one by one through the same xlwings",
        "at most twice as long",
        ours <= 2 * one_by_one,
    )


def _window(path: Path, folder: Path) -> Pair:
    with window.window(path, folder / "resident") as press:
        ours = statistics.median([press() for _ in range(12)][1:])
    with window.window(path, folder / "anew", idle=0.0) as press:
        anew = statistics.median([press() for _ in range(6)][1:])
    return Pair(
        "from the mouse button on 校验 to the message on the screen",
        ours,
        anew,
        "the same with a new process at every click",
        f"at most {click.ALLOWED:g} ms",
        ours <= click.ALLOWED,
    )


def table(pairs: list[Pair]) -> str:
    """The page."""
    rows = [
        f"| {p.what} | {p.ours:.1f} ms | {p.peer_name} | {p.peer:.1f} ms | {_ratio(p)} | {p.promise} | {_yes(p.kept)} |"
        for p in pairs
    ]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("openpyxl", "python-docx", "typst"))
    return "\n".join((*HEAD, f"{machine()}; {versions}; {_soffice()}.", *COLUMNS, *rows, ""))


def _yes(kept: bool) -> str:
    return "yes" if kept else "NO"


def _ratio(pair: Pair) -> str:
    if pair.peer >= pair.ours:
        return f"{pair.peer / pair.ours:.1f} times faster"
    return f"{pair.ours / pair.peer:.1f} times as long"


def _soffice() -> str:
    if not shutil.which("soffice"):
        return "no LibreOffice"
    found = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True)
    return " ".join(found.stdout.split()[:2])


def main() -> int:
    """Print the table; 1 if a promise is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = measure(Path(folder))
    page = table(pairs)
    sys.stdout.write(page)
    if "--write" in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
    return 0 if all(pair.kept for pair in pairs) else 1


if __name__ == "__main__":
    sys.exit(main())
