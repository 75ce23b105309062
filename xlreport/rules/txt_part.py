"""TXT-PART: the parts behind 其中 fit their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages, quote
from xlreport.rules.rule import Example, Rule

UNITS = frozenset("件条项个次份期篇起宗例场家人")
TOTAL = r"(?<![\d.,])(\d{1,9})\s*(\D)次?[，,]?(?:(?:同比|[比较][上去]年)[^，。；\d]{0,6}[\d.]{1,9}%[，,])?\s*[（(]?$"
"""N件 right before 其中, at most a comparison with last year between them."""

PART = r"^[^\d，,；;。（）()]{1,30}?(\d{1,9})\s*(\D)(?:次(?!数))?$"
NOTE = r"[（(][^（()）]{0,400}[）)]"
"""What stands in brackets within a total or its parts."""

OTHER_TOTAL = r"上年|去年|同期|增加|减少|比"
"""Words before a number that is not what the parts are parts of."""

CHANNELS = r"网|媒体|微[信博]|公众号|平台|公报|公[示开]栏|专栏|渠道|客户端|视频号|抖音|头条"
"""Words of parts that may overlap: one item is published in several places."""

AROUND = 450
"""Characters before 其中 that may hold the total."""

MOST = 200
"""Lists of a text that are read; no office writes more."""

LONGEST = 1500
"""Characters behind 其中 that a list of parts may have."""


class Parts(NamedTuple):
    """A total, and its parts as (words, count).

    complete: the list ends with 其他, so that its parts make the total. tight: nothing else can stand in it, so that
    they cannot exceed the total together.
    """

    total: int
    parts: tuple[tuple[str, int], ...]
    complete: bool
    tight: bool


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """A part above its total; parts of a list above it together, or, when its last part is 其他, not equal to it."""
    for place, text in passages(report):
        for match in islice(re.finditer("其中", text), MOST):
            start, end = match.span()
            split = _parts(text[max(0, start - AROUND) : start], text[end : end + LONGEST])
            if split is None:
                continue
            most, together = max(split.parts, key=lambda part: part[1]), sum(count for _, count in split.parts)
            values = {"total": split.total, "sum": together, "count": len(split.parts)}
            if most[1] > split.total:
                yield found("TXT-PART", "warning", "more", place=place, **values, quote=quote(most[0]))
            elif (split.tight and together > split.total) or (split.complete and together != split.total):
                yield found("TXT-PART", "warning", "sum", place=place, **values, quote=quote(split.parts[0][0]))


def _parts(before: str, after: str) -> Parts | None:
    """What stands around 其中, when it reads as a total and its parts; None when there is any doubt."""
    before = re.sub(NOTE, "", re.split(r"[。\n]", before)[-1])
    total = re.search(TOTAL, before)
    if (
        total is None
        or total[2] not in UNITS
        or re.search(OTHER_TOTAL, re.split("[，,；;。：:]", before[: total.start()])[-1])
    ):
        return None
    inside = before.rstrip("，, ").endswith(("（", "("))
    sentence = re.sub(NOTE, "", re.split(r"[。\n]", after, maxsplit=1)[0].lstrip("，,：: "))
    listed = re.split("[）)]", sentence, maxsplit=1)[0] if inside else sentence
    mark = re.search(r"\d\s*[^\d、，,；;]次?\s*([、，,；;])", listed)
    kind = mark[1] if mark else ""
    stronger = {"、": "，,；;", "，": "；;", ",": "；;"}.get(kind, "")
    if stronger:
        listed = re.split(f"[{stronger}]", listed)[0]
    parts: list[tuple[str, int]] = []
    for item in re.split(f"[{kind}]", listed) if kind else [listed]:
        part = re.match(PART, item.strip())
        if part is None or part[2] != total[2]:
            break
        parts.append((item.strip(), int(part[1])))
        if kind in "，," and sum(count for _, count in parts) >= int(total[1]):
            break  # what follows a comma need not be a part
    if not parts:
        return None
    complete = len(parts) > 2 and re.match("其[他它]|另外", parts[-1][0]) is not None
    apart = not any(re.search(CHANNELS, words) for words, _ in parts)
    return Parts(int(total[1]), tuple(parts), complete and apart, apart and kind != "" and kind in "、；;")


RULE = Rule(
    code="TXT-PART",
    severity="warning",
    basis=("notice-figures",),
    judge=_judge,
    wrong=Example(text={"overview.on_request": "全年收到申请3件，其中自然人1件、商业企业4件。"}),
    right=Example(text={"overview.on_request": "全年收到申请5件，其中自然人1件、商业企业4件。"}),
)
