"""Texts that repeat each other."""

from __future__ import annotations

import pytest

from xlreport.rules.alike import COMMON, MOST, SHORT, Alike, alike, bare, statements

ONE = "一是政策解读形式单一，多为文字；二是公开栏目更新不够及时，3个栏目长期没有维护。"
NUMBERED = "（一）政策解读形式单一,多为文字。（二）公开栏目更新不够及时，12个栏目长期没有维护！"
OTHER = "申请答复的文书格式不统一，说理不充分。已印发范本，组织培训，逐件审核。"


def test_copied() -> None:
    """The same sentences under other numbers, ordinals and marks are the same; others are not."""
    (pair,) = alike({"甲局": ONE, "乙局": OTHER, "丙局": NUMBERED})
    assert pair == Alike("甲局", "丙局", 1.0, ("一是政策解读形式单一，多为文字", ONE.split("；")[1].removesuffix("。")))


def test_share() -> None:
    """Half of the shorter text is much; less is not."""
    a, b, c, d = ("甲" * 20, "乙" * 20, "丙" * 20, "丁" * 21)
    assert [pair.share for pair in alike({"x": f"{a}。{b}", "y": f"{a}。{c}。{c[1:]}"})] == [0.5]
    assert list(alike({"x": f"{a}。{d}", "y": f"{a}。{c}。{c[1:]}"})) == []


def test_most_alike_first() -> None:
    """Pairs come in the order of how much they share."""
    a, b = "甲" * 20, "乙" * 20
    texts = {"x": f"{a}。{b}", "y": f"{a}。{'丙' * 20}", "z": f"{b}。{a}"}
    assert [(pair.one, pair.other) for pair in alike(texts)] == [("x", "z"), ("x", "y"), ("y", "z")]


def test_given_to_all() -> None:
    """A sentence that more than fifty offices have was given to them; no pair is made of it."""
    for offices, pairs in ((COMMON, COMMON * (COMMON - 1) // 2), (COMMON + 1, 0)):
        assert len(list(alike({str(number): ONE.split("；", maxsplit=1)[0] for number in range(offices)}))) == pairs


@pytest.mark.parametrize(("length", "expected"), [(SHORT, 1), (SHORT - 1, 0)])
def test_statements(length: int, expected: int) -> None:
    """Short sentences say too little; beyond a bound none is looked at."""
    assert len(statements("字" * length)) == expected
    assert len(statements("字" * length + "。")) == expected
    assert len(statements(("字" * SHORT + "；") * (MOST + 1))) == MOST


def test_bare() -> None:
    """Ordinals, numbers and marks are nothing; the words are all."""
    assert bare("（三）2024年，“公开” 12 件") == "年公开件"


def test_nothing() -> None:
    """Offices that wrote nothing are like nobody."""
    assert list(alike({"甲局": "", "乙局": "无。", "丙局": " "})) == []
