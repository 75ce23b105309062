"""SOURCE_DATE_EPOCH."""

from __future__ import annotations

import pytest

from xlreport.document.epoch import source_date
from xlreport.errors import UsageError


def test_a_date(monkeypatch):
    """Seconds since 1970 are taken as they are, and nothing where nothing is set."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert source_date() == 1_700_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert source_date() is None


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "٣", "9" * 30])
def test_no_date(monkeypatch, text):
    """What is no date within four-digit years is named."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        source_date()
