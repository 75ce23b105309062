"""The figures that a report's text states, tied to its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from xlreport.finding import Stated
from xlreport.form.weigh import Number
from xlreport.narrative.reading.claim import Claim
from xlreport.narrative.reading.lexicon import lexicon
from xlreport.narrative.reading.reader import Reader
from xlreport.narrative.reading.tables import Tables, tables
from xlreport.report import Report

QUOTED = 60
"""Characters of a long sentence that are quoted on either side of a figure."""

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?|\n")
_TELLING = re.compile(r"[0-9０-９未无没零]|[〇一二两三四五六七八九十百千万][件宗起例份]")
"""What a sentence has that states a figure."""

_FEE = re.compile("处理费|处理相关费")

_REQUESTS = ("overview.on_request", "note.t3", "note.t4")


def stated(report: Report) -> tuple[Stated, ...]:
    """Every figure in the words of `report`, in their order.

    A figure that agrees with the cells it states, one that contradicts them, or another one: dates, numbers of
    documents and telephones are left out. Zeros told in words (没有收到…) are listed where they are tied. A figure
    contradicts only where nothing else can be meant.
    """
    known, texts = tables(report), report.words
    keys = [key for key in report.statute.text_keys if key in texts]
    figures = [figure for key in keys for figure in _of_text(key, texts[key], report, known)]
    agreed = {cell for figure in figures if figure.status == "agrees" for cell in figure.cells}
    return tuple(
        _parted(figure) if figure.part and not agreed.isdisjoint(figure.cells) else figure for figure in figures
    )


def _parted(figure: Stated) -> Stated:
    """A part's figure, where the whole stands elsewhere in the text."""
    return Stated(figure.text, figure.sentence, figure.figure, figure.value, "other")


def processing_fees(figures: Iterable[Stated]) -> tuple[Stated, ...]:
    """Those of `figures` that are amounts in 元 in a sentence about the fee for handling information (信息处理费)."""
    return tuple(figure for figure in figures if figure.figure.endswith("元") and _FEE.search(figure.sentence))


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
        else:
            reader.about(sentence)


def _tied(key: str, sentence: str, claim: Claim, known: Tables) -> Stated | None:
    """The claim held against the tables; None for a zero in words that is tied to nothing."""
    figure, quote = sentence[claim.start : claim.end], _quote(sentence, claim)
    found = [(cells, *total) for cells in claim.options for total in known.total(cells)]
    for cells, total, _ in found:
        if _same(claim, total):
            return Stated(key, quote, figure, claim.value, "agrees", cells, total)
    if claim.sure and found and all(not growing or claim.value < total for _, total, growing in found):
        cells, total, _ = found[0]
        return Stated(key, quote, figure, claim.value, "contradicts", cells, total, part=claim.part)
    if claim.worded:
        return None
    judged = claim.sure and claim.value and not claim.part  # a blank counts as 0
    blank = next((blank for cells in claim.options if judged and (blank := known.blank(cells))), ())
    return Stated(key, quote, figure, claim.value, "other", blank=blank)


def _same(claim: Claim, total: Number) -> bool:
    """Whether figure and total are the same, to the last digit of the one that has fewer."""
    exponent = total.as_tuple().exponent if isinstance(total, Decimal) else 0
    step = max(claim.step, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))
    gap = abs(Decimal(claim.value) - total)
    return gap * 2 < step or gap * 2 == step != 1


def _quote(sentence: str, claim: Claim) -> str:
    """The sentence, or of a long one what stands around the figure."""
    start, end = max(claim.start - QUOTED, 0), claim.end + QUOTED
    if len(sentence) <= 2 * QUOTED:
        return sentence.strip()
    return ("…" if start else "") + sentence[start:end].strip() + ("…" if end < len(sentence) else "")
