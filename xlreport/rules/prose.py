"""The words of a report, as the rules about words look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlreport.finding import Finding, Severity
from xlreport.report import Report
from xlreport.rules import words

SHEET = "正文"
"""Where a clerk writes them."""

PREAMBLE = "开头说明"
"""What stands before section 一, which has no heading."""

QUOTED = 40
"""Characters that a finding quotes."""

OVERVIEW, PROBLEMS, OTHER = "overview.", "problems", "other_matters"
"""Keys of the text of sections 一 (their beginning), 五 and 六."""


class Passage(NamedTuple):
    """One text of a report: its key, the heading it stands under, and its words."""

    key: str
    place: str
    text: str


def passages(report: Report, *beginnings: str) -> Iterator[Passage]:
    """The texts that have words, in the order of the document; those whose key begins so, or all."""
    form, texts = report.statute, report.words
    for key in form.text_keys:
        text = texts.get(key, "")
        if text and not text.isspace() and (not beginnings or key.startswith(beginnings)):
            yield Passage(key, words.heading(form, key, report.headings) or PREAMBLE, text)


def whole(report: Report, *beginnings: str) -> str:
    """The same in one piece, a newline between two."""
    return "\n".join(passage.text for passage in passages(report, *beginnings))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without the marks that end them."""
    for sentence in re.split(r"[。！？!?\n]", text):
        if sentence and not sentence.isspace():
            yield sentence.strip()


def quote(text: str) -> str:
    """The text on one line, long ones by their beginning."""
    line = " ".join(text[: 4 * QUOTED].split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"


def found(code: str, severity: Severity, case: str = "", **values: object) -> Finding:
    """A finding about words: the sentence `words.CODE.case` with these values."""
    return Finding(code, severity, f"words.{code}.{case or 'text'}", values, addresses=(SHEET,))
