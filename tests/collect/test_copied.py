"""xlreport.collect.copied: texts that stand in reports of several offices."""

from __future__ import annotations

from xlreport.collect.copied import COMMON, Shared, prints, shared

ONE = "一是政策解读形式单一，多为文字；二是公开栏目更新不够及时，3个栏目长期没有维护。"
NUMBERED = "（一）政策解读形式单一,多为文字。（二）公开栏目更新不够及时，12个栏目长期没有维护！"
OTHER = "申请答复的文书格式不统一，说理不充分。已印发范本，组织培训，逐件审核。"


def alike(*texts: str) -> list[Shared]:
    return list(shared((number, prints(text)) for number, text in enumerate(texts)))


def test_copied() -> None:
    """The same sentences under other numbers, ordinals and marks are the same; others are not."""
    assert alike(ONE, OTHER, NUMBERED) == [(0, 2, 1.0)]


def test_share() -> None:
    """Half of the shorter text is much; less is not."""
    a, b, c, d = ("甲" * 20, "乙" * 20, "丙" * 20, "丁" * 21)
    assert alike(f"{a}。{b}", f"{a}。{c}。{c[1:]}") == [(0, 1, 0.5)]
    assert alike(f"{a}。{d}", f"{a}。{c}。{c[1:]}") == []


def test_most_alike_first() -> None:
    """Pairs come in the order of how much they share."""
    a, b = "甲" * 20, "乙" * 20
    pairs = alike(f"{a}。{b}", f"{a}。{'丙' * 20}", f"{b}。{a}")
    assert [(pair.one, pair.other) for pair in pairs] == [(0, 2), (0, 1), (1, 2)]


def test_given_to_all() -> None:
    """A sentence that more than fifty offices have was given to them; no pair is made of it."""
    for offices, pairs in ((COMMON, COMMON * (COMMON - 1) // 2), (COMMON + 1, 0)):
        assert len(alike(*[ONE.split("；", maxsplit=1)[0]] * offices)) == pairs


def test_nothing() -> None:
    """Offices that wrote nothing are like nobody."""
    assert alike("", "无。", " ") == []
