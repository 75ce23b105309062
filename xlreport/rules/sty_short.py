"""STY-SHORT: 《条例》 is introduced before it is used."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages
from xlreport.rules.rule import Example, Rule

SHORT, FULL = "《条例》", "政府信息公开条例"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """A note at the first use, unless the full name stands before it."""
    for place, text in passages(report):
        used, introduced = text.find(SHORT), text.find(FULL)
        if used >= 0 and not 0 <= introduced < used:
            yield found("STY-SHORT", "note", place=place)
        if used >= 0 or introduced >= 0:
            return


RULE = Rule(
    code="STY-SHORT",
    severity="note",
    basis=("tool",),
    judge=_judge,
    wrong=Example(text={"overview.lead": "本机关认真执行《条例》。"}),
    right=Example(
        text={"overview.lead": "本机关执行《中华人民共和国政府信息公开条例》（以下简称《条例》），落实《条例》要求。"}
    ),
)
