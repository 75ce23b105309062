"""TXT-ASPECT: section 一 treats the five aspects that the notice names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import OVERVIEW, found, place_of, whole
from xlreport.rules.rule import Example, Rule

SIGNS = {
    "overview.proactive": r"主动公开|公开[^。]{0,8}信息|发布[^。]{0,8}信息",
    "overview.on_request": r"依申请|申请",
    "overview.management": r"信息管理|规范性文件|审[核查]|清理|先审后发|三审|保密|目录",
    "overview.platform": r"平台|网站|新媒体|公众号|微信|微博|客户端|专[栏区]|公[开示]栏|公报",
    "overview.oversight": r"监督|保障|考核|培训|评议|追[究责]|问责|检查",
}
"""By the key of each aspect: words that any treatment of it has."""

HEADING = r"(?:^|[。\n…])\s*[（(][一二三四五六七八][）)]\s*([^。：:，\n]{2,30})"
"""（一）主动公开情况: a heading inside a text."""

STRUCTURED = 3
"""Aspects with a text or a heading of their own that show how section 一 is built; with fewer nothing is judged."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One error that names the aspects without text, heading, or any word of theirs in the whole section."""
    texts = report.words
    own = {key for key in SIGNS if texts.get(key, "").strip()}
    if len(own) == len(SIGNS):
        return
    text = whole(report, OVERVIEW)
    headings = re.findall(HEADING, text) if "（" in text or "(" in text else []
    own |= {key for key, signs in SIGNS.items() if any(re.search(signs, heading) for heading in headings)}
    if not STRUCTURED <= len(own) < len(SIGNS):
        return
    missing = [key for key, signs in SIGNS.items() if key not in own and not re.search(signs, text)]
    if missing:
        section = report.statute.sections[0]
        names = [re.sub("^（.）", "", heading) for key, heading in section.text if key in missing]
        place = place_of(report, missing[0], report.headings.get(section.id, section.heading))
        yield found("TXT-ASPECT", "error", place=place, aspects="、".join(names))


_TOLD = {
    "overview.proactive": "全年主动公开246条。",
    "overview.on_request": "没有收到申请。",
    "overview.platform": "使用政府网站和公示栏。",
    "overview.oversight": "举办培训2次。",
}

RULE = Rule(
    code="TXT-ASPECT",
    severity="error",
    basis=("notice-overview", "notice-complete"),
    judge=_judge,
    wrong=Example(text=_TOLD),
    right=Example(text={**_TOLD, "overview.management": "公开前进行保密审查。"}),
)
