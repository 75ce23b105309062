"""A table that goes on over the page, and rows that the page breaks."""

from __future__ import annotations

import pytest

from xlreport.published.broken import under
from xlreport.published.ruled import Box, Sheet

NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
OPEN = "（一）予以公开"
HEAD = ("", "自然人", "商业企业")

Line = tuple[str, ...]


def sheet(*lines: Line, page: int = 1, split: int | None = None) -> Sheet:
    """Rows of 20 points from the top of a page, the first column 200 wide and the others 50; `split`: its first two."""
    boxes = []
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            left, right = (0 if column == 0 else 150 + 50 * column), 200 + 50 * column
            boxes.append(Box(left, 70 + 20 * row, right, 90 + 20 * row, text, page))
    if split is not None:
        boxes = [box._replace(right=100) if box.top == 70 + 20 * split and not box.left else box for box in boxes]
    return Sheet(tuple(boxes), page)


def rows(found: Sheet | None) -> list[Line]:
    assert found is not None
    spots = found.table().spots
    return [tuple(x.text for x in spots if x.row == row) for row in sorted({x.row for x in spots})]


@pytest.mark.parametrize(
    ("last", "first", "whole"),
    [
        ((NEW[:9], "9129", "0"), (NEW[9:], "4", ""), (NEW, "9129\n4", "0")),
        ((NEW, "9129", "0"), ("", "4", ""), (NEW, "9129\n4", "0")),
        ((NEW[:9], "", ""), (NEW[9:], "4", "0"), (NEW, "4", "0")),
        ((NEW[:9].replace("新", "度新"), "9129", "0"), (NEW[9:], "4", ""), (NEW.replace("新", "度新"), "9129\n4", "0")),
        (("", "9129", "0"), ("", "4", ""), ("", "9129\n4", "0")),
    ],
)
def test_broken_row(last: Line, first: Line, whole: Line) -> None:
    """Pieces of a row are put together; of a number in pieces nobody knows that it is one, so it has two lines."""
    found = under(sheet(HEAD, last), sheet(first, (CARRIED, "5", "6"), page=2))
    assert rows(found) == [HEAD, whole, (CARRIED, "5", "6")]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ((NEW, "1", "2"), (CARRIED, "3", "4")),
        ((NEW, "", ""), (CARRIED, "3", "4")),
        ((NEW[:-4], "1", "2"), (CARRIED[:-4], "", "")),
        (("结果维持", "结果纠正", "其他结果"), ("3", "4", "5")),
        (("结果维持", "结果纠正", "其他结果"), ("", "", "")),
        (("甲", "1", "2"), ("乙", "3", "4")),
    ],
)
def test_whole_rows(last: Line, first: Line) -> None:
    """Rows with a label of their own stay as they are, and so do figures below their heads."""
    assert rows(under(sheet(HEAD, last), sheet(first, page=2))) == [HEAD, last, first]


def test_other_cells() -> None:
    """Rows whose labels are not of one column are two, though their figures are."""
    last, first = ("3.其他", "1", "2"), ("（七）总计", "3", "4")
    assert rows(under(sheet(HEAD, last, split=1), sheet(first, page=2))) == [HEAD, last, first]


def test_heads_again() -> None:
    """Heads that are repeated on the next page are left out, and the row behind them goes on."""
    found = under(sheet(HEAD, (NEW[:9], "9129", "0")), sheet(HEAD, (NEW[9:], "4", ""), page=2))
    assert rows(found) == [HEAD, (NEW, "9129\n4", "0")]
    assert rows(under(sheet(HEAD, (NEW, "1", "2")), sheet(HEAD, page=2))) == [HEAD, (NEW, "1", "2")]


def test_another_table() -> None:
    """A table whose sides stand elsewhere is another one."""
    assert under(sheet(HEAD), sheet((*HEAD, "总计"), page=2)) is None
