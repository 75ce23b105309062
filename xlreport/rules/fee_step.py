"""FEE-STEP: the information-handling fee is a multiple of 10 元, and not more than table 2's fees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import OTHER, found, passages
from xlreport.rules.rule import Example, Rule

CELL = "t2.fees.amount"
STEP = 10
"""元: the smallest rate of a page or an application divides by it."""

AMOUNT = r"(?<![\d.,])(\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,4})?)\s*(万?)元"


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """Amounts in sentences of section 六 that speak of this fee and of no other."""
    for place, text in passages(report, OTHER):
        if "处理费" not in text or "元" not in text:
            continue
        amounts = list(dict.fromkeys(_amounts(text)))
        for amount in amounts:
            if amount % STEP:
                yield found("FEE-STEP", "warning", "step", place=place, amount=f"{amount.normalize():f}", step=STEP)
        fees, most = report.figures.get(CELL), max(amounts, default=Decimal(0))
        if fees is not None and most > fees * 10_000:
            figure = report.statute.figures[CELL]
            values = {
                "place": place.heading,
                "amount": f"{most.normalize():f}",
                "address": figure.address,
                "fees": fees,
            }
            yield Finding("FEE-STEP", "warning", "words.FEE-STEP.more", values, (CELL,), (figure.address,))


def _amounts(text: str) -> Iterator[Decimal]:
    for sentence in re.split(r"[。\n]", text):
        if re.search(r"信息(?:公开)?处理费", sentence) and not re.search(r"经费|标准|罚|上年|同比|每[件页]", sentence):
            for number, ten_thousand in re.findall(AMOUNT, sentence):
                yield Decimal(number.replace(",", "")) * (10_000 if ten_thousand else 1)


RULE = Rule(
    code="FEE-STEP",
    severity="warning",
    basis=("fee-rules", "tool"),
    judge=_judge,
    wrong=Example({CELL: 0}, text={OTHER: "2024年，本机关收取政府信息公开信息处理费105元。"}),
    right=Example({CELL: Decimal("0.11")}, text={OTHER: "2024年，本机关收取政府信息公开信息处理费1100元。"}),
    forms=("2021",),
)
