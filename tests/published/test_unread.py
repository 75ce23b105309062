"""A copy with glosses is refused; words of Latin letters in brackets are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.published.made import document, read, stripped
from tests.samples import city
from xlreport.errors import InputError
from xlreport.published.page import Line, Page
from xlreport.published.unread import check_original

NAMED = "通过客户端（app）、小程序（mp）、办公系统（oa）、网站（web）、智能（ai）和触摸屏（pad）公开信息。"
GLOSSED = "政(zhèng)府信(xìn)息(xī)公(gōng)开情况如(ru)下(xia)。"


@pytest.mark.parametrize("kind", ["html", "docx"])
@pytest.mark.parametrize("made", [document, stripped])
def test_named(made: Callable[..., bytes], kind: str) -> None:
    """A report of ours that names an app, a web site and more is read, with what it carries and without."""
    report = replace(city(), text={**city().text, "overview.lead": NAMED})
    assert read(made(report, kind), kind).report.text["overview.lead"] == NAMED


def test_a_few_glosses() -> None:
    """Some rare words with their sounds, in a long text, make no copy; glosses all over do."""
    long = (Line("正文" * 600), Line(GLOSSED))
    check_original(Page(long))
    with pytest.raises(InputError, match="拼音"):
        check_original(Page((Line("正文"), Line(GLOSSED))))


def test_ours_is_no_copy() -> None:
    """What carries its report is no copy, however it is worded, as long as it shows the same."""
    report = replace(city(), text={**city().text, "overview.lead": GLOSSED * 100})
    assert read(document(report, "html"), "html").report.text["overview.lead"] == GLOSSED * 100
    with pytest.raises(InputError, match="拼音"):
        read(stripped(report, "html"), "html")
    with pytest.raises(InputError, match="拼音"):
        read(document(report, "html").replace(b">75<", b">76<", 1), "html")


@pytest.mark.parametrize("charset", ["big5", "shift_jis"])
def test_encoding(charset: str) -> None:
    """Of a page in an encoding that is not read that is said, and not that tables are pictures."""
    with pytest.raises(InputError) as raised:
        read(stripped(city(), "html").decode().encode(charset, "ignore"), "html")
    assert raised.value.key in ("published.garbled", "published.charset")
