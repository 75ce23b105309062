"""What is to be said of words of a published report whose section is not certain: none is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xlreport.finding import Finding
from xlreport.form import Form
from xlreport.published.page import squeezed

_QUOTED = 30
"""Characters of it that are quoted."""


class Unplaced(NamedTuple):
    """Sections without a heading, or known by its number alone (heading by section), words above tables (by table).

    before: all words before the first heading; they are read as the preamble where the report has a title (`titled`).
    compared: a program that compares reports has added to the headings.
    """

    missing: tuple[str, ...]
    guessed: Mapping[str, str]
    above: Mapping[str, str]
    before: str
    titled: bool
    compared: bool


def doubts(words: Unplaced, form: Form) -> Iterator[Finding]:
    """One finding for each way in which words may be lost, or stand under another key than they should."""
    before = squeezed(words.before)
    quoted = {"count": len(before), "text": before[:_QUOTED]}
    names = {section.id: section.heading for section in form.sections}
    if len(words.missing) == len(names):
        if before:
            yield Finding("PUB-TEXT", "warning", f"published.text.{'none' if words.titled else 'nothing'}", quoted)
        return
    if words.missing:
        listed = "、".join(f"“{names[id_]}”" for id_ in words.missing)
        yield Finding("PUB-TEXT", "warning", "published.text.missing", {"sections": listed})
    if "。" in before and not words.titled:
        yield Finding("PUB-TEXT", "warning", "published.text.before", quoted)
    if words.compared:
        yield Finding("PUB-TEXT", "warning", "published.text.compared")
    for id_, heading in words.guessed.items():
        yield Finding("PUB-READ", "note", "published.text.guessed", {"shown": heading, "due": names[id_]})
    for id_, text in words.above.items():
        values = {"sheet": form.table(id_).sheet, "text": squeezed(text)[:_QUOTED]}
        yield Finding("PUB-READ", "note", "published.text.above", values)
