"""Words made to be slow are read in linear time."""

from __future__ import annotations

import time

import pytest

from tests.conftest import HANGING
from tests.narrative.reading.made import report
from xlreport.narrative.reading import stated

BARE = ["（", "共计", "没有", "甲", "a", "第", "“", "以及", "零", "http://a"]
DENSE = [
    "1",
    "1,111",
    "（1）",
    "予以公开、",
    "收到甲",
    "一",
    "a1",
    "2024年1月",
    "〔2021〕",
    "行政复议和",
    "1.1",
    "我局",
    "千万",
]


@pytest.mark.parametrize(("seed", "size"), [(s, 1_000_000) for s in BARE] + [(s, 60_000) for s in DENSE])
def test_linear(seed, size):
    """Ten times as many characters do not make it hang."""
    taken = []
    for length in (size // 10, size):
        text = seed * (length // len(seed)) + "收到政府信息公开申请1件"
        begun = time.process_time()
        told = stated(report(text))
        taken.append(time.process_time() - begun)
        assert all(len(figure.sentence) < 400 for figure in told)
    assert taken[1] < max(60 * taken[0], HANGING)


def test_empty():
    """No words, no figures."""
    assert stated(report("")) == ()
    assert stated(report(" \n。，（）\n")) == ()
