"""Texts that repeat each other."""

from __future__ import annotations

import pytest

from xlreport.rules.alike import MOST, SHORT, bare, statements


@pytest.mark.parametrize(("length", "expected"), [(SHORT, 1), (SHORT - 1, 0)])
def test_statements(length: int, expected: int) -> None:
    """Short sentences say too little; beyond a bound none is looked at."""
    assert len(statements("字" * length)) == expected
    assert len(statements("字" * length + "。")) == expected
    assert len(statements(("字" * SHORT + "；") * (MOST + 1))) == MOST


def test_bare() -> None:
    """Ordinals, numbers and marks are nothing; the words are all."""
    assert bare("（三）2024年，“公开” 12 件") == "年公开件"
