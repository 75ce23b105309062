"""What may be said: the figures that are known, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlreport.form import Figure, Form
from xlreport.form.weigh import Number
from xlreport.narrative.labels import name
from xlreport.narrative.numbers import change
from xlreport.report import Report

_LIMIT = 10**15
"""Digits that a spreadsheet keeps."""


@dataclass(frozen=True, slots=True)
class Part:
    """A count under its statutory name, and what it consists of; `id` is its (first) cell."""

    id: str
    name: str
    count: Number
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Figures of this year and of the year before. A blank cell, and a sum of blank cells, is not known: None."""

    form: Form
    now: Mapping[str, Number]
    before: Mapping[str, Number]

    def figure(self, *ids: str) -> Number | None:
        """The sum of the cells, None unless all are known."""
        return _sum(self.now, ids)

    def change(self, *ids: str) -> str:
        """How their sum stands to last year's, "" when that is not known."""
        now, before = _sum(self.now, ids), _sum(self.before, ids)
        return "" if now is None or before is None else change(now, before, self.form.figures[ids[0]].unit)

    def applicants(self) -> tuple[Part, ...]:
        """This year's applications by class of applicant, without the classes that have none."""
        row = [f for f in self.form.table("t3").figures if f.row_id == "received" and f.column_id != "total"]
        return _some(self._part(f.names[-1], [f.id]) for f in row)

    def results(self) -> tuple[Part, ...]:
        """The results of table 3 by block, each with its reasons where the form asks for them; no zeros."""
        rows = next(r.left for r in self.form.relations if (r.code, r.key) == ("T3-SUM", "total"))
        blocks: dict[str, list[Figure]] = {}
        for id_ in rows:
            blocks.setdefault(self.form.figures[id_].names[0], []).append(self.form.figures[id_])
        return _some(
            self._part(
                block,
                [f.id for f in figures],
                _some(self._part(f.names[1], [f.id]) for f in figures) if len(figures) > 1 else (),
            )
            for block, figures in blocks.items()
        )

    def outcomes(self, *rows: str) -> tuple[Part, ...]:
        """The outcomes of rows of table 4, summed over them; no zeros."""
        columns = [c for c in self.form.table("t4").column_ids if c != "total"]
        ids = [[f"t4.{row}.{column}" for row in rows] for column in columns]
        return _some(self._part(self.form.figures[each[0]].names[-1], each) for each in ids)

    def decisions(self) -> tuple[Part, ...]:
        """The decisions of table 2 that are known, zeros too."""
        figures = [f for f in self.form.table("t2").figures if f.column_id == "decisions" and f.id in self.now]
        return tuple(self._part(f.names[0], [f.id]) for f in figures)

    def zero(self, prefix: str = "") -> bool:
        """Whether every figure whose id begins so is known to be zero."""
        return all(self.now.get(id_) == 0 for id_ in self.form.figures if id_.startswith(prefix))

    def _part(self, label: str, ids: list[str], parts: tuple[Part, ...] = ()) -> Part:
        return Part(ids[0], name(label), self.figure(*ids) or 0, parts)


def known(report: Report) -> Known:
    """What is known of a report and of the year before it.

    Given totals count as they are, missing ones are computed; what cannot be a figure (-1, 3.5, 1e15) is not known.
    """
    last = report.last_year
    follows = last is not None and (not last.year or not report.year or last.year == report.year - 1)
    return Known(report.statute, _figures(report), _figures(last) if last and follows else {})


def _figures(report: Report) -> dict[str, Number]:
    report = report.settled()
    figures = _certain(report.totalled()) | _certain(report)
    return {id_: value for id_, value in figures.items() if _possible(report.statute.figures[id_], value)}


def _possible(figure: Figure, value: Number) -> bool:
    if not -_LIMIT < value < _LIMIT or (value < 0 and figure.kind != "change"):
        return False
    return figure.kind == "amount" or value == int(value)


def _certain(report: Report) -> dict[str, Number]:
    blank = report.blanks()
    return {id_: value for id_, value in report.figures.items() if id_ not in blank}


def _sum(figures: Mapping[str, Number], ids: Iterable[str]) -> Number | None:
    values = [figures.get(id_) for id_ in ids]
    return None if None in values else sum(value for value in values if value is not None)


def _some(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.count)
