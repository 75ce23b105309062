"""The date that a document bears, so that the same report gives the same bytes."""

from __future__ import annotations

import os

from xlreport.errors import UsageError

LAST = 253_402_300_799
"""The end of the year 9999."""


def source_date() -> int | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds since 1970; None where it is not set.

    Raises UsageError when it is no such number.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and int(text[:13]) <= LAST):
        raise UsageError("document.epoch", text=text[:20])
    return int(text)
