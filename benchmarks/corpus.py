"""Thousands of workbooks made from the two real reports of the demo, some wrong, some broken in one of twenty ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.collect.broken import KINDS
from tests.samples import bureau, city
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.workbook.fill import fill

WRONG = 10
"""One report in so many has a figure that does not agree."""

KIND = tuple(KINDS.values())


class Corpus(NamedTuple):
    """`size` workbooks, one in `broken` of them broken."""

    size: int
    broken: int = 100

    def expected(self) -> Iterator[tuple[str, str]]:
        """Names of all files, each with what it must be."""
        for number in range(self.size):
            suffix, status = ".xlsx", "fail" if number % WRONG == 0 else "pass"
            if self._is_broken(number):
                suffix, _, status = self._kind(number)
            yield f"{number % 100:02}/{number:05}{suffix}", status

    def write(self, folder: Path) -> None:
        """All files, in a hundred folders, by as many processes as there are cores."""
        with ProcessPoolExecutor() as pool:
            list(pool.map(partial(self._write, folder), range(self.size), chunksize=50))

    def _write(self, folder: Path, number: int) -> None:
        target = folder / f"{number % 100:02}"
        target.mkdir(parents=True, exist_ok=True)
        if self._is_broken(number):
            suffix, make, _ = self._kind(number)
            (target / f"{number:05}{suffix}").write_bytes(make())
        else:
            (target / f"{number:05}.xlsx").write_bytes(fill(one(number)))

    def _is_broken(self, number: int) -> bool:
        return number % self.broken == 1

    def _kind(self, number: int) -> tuple[str, Callable[[], bytes], str]:
        return KIND[number // self.broken % len(KIND)]


def one(number: int) -> Report:
    """One of the two real reports of the demo, as another office's; in some a figure is one too many."""
    base = city() if number % 4 == 0 else bureau()
    figures: dict[str, Number] = dict(base.figures)
    if number % WRONG == 0:
        figures["t3.received.natural_person"] = figures.get("t3.received.natural_person", 0) + 1
    return replace(base, agency=f"第{number:05}局", figures=MappingProxyType(figures))
