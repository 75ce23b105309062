"""TXT-EMPTY: the sections that the law wants in words have words; section 一 is judged as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.rule import Example, Rule


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    texts = report.words
    for section in report.statute.sections:
        keys = [key for key, _ in section.text]
        if section.required and report.unread.isdisjoint(keys) and not any(texts.get(key, "").strip() for key in keys):
            heading = report.headings.get(section.id, section.heading)
            first = words.text_cell(report.statute, section.text[0][0])
            yield Finding("TXT-EMPTY", "error", "findings.TXT-EMPTY.section", {"section": heading}, addresses=(first,))


RULE = Rule(
    code="TXT-EMPTY",
    severity="error",
    basis=("regulation-50", "notice-complete"),
    judge=_judge,
    wrong=Example(text={"problems": ""}),
    right=Example(text={"problems": "公开内容不够细。已按事项列出清单，逐月核对。"}),
)
