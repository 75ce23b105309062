"""TXT-BASIS: the notice and the regulation that a report says it follows are those in force, under their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.form import FORMS, load_form
from xlreport.report import Report
from xlreport.rules.prose import found, passages
from xlreport.rules.rule import Example, Rule

CITED = r"国办公开办\s*([函涵发])?\s*[〔（(\[【]\s*(20\d\d)\s*[〕）)\]】]\s*(\d{1,3})\s*号"
DECREE = r"政府信息公开条例》?\s*[（(]\s*(?:中华人民共和国)?国(?:务院)?令\s*第?\s*(\d{1,4})\s*号"
REGULATION = "711"
"""国务院令第711号, in force since 15 May 2019: before every report that we know a form for."""

TITLES = {"2021": "年度报告格式", "2019": "有关事项的通知"}
"""By form: words of its notice's title that are not in the other's."""

BEFORE = 90
"""Characters before a number in which its title stands."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One warning for each citation."""
    statute = report.statute
    for place, text in passages(report):
        for decree in re.findall(DECREE, text) if "令" in text else ():
            if decree != REGULATION:
                yield found("TXT-BASIS", "warning", "decree", place=place, number=decree, right=REGULATION)
        if "国办公开办" not in text.replace(f"{statute.notice_title}（{statute.notice}）", ""):
            continue
        end = 0
        for match in re.finditer(CITED, text):
            title, end = text[max(end, match.start() - BEFORE) : match.start()], match.end()
            if case := _wrong(report, match, title):
                yield found("TXT-BASIS", "warning", case, place=place, quote=match[0], right=statute.notice)


def _wrong(report: Report, match: re.Match[str], title: str) -> str:
    """What is wrong with one citation, "" when nothing is."""
    cited = f"国办公开办函〔{match[2]}〕{match[3]}号"
    if match[1] == "涵":
        return "spelling"
    own = {report.statute.notice: report.form}  # the other forms are loaded only where another notice is cited
    by_number = own if cited in own else {load_form(form).notice: form for form in FORMS}
    numbers = {notice.partition("〕")[2]: notice for notice in by_number}
    form = by_number.get(cited)
    if form is None:
        return "number" if f"{match[3]}号" in numbers and re.search("年度报告|本报告", title) else ""
    if form != report.form:
        return "other"
    other = next(id_ for id_ in TITLES if id_ != form)
    mixed = TITLES[other] in title and TITLES[form] not in title and "试行" not in title
    return "title" if mixed else ""


RULE = Rule(
    code="TXT-BASIS",
    severity="warning",
    basis=("notice-form", "regulation-50"),
    judge=_judge,
    wrong=Example(
        text={"preamble": "本报告根据《中华人民共和国政府信息公开条例》和国办公开办函〔2019〕60号文件的要求编制。"}
    ),
    right=Example(
        text={
            "preamble": "本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和"
            "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。"
        }
    ),
)
