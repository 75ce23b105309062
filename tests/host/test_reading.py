"""Values as programs give them, and as the reader of files has them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from xlreport.host.reading import _text, _value

SAME = [
    (None, ""),
    ("", ""),
    ("12件", "12件"),
    (True, True),
    (3.0, 3.0),
    (0.1 + 0.2, 0.3),
    (1e308, 1e308),
    (Decimal("12.5"), 12.5),
    (dt.datetime(2024, 5, 1), dt.date(2024, 5, 1)),  # noqa: DTZ001
    (dt.datetime(2024, 5, 1, 8, 30), dt.datetime(2024, 5, 1, 8, 30)),  # noqa: DTZ001
    (dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC), dt.datetime(2024, 5, 1, 8, 30)),  # noqa: DTZ001
    (dt.datetime(1899, 12, 30, 12, 0), dt.time(12, 0)),  # noqa: DTZ001
]


@pytest.mark.parametrize(("given", "value"), SAME)
def test_values(given: object, value: object) -> None:
    """Excel's dates with a zone, currency and times without a day are what a file holds; fractions have 15 digits."""
    assert _value(given) == value
    assert type(_value(given)) is type(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("abc", "abc"),
        (3525.0, "3525"),
        (0.1, "0.1"),
        (True, "1"),
        (dt.date(2024, 5, 1), "45413"),
        (dt.datetime(2024, 5, 1, 12), "45413.5"),  # noqa: DTZ001
        (dt.time(12, 0), "0.5"),
    ],
)
def test_texts(value: object, text: str) -> None:
    """A cell in the place of a label is quoted as a file stores it."""
    assert _text(value) == text  # type: ignore[arg-type]
