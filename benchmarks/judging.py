"""What the rules are measured on."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from xlreport.data import parse_report
from xlreport.form.weigh import weigh
from xlreport.report import Report

CASE = Path(__file__).parents[2] / "shared" / "cases" / "published" / "suqian_2024.json"


def long_report(drafted: Report) -> Report:
    """A real report whose section 一 alone has 3,370 characters; a drafted one where real ones are not at hand."""
    return parse_report(CASE.read_bytes()).settled() if CASE.is_file() else drafted


def many(report: Report, count: int) -> list[Report]:
    """As many reports, typed and computed totals by turns, a mistake in some and a blank in others."""
    chance = random.Random(2024)
    made = []
    for number in range(count):
        figures = dict(report.figures)
        if number % 3 == 0:
            figures[chance.choice(list(figures))] += 1
        if number % 5 == 0:
            del figures[chance.choice(list(figures))]
        one = replace(report, figures=MappingProxyType(figures), derived=frozenset())
        made.append(one.totalled() if number % 2 else one)
    return made


def one_by_one(reports: list[Report]) -> list[list[str]]:
    """The verdict on every relation of every report, as the rules weigh them."""
    found: list[list[str]] = []
    for report in reports:
        blanks = report.blanks()
        found.append([weigh(relation, report.figures, blanks).verdict for relation in report.statute.relations])
    return found
