"""What a click sees: the open workbook read, and the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import xlwings as xw

from xlreport import job
from xlreport.finding import Verdict
from xlreport.host.host import Host
from xlreport.host.reading import OpenBook
from xlreport.report import Report
from xlreport.workbook.grid import Grid, grid_of
from xlreport.workbook.places import Place
from xlreport.workbook.read import read_grid


class Sight(NamedTuple):
    """source: every cell as it was read; grid: the named ones; report and verdict: as `xlreport check` has them."""

    source: OpenBook
    grid: Grid
    report: Report
    verdict: Verdict

    @property
    def names(self) -> Mapping[str, Place]:
        """Where the named cells stand."""
        return self.grid.names


def look(book: xw.Book, host: Host) -> Sight:
    """Read and judge an open workbook. Raises FormError for what is none of ours."""
    source = OpenBook(book, host)
    grid = grid_of(source)
    report, findings = read_grid(grid)
    return Sight(source, grid, report, job.judge(Path(book.name), report, findings))
