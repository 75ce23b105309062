"""Final documents: of one report in a warm process, of one from the shell, and of a thousand at once."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from benchmarks import peers
from benchmarks.pair import Pair, faster, median, process
from tests.samples import city
from xlreport import job
from xlreport.document.compose import compose
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.workbook.fill import fill

MANY = 1_000
SAMPLE = 20
"""Documents that LibreOffice converts: its rate does not depend on how many."""


def pairs(path: Path, document: bytes, folder: Path) -> Iterator[Pair]:
    """Each report is another one; `path` and `document`: the demo's city report, as a workbook and as our DOCX."""
    reports = others(MANY)
    source = itertools.cycle(reports)

    def three() -> None:
        report = next(source)
        for kind in ("docx", "pdf", "html"):
            job.render(report, kind)

    outline = compose(reports[0])
    what, name = "DOCX, PDF and HTML of one report, warm", "the DOCX alone by python-docx"
    for told, clock in (("", time.perf_counter), (", processor time", time.process_time)):
        ours, peer = median(three, 31, clock), median(lambda: peers.python_docx(outline), 7, clock)
        yield Pair(what + told, ours, peer, name, "at most 100 ms", ours <= 100)
    bare = median(process(sys.executable, "-c", "pass"), 15)
    for kind in ("docx", "pdf", "html"):
        ours = median(process(*shell(path, kind)), 9)
        what = f"`xlreport export FILE --to {kind}`, a whole process"
        yield Pair(what, ours, bare, "`python -c pass`", "at most 600 ms", ours <= 600)
    if not shutil.which("soffice"):
        return
    ours = median(lambda: job.render(next(source), "pdf"), 15)
    peer = median(lambda: peers.soffice_pdf(document, folder / "profile"), 5)
    yield faster("PDF from a report", ours, peer, "`soffice --convert-to pdf` of our DOCX", 10)
    ours = thousand(reports, folder)
    what = f"{len(reports)} workbooks to PDF, `xlreport export DIR` on all cores, each"
    for told, at_a_time, times in (
        ("one after another", 1, 40),
        ("as many at a time as there are cores", os.cpu_count() or 1, 20),
    ):
        peer = converted(reports, folder, at_a_time)
        name = f"`soffice --convert-to pdf` of each DOCX, {told} ({SAMPLE} of them)"
        yield faster(what, ours, peer, name, times)


def others(count: int) -> list[Report]:
    """The demo's city report as other offices', each figure up to twice what it was, in balance, with its draft.

    Equal ones would flatter us: Typst recognises what it has set before.
    """
    return [_other(city(), f"第{number:04}局", random.Random(number)) for number in range(count)]


def _other(base: Report, agency: str, chance: random.Random) -> Report:
    form = base.statute
    figures: dict[str, Number] = {cell: chance.randint(0, 2 * int(base.figures.get(cell, 0))) for cell in form.inputs}
    for column in form.table("t3").column_ids[:-1]:
        concluded = sum(figures[cell] for cell in form.totals[f"t3.concluded.{column}"].left)
        whole = concluded + figures[f"t3.carried_out.{column}"]
        figures[f"t3.carried_in.{column}"] = min(whole, figures[f"t3.carried_in.{column}"])
        figures[f"t3.received.{column}"] = whole - figures[f"t3.carried_in.{column}"]
    made = replace(
        base, agency=agency, figures=MappingProxyType(figures), derived=frozenset(), draft={}, last_year=None
    ).totalled()
    return replace(made, draft=job.draft_text(made))


def shell(source: Path, kind: str) -> tuple[str, ...]:
    """The command that makes one document."""
    target = source.with_suffix(f".{kind}")
    return sys.executable, "-m", "xlreport", "export", str(source), "--to", kind, "--output", str(target)


def thousand(reports: Sequence[Report], folder: Path) -> float:
    """Milliseconds a report, from workbooks to PDFs, by one command on all cores."""
    source, target = folder / "thousand", folder / "thousand PDF"
    source.mkdir()
    for number, report in enumerate(reports):
        (source / f"{number:04}.xlsx").write_bytes(fill(report))
    start = time.perf_counter()
    command = [sys.executable, "-m", "xlreport", "export", str(source), "--to", "pdf", "--output", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    spent = time.perf_counter() - start
    if sum(1 for _ in target.glob("*.pdf")) != len(reports):
        raise RuntimeError("not every report has its PDF")
    return 1000 * spent / len(reports)


def converted(reports: Sequence[Report], folder: Path, at_a_time: int) -> float:
    """Milliseconds a document, from DOCX to PDF, a process of LibreOffice for each, so many at a time."""
    documents = [job.render(report, "docx") for report in reports[:SAMPLE]]
    profiles = [folder / f"profile {number}" for number in range(at_a_time)]
    for profile in profiles:
        peers.soffice_pdf(documents[0], profile)  # the first run makes the profile
    start = time.perf_counter()
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(_convert, [documents[number::at_a_time] for number in range(at_a_time)], profiles))
    return 1000 * (time.perf_counter() - start) / len(documents)


def _convert(documents: Sequence[bytes], profile: Path) -> None:
    for document in documents:
        peers.soffice_pdf(document, profile)
