"""A collection as one HTML page that works from a file: how complete it is, how good, what is wrong most often.

The table sorts, filters and turns its pages by a small script of our own, however many lines it has; without scripts
its first lines are there.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from xlreport.collect import back
from xlreport.collect.collection import ALSO, RETURNS, Collection
from xlreport.collect.match import WRONG, Line, Seen, flags
from xlreport.collect.remarks import remarks
from xlreport.finding import plain
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.messages import say
from xlreport.results import told

if TYPE_CHECKING:
    from jinja2 import Template

WEB = Path(__file__).with_name("web")
VERDICTS = ("pass", "warnings", "fail", "unusable")
OTHERWISE = ("year", "form")
"""States that are told of instead of a verdict: what was judged is not what was asked for."""

STEPS = ((0, 0), (1, 2), (3, 5), (6, 10), (11, None))
"""Errors of a report, as the distribution counts them."""

MOST_RULES = 12
MISSING = 200
"""Units that are named as missing; the table has all."""

PAGE = 200
"""Lines of the table that are shown at a time."""

ROWS = "@rows@"
"""Where the lines of the table go."""

TREND = (
    "t2.licensing.decisions",
    "t2.penalty.decisions",
    "t2.compulsion.decisions",
    "t3.received.total",
    "t3.granted.total",
    "t3.partly_granted.total",
    "t3.concluded.total",
    "t3.carried_out.total",
    "t4.reconsideration.total",
    "t4.litigation_direct.total",
    "t4.litigation_after_reconsideration.total",
)
"""What is compared with last year: the same thing in every form."""


class Tally:
    """What is counted while the findings and figures go by, so that they need not be held.

    By form: sums, of the totals of the reports that count; summed, how many those are; forms, how many there are.
    trend: last year's and this year's totals of those who reported in both; both: how many did.
    """

    def __init__(self) -> None:
        self.rules: Counter[str] = Counter()
        self.sums: dict[str, dict[str, Number]] = {}
        self.forms: Counter[str] = Counter()
        self.summed: Counter[str] = Counter()
        self.trend: dict[str, tuple[float, float]] = {}
        self.both = 0

    def add(self, seen: Seen, known: Mapping[str, Any], *, counts: bool) -> None:
        """Count a report: each rule once, and, if it `counts` for the sums, the totals of its rows."""
        self.rules.update({one["code"] for one in known["findings"] if one["severity"] != "note"})
        if seen.form:
            self.forms[seen.form] += 1
            self.summed[seen.form] += counts
        for cell, value in known["figures"].items() if counts else ():
            if cell.endswith(".total") or cell.startswith("t2."):
                sums = self.sums.setdefault(seen.form, {})
                sums[cell] = sums.get(cell, 0) + _exact(value)

    @property
    def form(self) -> str:
        """The form that most of the reports that count follow; of two that are as frequent, the later."""
        return max(+self.summed, key=lambda form: (self.summed[form], form), default="")

    def compare(self, now: Mapping[str, Any], last: Mapping[str, Any]) -> None:
        """Count the figures of a unit this year and last year."""
        self.both += 1
        for cell in TREND:
            if cell in now and (before := plain(last.get(cell))) is not None:
                old, new = self.trend.get(cell, (0, 0))
                self.trend[cell] = old + before, new + now[cell]


def _exact(value: float) -> Number:
    """A figure as it was typed, so that many of them add up to the last digit."""
    return value if isinstance(value, int) else Decimal(str(value))


class Bar(NamedTuple):
    """A line of a chart: what it is called, parts by verdict (or one part), and their sum."""

    name: str
    parts: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> int:
        """All of them."""
        return sum(count for _, count in self.parts)


class Change(NamedTuple):
    """A line of the trend: a figure last year and this year, and each as a share in a hundred of the larger."""

    sheet: str
    name: str
    last: float
    now: float

    @property
    def shares(self) -> tuple[float, float]:
        """How long its bars are."""
        most = max(self.last, self.now)
        if most <= 0:  # sums of figures that are wrong, and told of where they stand
            return 0, 0
        return round(100 * max(self.last, 0) / most, 1), round(100 * max(self.now, 0) / most, 1)

    @property
    def percent(self) -> str:
        """By how much it grew or shrank; "" where there was nothing to grow from."""
        return f"{100 * (self.now - self.last) / self.last:+.1f}%".replace("-", "−") if self.last > 0 else ""


class Row(NamedTuple):
    """A line of the table, as the script gets it: what each column shows, how it looks, where its link leads."""

    unit: str
    kind: str
    parent: str
    state: str
    state_look: str
    verdict: str
    verdict_look: str
    link: str
    errors: int | str
    warnings: int | str
    flags: str
    files: tuple[str, ...]


def summary_page(collection: Collection, tally: Tally, language: str = "zh") -> Iterator[bytes]:
    """The page, piece by piece. The same collection gives the same bytes."""
    head, mark, tail = told.clean(_page(collection, tally, language)).rpartition(ROWS)  # a file may be named so too
    assert mark, "the place of the lines is on the page"
    yield head.encode()
    for number, line in enumerate(collection.lines):
        yield f"{',' if number else ''}\n{_json(_row(line, language))}".encode()
    yield tail.encode()


def _page(collection: Collection, tally: Tally, language: str) -> str:
    """The page without the lines of its table but for the first ones, which stand there for who runs no scripts."""

    def word(key: str, **values: object) -> str:
        return say(f"collect.{key}", language, **values)

    script = (WEB / "table.js").read_text(encoding="utf-8")
    missing = [line.unit for line in collection.lines if line.state == "missing"]
    return _template().render(
        word=word,
        language=language,
        script=script,
        digest=b64encode(sha256(f"\n{script}\n".encode()).digest()).decode(),
        style=(WEB / "summary.css").read_text(encoding="utf-8"),
        collection=collection,
        told=collection.summary(language),
        counts=Counter(line.verdict for line in collection.lines if line.unit.name),
        standing=collection.standing(),
        also=ALSO,
        missing=missing[:MISSING],
        more_missing=len(missing[MISSING:]),
        groups=_groups(collection),
        steps=_steps(collection, language),
        rules=_common(collection, tally, language),
        sums=_sums(tally),
        summed=tally.summed[tally.form],
        unsummed=tally.forms.total() - tally.summed[tally.form],
        other_form=tally.summed.total() - tally.summed[tally.form],
        trend=_trend(tally),
        both=tally.both,
        rows=[_row(line, language) for line in collection.lines[:PAGE]],
        page=PAGE,
        mark=ROWS,
        verdicts=VERDICTS,
        otherwise=[name for name in OTHERWISE if any(line.verdict == name for line in collection.lines)],
    )


def _json(row: Row) -> str:
    """A line of the table as data within a page."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _common(collection: Collection, tally: Tally, language: str) -> list[tuple[str, str, int]]:
    """Rules with what they are called and how many reports break them; files that cannot be used are one line."""
    titles = {code: told.title(code, language) for code in tally.rules}
    found = [(code, title, tally.rules[code]) for code, title in titles.items() if title]
    unread = sum(seen.status == "unusable" and not seen.key for seen in collection.files)
    if unusable := unread + sum(tally.rules[code] for code, title in titles.items() if not title):
        found.append(("—", say("collect.verdict.unusable", language), unusable))
    return sorted(found, key=lambda one: (-one[2], one[0]))[:MOST_RULES]


def _groups(collection: Collection) -> list[Bar]:
    """Verdicts by kind of unit."""
    kinds: dict[str, Counter[str]] = {}
    for line in collection.lines:
        if line.unit.name:
            kinds.setdefault(line.unit.kind or "—", Counter())[line.verdict or "missing"] += 1
    names = (*VERDICTS, *OTHERWISE, "missing")
    return [
        Bar(kind, tuple((name, found[name]) for name in names if found[name])) for kind, found in sorted(kinds.items())
    ]


def _steps(collection: Collection, language: str) -> list[Bar]:
    """How many units have how many errors."""
    named = (line for line in collection.lines if line.unit.name)
    errors = [line.counts[0] for line in named if line.status in ("pass", "warnings", "fail")]
    bars = []
    for low, high in STEPS:
        name = (
            str(low)
            if low == high
            else f"{low}–{high}"
            if high
            else say("collect.page.more_than", language, count=low - 1)
        )
        count = sum(low <= number and (high is None or number <= high) for number in errors)
        bars.append(Bar(name, (("fail" if low else "pass", count),)))
    return bars


def _sums(tally: Tally) -> list[tuple[str, str, float | None]]:
    """The totals of the rows, added up, by what the form calls them: of the form that most of them follow."""
    found = tally.sums.get(tally.form, {})
    return [(*_names(tally.form, cell), plain(value)) for cell, value in found.items() if value]


def _trend(tally: Tally) -> list[Change]:
    """The figures that tell how much there was to do, and how they changed."""
    form = max(tally.forms, default="")
    found = []
    for cell in TREND:
        last, now = tally.trend.get(cell, (0, 0))
        if last or now:
            found.append(Change(*_names(form, cell), last, now))
    return found


def _names(form: str, cell: str) -> tuple[str, str]:
    """What a form calls a figure: its table, its row (and its column, where that is no total)."""
    figure = load_form(form).figures[cell]
    return figure.sheet, "·".join(figure.names[:-1] if cell.endswith(".total") else figure.names)


def _row(line: Line, language: str) -> Row:
    counts = line.counts if any(seen.key for seen in line.files) else ("", "")
    return Row(
        line.unit.name or "—",
        line.unit.kind,
        line.unit.parent,
        say(f"collect.state.{line.state}", language),
        "is-fail" if line.state in WRONG | {"refused"} else "is-warnings" if line.state == "late" else "",
        say(f"collect.verdict.{line.status}", language) if line.status else "",
        f"is-{line.verdict}",
        next(_links(line), ""),
        counts[0],
        counts[1],
        flags(line, language),
        tuple(seen.name for seen in line.files),
    )


def _links(line: Line) -> Iterator[str]:
    """To the lists that go back, and to the messages where there is no more than a message."""
    keyed = [seen for seen in line.files if seen.key]
    yield from (_link(seen, 0) for seen in keyed if seen.status in VERDICTS[1:])
    yield from (_link(seen, 1) for seen in keyed if any(remarks(line, seen)))


def _link(seen: Seen, place: int) -> str:
    return quote(back.places(Path(RETURNS), seen.name)[place].as_posix())


@cache
def _template() -> Template:
    from xlreport.safe.jinja import environment

    return environment(WEB, escape=True).get_template("summary.html")
