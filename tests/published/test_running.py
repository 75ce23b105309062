"""Running heads and feet of a document on paper."""

from __future__ import annotations

import pytest

from xlreport.published.paper import Row
from xlreport.published.ruled import Box, Sheet
from xlreport.published.running import Items, without_running

TABLE = Sheet((Box(80.0, 300.0, 500.0, 700.0),), 1)


def row(text: str, top: float, size: float = 16.0) -> Row:
    return Row(text, 80.0, 500.0, top, size)


def body(page: int) -> Items:
    return [row(f"共收到{page}件", 110.0), TABLE, row(f"其中{page}件", 720.0)]


def pages(head: list[Row], foot: list[Row], count: int = 4) -> list[Items]:
    return [[*head, *body(page), *foot] for page in range(count)]


PLAIN = pages([], [])


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ([row("某局内部资料", 40.0, 9.0)], []),
        ([row("某局内部资料", 40.0)], []),
        ([], [row("第 1 页 共 4 页", 790.0, 9.0)]),
        ([row("某局", 30.0, 9.0), row("内部资料", 45.0, 9.0)], [row("某局印", 780.0, 9.0), row("1", 795.0, 9.0)]),
    ],
)
def test_left_out(head: list[Row], foot: list[Row]) -> None:
    """A head or foot, of a line or two, with or without the number of the page, goes; the text stays."""
    numbered = [
        [
            item._replace(text=item.text.replace("1", str(n))) if isinstance(item, Row) and item in foot else item
            for item in items
        ]
        for n, items in enumerate(pages(head, foot), 1)
    ]
    assert without_running(numbered, [842.0] * 4) == PLAIN


def test_two_kinds_of_pages() -> None:
    """So do heads of odd and even pages, and those from the second page on."""
    mixed = [[row("奇数页" if n % 2 else "偶数页", 40.0, 9.0), *items] for n, items in enumerate(PLAIN, 1)]
    assert without_running(mixed, [842.0] * 4) == PLAIN
    later = [items if n == 0 else [row("某局", 40.0, 9.0), *items] for n, items in enumerate(PLAIN)]
    assert without_running(later, [842.0] * 4) == PLAIN


def test_a_text_that_repeats_itself() -> None:
    """A text that says the same in every line keeps its first and last lines, and so does a line that stands once."""
    same: list[Items] = [[row("公开" * 14, 110.0 + 29 * n) for n in range(22)] for _ in range(5)]
    assert without_running(same, [842.0] * 5) == same
    once = [[row("某局", 40.0, 9.0), *PLAIN[0]], *PLAIN[1:]]
    assert without_running(once, [842.0] * 4) == once
    within = [[row("单位：件", 300.0, 9.0), *items] for items in PLAIN]
    assert without_running(within, [842.0] * 4) == within
    assert without_running([], []) == []
