"""Every word and figure of any report comes out of each format, in order, or an error says why not.

XLREPORT_EXAMPLES=1000 looks at a thousand reports instead of a dozen.
"""

from __future__ import annotations

import os
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.document.pdftexts import pdf_words
from tests.document.texts import docx_words, html_words, outline_words, squeezed
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.html import render_html
from xlreport.document.outline import Outline
from xlreport.document.pdf import render_pdf
from xlreport.errors import InputError
from xlreport.form import FORMS, load_form
from xlreport.report import Report

EXAMPLES = int(os.environ.get("XLREPORT_EXAMPLES", "12"))

PRINTABLE = (
    *(
        "公开",
        "2024年",
        "镕喆堃祎",
        "𠮷",
        "㎡①℃",
        "“引”",
        "——",
        "……",
        "（一）主动公开",
        "《条例》，",
        "12345678901234567890",
    ),
    *(
        "<b>",
        "&amp;",
        '"',
        "'",
        "{{ x }}",
        "{% if %}",
        "#let",
        "$x$",
        "\\",
        "]]>",
        "a" * 80,
        "https://a.gov.cn/b?c=d&e=f",
    ),
    *(
        "\n",
        "\n（二）甲\n",
        "　",
        "\t",
        " ",
        "office fi fl",
        "MIXED mixed",
        "é",
        "°",
        "％",
        "〔2025〕3号",
        "—" * 40,
        "1,234.5",
    ),
)
ODD = ("\u200f", "\u202e", "😀", "\U00030000", "\x07", "\ufeff", "\u0000", "\ud800", "\u200b")
"""Direction marks, emoji, an ideograph that no font has, control characters."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What neither XML nor a page can hold."""

texts = st.lists(st.sampled_from(PRINTABLE), max_size=40).map("".join)
odd_texts = st.lists(st.sampled_from([*PRINTABLE, *ODD]), max_size=40).map("".join)
long_text = st.sampled_from(PRINTABLE[:8]).map(lambda word: word * (10_000 // len(word)))
all_texts = st.sampled_from([texts] * 12 + [odd_texts, long_text]).flatmap(lambda kind: kind)
"""Of fourteen texts one may hold what cannot be printed, and one has ten thousand characters."""
figures = st.one_of(st.none(), st.integers(0, 10**6), st.just(12345678901234567890))


@st.composite
def reports(draw, words=texts) -> Report:
    """A report of either form with any text in any of its places, and any figures."""
    form = load_form(draw(st.sampled_from(FORMS)))
    keys = draw(st.sets(st.sampled_from(sorted(form.text_keys)), max_size=4))
    text = {key: draw(words) for key in sorted(keys)}
    cells = draw(st.sets(st.sampled_from(sorted(form.figures)), max_size=12))
    found = {cell: value for cell in sorted(cells) if (value := draw(figures)) is not None}
    agency = "".join(draw(st.lists(st.sampled_from(PRINTABLE[:8]), max_size=5)))
    return Report(form.id, agency, draw(st.sampled_from([None, 2024])), found, text)


def steady(examples: int):
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    phases = [Phase.explicit, Phase.reuse, Phase.generate]  # to shrink a PDF takes minutes
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks, phases=phases)


def same(outline: Outline) -> None:
    """The words of the outline come out of each format, or the PDF names a character that cannot be printed."""
    words = squeezed([_FORBIDDEN.sub("", word) for word in outline_words(outline)])
    assert squeezed(docx_words(render_docx(outline))) == words
    assert squeezed(html_words(render_html(outline))) == words
    odd = {f"U+{ord(c):04X}" for word in outline_words(outline) for c in word if c in ODD}
    if odd:
        with pytest.raises(InputError) as refused:
            render_pdf(outline)
        assert any(code in refused.value.tell() for code in odd)
    else:
        assert squeezed(pdf_words(render_pdf(outline))) == words


@steady(EXAMPLES)
@given(reports(all_texts))
def test_every_word(report: Report) -> None:
    """Rare characters, markup, long words, long and empty sections and numbers are found in all formats, in order.

    Of direction marks, emoji and the like the PDF names one, and is not made.
    """
    same(compose(report))


@steady(max(2, EXAMPLES // 6))
@given(long_text)
def test_ten_thousand_characters(text: str) -> None:
    """So are ten thousand characters in one paragraph."""
    same(compose(Report("2021", "某局", 2024, text={"problems": text})))


@steady(2 * EXAMPLES)
@given(st.lists(st.sampled_from([*ODD, "公开"]), min_size=1, max_size=6).map("".join))
def test_what_cannot_be_printed(text: str) -> None:
    """What has no glyph stops the PDF with an error that names its code; Word and the page hold what XML can hold."""
    outline = compose(Report("2021", "某局", 2024, text={"problems": f"甲{text}乙"}))
    kept = _FORBIDDEN.sub("", f"甲{text}乙")
    assert "".join(squeezed([kept])) in "".join(squeezed(docx_words(render_docx(outline))))
    assert "".join(squeezed([kept])) in "".join(squeezed(html_words(render_html(outline))))
    odd = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs")] or [c for c in text if c in ODD]
    if odd:
        with pytest.raises(InputError, match=rf"U\+({'|'.join(f'{ord(c):04X}' for c in text if c in ODD)})"):
            render_pdf(outline)
    else:
        same(outline)
