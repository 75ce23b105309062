"""TXT-TREND: what the text says of growth or decline follows from this year's figure and last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlreport.finding import Finding, Stated, Unassessed
from xlreport.form import Figure
from xlreport.narrative.reading import stated
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.prose import Place, found, passages, quote, sentences
from xlreport.rules.rule import Example, Rule
from xlreport.rules.trend import EXACT, NUMBER, UNIT, Percent, half, shown

CODE = "TXT-TREND"

LAST = r"(?:上一?年度?|去年|20\d\d年度?)(?:同期)?"
COMPARED = r"同比|上一?年|去年|[比较与，,（(]\s*20"
"""Words without which no sentence compares two years: a look for them is quick."""

WAY = r"(?:(增长|增加|上升|提高|提升)|(?:下降|减少|回落|降低|下滑))(?:了|幅度为)?"
BY = rf"\s*(\d{{1,9}}(?:\.\d{{1,4}})?)\s*(%|％|{UNIT}){EXACT}"

BEFORE = r"[（(]?\s*(\d{1,9})\s*\2[）)]?"
"""Last year's number, in the same unit (the second group of NUMBER)."""

TO = r"[，,（(]?\s*(?:总数|共计?)?(?:达到?|增至|升至|降至|减至|增加到|减少到)了?\s*"
BOTH = (
    rf"{NUMBER}[，,（(]?\s*[比较与]{LAST}的?{BEFORE}(?:相比)?[，,]?(?:同比)?{WAY}{BY}(?!{TO})",
    rf"{NUMBER}[，,（(]\s*{LAST}[为是]?{BEFORE}[，,](?:同比)?{WAY}{BY}(?!{TO})",
)
"""22起，比2022年（31起）下降29%; 22起，上年为31起，下降29%."""

REACHED = rf"[比较与]{LAST}的?[（(]?\s*{NUMBER}[）)]?(?:相比)?[，,]?(?:同比)?{WAY}{BY}{TO}(\d{{1,9}})\s*\2{EXACT}"
"""较2023年（60件）增加31件，达91件."""

SAME_TIME = r"(?:同比|[比较与](?:上一?年度?|去年)(?:同期)?(?:相比)?)"
ALONE = rf"{NUMBER}[，,（(]?\s*(?:(?:申请)?(?:总量|总数|数量|件数))?{SAME_TIME}[，,]?{WAY}{BY}"
"""22起，同比下降29%."""

INTAKE = ("t3.received.", "t3.carried_in.")


class Change(NamedTuple):
    """A number, by how much it is said to have changed, and in what: `percent` or its own unit."""

    now: int
    unit: str
    up: bool
    by: str
    of: str

    @property
    def percent(self) -> bool:
        """Whether the change is told in hundredths."""
        return self.of in "%％"

    def fits(self, before: int) -> bool:
        """Whether it may be so, or cannot be judged."""
        true = self.true(before)
        if true is None:
            return True
        return Percent.read(self.by).says(true) if self.percent else true == Decimal(self.by)

    def true(self, before: int) -> Decimal | None:
        """What the change is, positive when it goes the way that is told; None when it cannot be said."""
        if (self.percent and not before) or self.of not in (self.unit, "%", "％"):
            return None
        change = self.now - before if self.up else before - self.now
        return Decimal(100 * change) / before if self.percent else Decimal(change)


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    yield from _told(report, stated(report))


def _told(report: Report, figures_in_text: tuple[Stated, ...]) -> Iterator[Finding | Unassessed]:
    """One finding for each change that does not follow; a note where it is a matter of rounding."""
    for place, text in passages(report):
        for sentence in sentences(text):
            if not re.search(COMPARED, sentence):
                continue
            plain = half(sentence)
            for before, change, match in _both(plain):
                if not change.fits(before):
                    yield _finding(change, before, sentence[slice(*match.span())], place)
            for match in re.finditer(ALONE, plain) if report.last_year else ():
                now, unit, up, by, of = match.groups()
                said, end = sentence[slice(*match.span())], match.end(2) - match.start()
                change, cells = Change(int(now), unit, bool(up), by, of), _cells(said, end, figures_in_text)
                bases = list(_bases(report, cells))
                if bases and not any(change.fits(before) for before in bases):
                    yield _finding(change, bases[0], said, place, [report.statute.figures[cell] for cell in cells])


def _both(sentence: str) -> Iterator[tuple[int, Change, re.Match[str]]]:
    """The changes of which the sentence tells both numbers, with last year's."""
    for match in (match for pattern in BOTH for match in re.finditer(pattern, sentence)):
        now, unit, before, up, by, of = match.groups()
        yield int(before), Change(int(now), unit, bool(up), by, of), match
    for match in re.finditer(REACHED, sentence):
        before, unit, up, by, of, now = match.groups()
        yield int(before), Change(int(now), unit, bool(up), by, of), match


def _cells(said: str, end: int, figures_in_text: Sequence[Stated]) -> tuple[str, ...]:
    """The cells that the number which ends at `end` is sure to be the figure of; none where it is not."""
    number = "".join(said[:end].split())
    told = [figure for figure in figures_in_text if figure.figure == number and said in figure.sentence]
    tied = {figure.cells if figure.status == "agrees" else () for figure in told}
    return tied.pop() if len(tied) == 1 else ()


def _bases(report: Report, cells: Sequence[str]) -> Iterator[int]:
    """What last year's report has in these cells; of applications also with those carried in, or without."""
    assert report.last_year is not None
    last, blanks = report.last_year.figures, report.last_year.blanks()
    readings = [list(cells)]
    if cells and all(cell.startswith(INTAKE) for cell in cells):
        columns = dict.fromkeys(cell.rpartition(".")[2] for cell in cells)
        received, carried = ([row + column for column in columns] for row in INTAKE)
        readings += [received, received + carried]
    for reading in readings:
        values = [last[cell] for cell in reading if cell in last and cell not in blanks]
        if values and len(values) == len(reading) and all(isinstance(value, int) for value in values):
            yield int(sum(values))


def _finding(change: Change, before: int, said: str, place: Place, figures: Sequence[Figure] = ()) -> Finding:
    true = change.true(before)
    assert true is not None
    percent = Percent.read(change.by)
    sign = 1 if change.up else -1
    values = {
        "quote": quote(said),
        "before": before,
        "now": change.now,
        "expected": shown(sign * true, sign=True) if change.percent else f"{sign * true:+}".replace("-", "−"),
    }
    severity = percent.severity(true) if change.percent else "warning"
    if not figures:
        return found(CODE, severity, "both", place=place, **values)
    return found(CODE, severity, "last", place=place, **values, cells=words.cells(figures), sheet=figures[0].sheet)


RULE = Rule(
    code=CODE,
    severity="warning",
    basis=("notice-figures", "tool"),
    judge=_judge,
    told=_told,
    wrong=Example(text={"overview.oversight": "全年受理投诉22件，比2023年（31件）下降19%。"}),
    right=Example(text={"overview.oversight": "全年受理投诉22件，比2023年（31件）下降29%。"}),
)
