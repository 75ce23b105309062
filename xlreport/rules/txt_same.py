"""TXT-SAME: section 五 does not repeat last year's."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.alike import MUCH, bare, statements
from xlreport.rules.prose import PROBLEMS, found, passages, quote
from xlreport.rules.rule import Example, Rule

ALIKE = 85
"""Sentences that have so many in a hundred characters in common, in order, are the same one."""

NAMED = 3
"""Repeated sentences that are quoted."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One warning when at least half of the section, by characters, stood in last year's."""
    before = "" if report.last_year is None else report.last_year.words.get(PROBLEMS, "")
    if not before.strip():
        return
    for place, text in passages(report, PROBLEMS):
        now = statements(text)
        repeated = _repeated(now, statements(before)) if now else []
        share = sum(map(len, repeated)) / max(1, sum(map(len, now)))
        if share >= MUCH:
            quotes = "；".join(f"“{quote(part)}”" for part in sorted(repeated, key=len, reverse=True)[:NAMED])
            yield found(
                "TXT-SAME", "warning", place=place, share=round(100 * share), count=len(repeated), quotes=quotes
            )


def _repeated(now: list[str], before: list[str]) -> list[str]:
    """Those of `now` that stood in `before`; numbers, which change every year, and marks aside."""
    from rapidfuzz import fuzz, process  # only where there is last year's text

    old = [bare(part) for part in before]
    return [part for part in now if process.extractOne(bare(part), old, scorer=fuzz.ratio, score_cutoff=ALIKE)]


_OLD = "一是部分政府信息更新不够及时，个别栏目长期没有维护；二是政策解读以文字为主，群众不容易看懂。"

RULE = Rule(
    code="TXT-SAME",
    severity="warning",
    basis=("notice-problems",),
    judge=_judge,
    wrong=Example(
        text={PROBLEMS: _OLD.replace("政策解读", "政策解读还")},
        last_text={PROBLEMS: _OLD},
    ),
    right=Example(
        text={PROBLEMS: "上年所列的更新不及时问题已经解决。今年的主要问题是答复文书格式不统一，已印发范本。"},
        last_text={PROBLEMS: _OLD},
    ),
)
