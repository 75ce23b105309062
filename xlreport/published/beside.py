"""What stands beside a report in its document: 发文字号 below the title; 附件说明, 署名 and 成文日期 at the end.

So GB/T 9704-2012 has them (7.2.5, 7.3.4, 7.3.5), and so they are known by their looks alone, where a document does not
say what it has of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlreport.published.page import squeezed

_SAID = "(?:[的了是不已，。；：]|以上|以下|根据|按照|有误|错误|更正|作废)"
"""Words of a sentence, which no 机关代字 has."""
_NUMBER = re.compile(rf"(?!.*{_SAID})\S{{1,16}}[〔\[［(（]20\d\d[〕\]］)）]第?\d{{1,5}}号")
_YEAR, _MONTH = r"(?:20\d\d|二[〇○零0]\w{2})年", r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
_DATE = re.compile(_YEAR + _MONTH + r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日")
_ATTACHED = re.compile("附件[:：]")
_NEXT = re.compile(r"\d{1,2}[.．、]")
_REST = re.compile("(?:人民政府|政府|行政公署|办事处|管理委员会|管委会)?(?:办公[室厅])?")
"""What completes the name of a place to that of its office."""


def is_number(line: str) -> bool:
    """Whether the line is a 发文字号 and nothing else."""
    return len(line) < 40 and _NUMBER.fullmatch(squeezed(line)) is not None


def foot(lines: Sequence[str], agency: str) -> int:
    """How many of the last lines are 附件说明, 署名 (of the agency whose report it is, in full) and 成文日期."""
    at = len(lines)
    if at and _DATE.fullmatch(squeezed(lines[at - 1])):
        at -= 1
        if at and agency and is_name(lines[at - 1], agency):
            at -= 1
    first = at
    while first and _NEXT.match(lines[first - 1]):
        first -= 1
    if first and _ATTACHED.match(lines[first - 1]):
        at = first - 1
    return len(lines) - at


def is_name(line: str, agency: str) -> bool:
    """Whether it is the agency's name, or a fuller one: 某市 and 某市人民政府."""
    full, short = squeezed(line), squeezed(agency)
    return full.startswith(short) and _REST.fullmatch(full, len(short)) is not None
