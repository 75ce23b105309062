"""Where a title breaks."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xlreport.document.title import WIDTH, title_lines

TAIL = "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("宿迁市", (f"宿迁市{TAIL}",)),
        ("某县水利局", ("某县水利局", TAIL)),  # twenty characters, but its digits are wider than half of one
        ("宿迁市人民政府", ("宿迁市人民政府", TAIL)),
        ("洛阳市老城区工业和信息化和商务局", ("洛阳市老城区工业和信息化和商务局", TAIL)),
        (
            "新疆维吾尔自治区巴音郭楞蒙古自治州和硕县农业农村局",
            ("新疆维吾尔自治区", "巴音郭楞蒙古自治州和硕县农业农村局", TAIL),
        ),
    ],
)
def test_breaks_after_the_agency(agency: str, expected: tuple[str, ...]) -> None:
    """One line where it fits, else the agency stands above the rest, in even lines where it is long itself."""
    assert title_lines(agency + TAIL, agency) == expected


@example("1〔〔〔〔〔〔〔〔〔A", TAIL)  # a Latin letter before the year
@given(
    st.text("某省市县区局（）和与A1〔〕", max_size=90), st.sampled_from([TAIL, "2019年度政府信息公开工作年度报告", ""])
)
def test_words_stay_whole(agency: str, tail: str) -> None:
    """No character is lost, no line is too long, and 年度报告 or a number and its 年 are never cut."""
    lines = title_lines(agency + tail, agency)
    assert "".join(lines) == agency + tail
    for above, below in pairwise(lines):
        assert not re.search("[0-9]$", above) or not re.match("[0-9年]", below)
        assert not re.search("(年|年度|年度报|政府信息公)$", above) or not re.match("度?报?告|开", below)
    assert all(len(line) <= 2 * WIDTH for line in lines if not re.fullmatch("[0-9A]+(年度?)?", line))


def test_a_title_without_end() -> None:
    """Ten thousand characters take no time: the work grows with the length, not faster."""
    assert all(len(line) <= WIDTH for line in title_lines("局" * 10_000, ""))
