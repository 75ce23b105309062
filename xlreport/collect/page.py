"""A collection as one HTML page that works from a file: how complete it is, how good, what is wrong most often.

The table sorts and filters by a small script of our own; without scripts it is a table.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Template

from xlreport.collect import back
from xlreport.collect.collection import RETURNS, Collection
from xlreport.collect.match import Line, Seen
from xlreport.collect.status import flags
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.messages import say
from xlreport.results import told

WEB = Path(__file__).with_name("web")
VERDICTS = ("pass", "warnings", "fail", "unusable")
STEPS = ((0, 0), (1, 2), (3, 5), (6, 10), (11, None))
"""Errors of a report, as the distribution counts them."""

MOST_RULES = 12
MISSING = 200
"""Units that are named as missing; the table has all."""


class Tally:
    """What is counted while the findings and figures go by, so that they need not be held."""

    def __init__(self) -> None:
        self.rules: Counter[str] = Counter()
        self.sums: dict[str, Number] = {}
        self.forms: Counter[str] = Counter()

    def add(self, seen: Seen, known: Mapping[str, Any]) -> None:
        """Count a report: each rule once, and the totals of its rows."""
        self.rules.update({one["code"] for one in known["findings"] if one["severity"] != "note"})
        if seen.form:
            self.forms[seen.form] += 1
        for cell, value in known["figures"].items():
            if cell.endswith(".total"):
                self.sums[cell] = self.sums.get(cell, 0) + value


class Bar(NamedTuple):
    """A line of a chart: what it is called, parts by verdict (or one part), and their sum."""

    name: str
    parts: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> int:
        """All of them."""
        return sum(count for _, count in self.parts)


class Row(NamedTuple):
    """A line of the table."""

    line: Line
    state: str
    verdict: str
    flags: str
    link: str


def summary_page(collection: Collection, tally: Tally, language: str = "zh") -> str:
    """The page. The same collection gives the same text."""

    def word(key: str, **values: object) -> str:
        return say(f"collect.{key}", language, **values)

    script = (WEB / "table.js").read_text(encoding="utf-8")
    states = [line.state for line in collection.lines]
    missing = [line.unit for line in collection.lines if line.state == "missing"]
    text = _template().render(
        word=word,
        language=language,
        script=script,
        digest=b64encode(sha256(f"\n{script}\n".encode()).digest()).decode(),
        style=(WEB / "summary.css").read_text(encoding="utf-8"),
        collection=collection,
        told=collection.summary(language),
        counts={name: sum(line.status == name for line in collection.lines) for name in VERDICTS},
        due=len(collection.roster.due) if collection.roster else None,
        states=Counter(states),
        missing=missing[:MISSING],
        more_missing=len(missing[MISSING:]),
        groups=_groups(collection),
        steps=_steps(collection, language),
        rules=[(code, told.title(code, language), count) for code, count in _common(tally)],
        sums=_sums(tally),
        rows=[_row(line, language) for line in collection.lines],
        verdicts=VERDICTS,
    )
    return told.clean(text)


def _common(tally: Tally) -> list[tuple[str, int]]:
    return sorted(tally.rules.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_RULES]


def _groups(collection: Collection) -> list[Bar]:
    """Verdicts by kind of unit."""
    kinds: dict[str, Counter[str]] = {}
    for line in collection.lines:
        if line.unit.name:
            kinds.setdefault(line.unit.kind or "—", Counter())[line.status or "missing"] += 1
    names = (*VERDICTS, "missing")
    return [
        Bar(kind, tuple((name, found[name]) for name in names if found[name])) for kind, found in sorted(kinds.items())
    ]


def _steps(collection: Collection, language: str) -> list[Bar]:
    """How many units have how many errors."""
    errors = [line.counts[0] for line in collection.lines if line.status in ("pass", "warnings", "fail")]
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


def _sums(tally: Tally) -> list[tuple[str, str, Number]]:
    """The totals of the rows, added up, by what the form calls them; forms are not mixed."""
    if len(tally.forms) != 1:
        return []
    (form,) = tally.forms
    figures = load_form(form).figures
    found = []
    for cell, value in tally.sums.items():
        figure = figures[cell]
        if value:
            found.append((figure.sheet, "·".join(figure.names[:-1]), value))
    return found


def _row(line: Line, language: str) -> Row:
    verdict = say(f"collect.verdict.{line.status}", language) if line.status else ""
    link = next((_link(seen) for seen in line.files if seen.key and seen.status in VERDICTS[1:]), "")
    return Row(line, say(f"collect.state.{line.state}", language), verdict, flags(line, language), link)


def _link(seen: Seen) -> str:
    return quote(back.places(Path(RETURNS), seen.name)[0].as_posix())


@cache
def _template() -> Template:
    from xlreport.safe.jinja import environment

    return environment(WEB, escape=True).get_template("summary.html")
