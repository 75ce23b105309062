"""TXT-YEAR: the text speaks of another year as the reporting year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import Place, found, passages, quote, sentences
from xlreport.rules.rule import Example, Rule

YEAR = r"(?<!\d)(20\d\d)\s*年"
DAY = r"\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
PERIOD = rf"{YEAR}{DAY}\s*(?:起|开始)?[，,]?\s*[至到—\-－~～]{{1,2}}\s*(?:(20\d\d)\s*年)?{DAY}"
"""2024年1月1日起至(2024年)12月31日"""

TITLE = r"(?<!\d)(20\d\d)\s*年度?(?=政府信息公开(?:工作)?(?:年度)?报告)"
HEADING = r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、是]?[^，。；：\d]{0,12}[：:]?\s*)?"
OPENING = rf"{HEADING}(?:截至|在)?(20\d\d)\s*年(?:度|全年)?(?=[，,]|\s*[我本全])"
"""2023年，我局…: a year that opens a sentence, at most behind a heading."""

GONE = 5
"""Years back from which a text may have been taken over."""

OTHER_YEARS = (
    r"同比|相比|比[较上去]|较[上去]|上一?年|去年|前年|以来|以后|起[，,]|年[初底末]|整改|所列|指出|问题[已均全得]"
    r"|印发|出台|制定|修订|成立|建立|开通|上线|启用|排名|考核|评估|测评|五年|三年|规划|历年|连续|将|拟"
)
"""Words of a sentence that may rightly speak of another year."""

WITH_THIS = r"增长|下降|增加|减少|回落|上升|持平|问题|发布|公布|获"
"""More such words, in a text that also speaks of the reporting year."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One warning for each year, place and kind of mistake."""
    if report.year is None:
        return
    for place, text in passages(report):
        if place.key.startswith("note."):
            continue  # what stands under a table explains past years
        told: set[object] = set()
        for case, year, words in _strangers(text, report.year, place):
            if (case, year) not in told:
                told.add((case, year))
                yield found("TXT-YEAR", "warning", case, place=place, quote=quote(words), wrong=year, year=report.year)


def _strangers(text: str, year: int, place: Place) -> Iterator[tuple[str, int, str]]:
    """(case, year, words) of what takes another year for the reporting year."""
    past = any(str(other) in text for other in range(year - GONE, year))
    meant = f"{OTHER_YEARS}|{WITH_THIS}" if str(year) in text else OTHER_YEARS
    for sentence in sentences(text):
        if "20" not in sentence:
            continue
        if "月" in sentence and re.search("统计|期限|数据|报告期", sentence):
            yield from _periods(sentence, year)
        if place.key == "preamble":
            for match in re.finditer(TITLE, sentence):
                if int(match[1]) != year:
                    yield "title", int(match[1]), sentence[match.start() : match.end() + 16]
        opening = re.match(OPENING, sentence) if past and str(year) not in sentence else None
        if opening and year - GONE <= int(opening[1]) < year and not re.search(meant, sentence[opening.end() :]):
            yield "opening", int(opening[1]), sentence


def _periods(sentence: str, year: int) -> Iterator[tuple[str, int, str]]:
    for match in re.finditer(PERIOD, sentence):
        first, last = int(match[1]), int(match[4] or match[1])
        days = tuple(int(match[group]) for group in (2, 3, 5, 6))
        if (first, last) != (year, year) or days != (1, 1, 12, 31):
            yield "period", first if first != year else last, match[0]


RULE = Rule(
    code="TXT-YEAR",
    severity="warning",
    basis=("regulation-49", "notice-figures"),
    judge=_judge,
    wrong=Example(
        text={
            "preamble": "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
            "other_matters": "2023年，本机关没有收取政府信息公开信息处理费。",
        }
    ),
    right=Example(
        text={
            "preamble": "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
            "overview.lead": "2023年，本机关新收申请5件，2024年新收8件。",
            "problems": "2025年，本机关将逐项明确公开时限。",
            "other_matters": "2024年，本机关没有收取政府信息公开信息处理费。",
        }
    ),
)
