"""The words of a report, as the rules about words look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlreport.finding import Finding, Severity
from xlreport.form import Form
from xlreport.report import Report
from xlreport.rules import words

PREAMBLE = "开头说明"
"""What stands before section 一, which has no heading."""

QUOTED = 40
"""Characters that a finding quotes."""

OVERVIEW, PROBLEMS, OTHER = "overview.", "problems", "other_matters"
"""Keys of the text of sections 一 (their beginning), 五 and 六."""


class Place(NamedTuple):
    """Where words stand: the key of their text, and the heading above them."""

    key: str
    heading: str
    form: Form

    @property
    def address(self) -> str:
        """The cell of 正文 for the final text; worked out for a finding only."""
        return words.text_cell(self.form, self.key)


def place_of(report: Report, key: str, heading: str = "") -> Place:
    """The place of a text; `heading` instead of its own, where it stands for a whole section."""
    form = report.statute
    heading = heading or words.heading(form, key, report.headings) or PREAMBLE
    return Place(key, heading, form)


def passages(report: Report, *beginnings: str) -> Iterator[tuple[Place, str]]:
    """The texts that have words, in the order of the document; those whose key begins so, or all."""
    texts = report.words
    for key in report.statute.text_keys:
        text = texts.get(key, "")
        if text and not text.isspace() and (not beginnings or key.startswith(beginnings)):
            yield place_of(report, key), text


def whole(report: Report, *beginnings: str) -> str:
    """The same in one piece, a newline between two."""
    return "\n".join(text for _, text in passages(report, *beginnings))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without the marks that end them."""
    for sentence in re.split(r"[。！？!?\n]", text):
        if sentence and not sentence.isspace():
            yield sentence.strip()


def quote(text: str) -> str:
    """The text on one line, long ones by their beginning."""
    line = " ".join(text[: 4 * QUOTED].split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"


def found(code: str, severity: Severity, case: str = "", *, place: Place, **values: object) -> Finding:
    """A finding about words that stand at `place`: the sentence `words.CODE.case` with these values."""
    key = f"words.{code}.{case or 'text'}"
    return Finding(code, severity, key, {"place": place.heading, **values}, addresses=(place.address,))
