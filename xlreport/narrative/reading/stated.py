"""The figures that a report's text states, tied to its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, Decimal

from xlreport.finding import Stated
from xlreport.narrative.reading.claims import Claim, Reader
from xlreport.narrative.reading.lexicon import lexicon
from xlreport.narrative.reading.tables import Tables, tables
from xlreport.report import Report

QUOTED = 60
"""Characters of a long sentence that are quoted on either side of a figure."""

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?|\n")
_TELLING = re.compile(r"[0-9０-９未无没零]|[〇一二两三四五六七八九十百千万][件宗起例份]")
"""What a sentence has that states a figure."""

_REQUESTS = ("overview.on_request", "note.t3", "note.t4")


def stated(report: Report) -> tuple[Stated, ...]:
    """Every figure in the words of `report`, in their order.

    A figure that agrees with the cells it states, one that contradicts them, or another one: dates, numbers of
    documents and telephones are left out. Zeros told in words (没有收到…) are listed where they are tied. A figure
    contradicts only where nothing else can be meant.
    """
    known = tables(report)
    texts = report.words
    return tuple(
        figure
        for key in report.statute.text_keys
        if key in texts
        for figure in _of_text(key, texts[key], report, known)
    )


def processing_fees(figures: Iterable[Stated]) -> tuple[Stated, ...]:
    """Those of `figures` that are amounts in 元 in a sentence about the fee for handling information (信息处理费)."""
    return tuple(
        figure
        for figure in figures
        if figure.figure.endswith("元") and "处理" in figure.sentence and "费" in figure.sentence
    )


def _of_text(key: str, text: str, report: Report, known: Tables) -> Iterator[Stated]:
    reader = Reader(report, lexicon(report.form), requests=key in _REQUESTS)
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        if sentence == "\n":
            reader.paragraph()
        elif _TELLING.search(sentence):
            for claim in reader.claims(sentence):
                if figure := _tied(key, sentence, claim, known):
                    yield figure
        elif "申请" in sentence:
            reader.about(sentence)


def _tied(key: str, sentence: str, claim: Claim, known: Tables) -> Stated | None:
    """The claim held against the tables; None for a zero in words that is tied to nothing."""
    figure, quote = sentence[claim.start : claim.end], _quote(sentence, claim)
    found = [(cells, total) for cells in claim.options if (total := known.total(cells))]
    for cells, (total, _) in found:
        if _same(claim, total):
            return Stated(key, quote, figure, claim.value, "agrees", cells, total)
    if claim.sure and found and all(not open_ or claim.value < total for _, (total, open_) in found):
        cells, (total, _) = found[0]
        return Stated(key, quote, figure, claim.value, "contradicts", cells, total, part=claim.part)
    return None if claim.worded else Stated(key, quote, figure, claim.value, "other")


def _same(claim: Claim, total: Decimal | int) -> bool:
    """Whether the figure is the total, to its last digit."""
    gap = abs(Decimal(claim.value) - Decimal(total))
    if claim.step == 1:
        return gap == 0
    return gap * 2 <= claim.step or (
        gap < claim.step and Decimal(total).quantize(claim.step, ROUND_DOWN) == claim.value
    )


def _quote(sentence: str, claim: Claim) -> str:
    """The sentence, or of a long one what stands around the figure."""
    start, end = max(claim.start - QUOTED, 0), claim.end + QUOTED
    if len(sentence) <= 2 * QUOTED:
        return sentence.strip()
    return ("…" if start else "") + sentence[start:end].strip() + ("…" if end < len(sentence) else "")
