"""TXT-SELF: one quantity has one value in the whole text; 由六个部分组成 lists six."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import Place, found, passages, quote, sentences
from xlreport.rules.rule import Example, Rule

QUANTITY = r"主动公开(?:各类|各级|单位|政府|相关){0,4}信息\s*(?:共计|总计|累计|共)?\s*(\d{1,9})\s*条"
SCOPED = r"通过|其中|网站|平台|公众号|新媒体|微信|微博|栏|公报|领域|上年|同比|比|季度|月|[^\d]半年"
"""Words of a sentence that counts only some, or another year's."""

COUNT = r"(?:共|这)?([二三四五六七八九十]|\d{1,2})\s*个?(?:大|主要)?$"
AROUND = 330
"""Characters before 部分组成 in which its list stands."""

MOST = 50
"""Such lists of a text that are read."""

NEAR = 80
"""Characters before a quantity that may say which it is."""

NUMERALS = "〇一二三四五六七八九十"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    stated: dict[int, tuple[Place, str]] = {}
    for place, text in passages(report):
        if "主动公开" in text:
            for sentence in sentences(text):
                for match in re.finditer(QUANTITY, sentence):
                    if not re.search(SCOPED, sentence[max(0, match.start() - NEAR) : match.start()]):
                        stated.setdefault(int(match[1]), (place, match[0]))
        if "部分" in text:
            for end in islice(re.finditer("部分(?:组成|构成)", text), MOST):
                listed, told = _list(text[max(0, end.start() - AROUND) : end.start()])
                if listed is not None and listed != told:
                    yield found("TXT-SELF", "warning", "list", place=place, told=told, listed=listed)
    if len(stated) > 1:
        (place, one), (other_place, other), *_ = stated.values()
        values = {"quote": quote(one), "other_place": other_place.heading, "other": quote(other)}
        yield found("TXT-SELF", "warning", "twice", place=place, **values)


def _list(before: str) -> tuple[int | None, int]:
    """How many parts are listed, None when that is not plain, and how many the text says, before 部分组成."""
    _, by, listed = re.split(r"[。；\n]", before)[-1].rpartition("由")
    count = re.search(COUNT, listed)
    return (_listed(listed[: count.start()]), _numeral(count[1])) if by and count else (None, 0)


def _listed(text: str) -> int | None:
    """How many parts a list names; None when that is not plain."""
    if quoted := re.findall(r"“[^“”]+”|《[^《》]+》", text):
        return len(quoted)
    parts = re.sub(r"行政复议[、，](?:提起|被提起)?行政诉讼|收到和处理|[（(][^（()）]*[）)]", "", text)
    if "等" in parts or "、" not in parts:
        return None
    return len(re.split("[、，]|以及|和(?=其他需要)", parts.rstrip("、，")))


def _numeral(text: str) -> int:
    return int(text) if text.isdigit() else NUMERALS.index(text)


RULE = Rule(
    code="TXT-SELF",
    severity="warning",
    basis=("notice-figures",),
    judge=_judge,
    wrong=Example(
        text={
            "overview.lead": "2024年主动公开政府信息246条。",
            "overview.proactive": "全年共主动公开政府信息264条。",
        }
    ),
    right=Example(
        text={
            "overview.lead": "2024年主动公开政府信息246条。",
            "overview.proactive": "通过政府网站主动公开政府信息200条。",
        }
    ),
)
