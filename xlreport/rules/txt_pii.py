"""TXT-PII: no identity-card number and no mobile number of a person in words that are to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xlreport.finding import Finding, Unassessed
from xlreport.report import Report
from xlreport.rules.prose import found, passages
from xlreport.rules.rule import Example, Rule

ENOUGH = r"\d{3}[ -]?\d{4}[ -]?\d{4}"
"""Any number that is long enough to be one."""

IDENTITY = r"(?<![0-9A-Za-z])\d{17}[\dXxＸ](?![0-9A-Za-z])"
MOBILE = r"(?<![\d.A-Za-z-])(?:\+?86[ -]?)?(1\d{2}[ -]?\d{4}[ -]?\d{4})(?![\d.A-Za-z]|\s*[万亿元件条次人个])"

RANGES = r"13\d|14[5-9]|15[0-35-9]|16[2567]|17[0-8]|18\d|19[0-35-9]"
"""The first three digits of mobile numbers in use."""

PROVINCES = r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91"
"""The first two digits of an identity-card number (GB/T 2260)."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
"""Weights and check characters of GB 11643-1999."""


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    """One error for each number; the sentence shows no more of it than is needed to find it."""
    for place, text in passages(report):
        if not re.search(ENOUGH, text):
            continue
        for number in dict.fromkeys(match[0] for match in re.finditer(IDENTITY, text)):
            if is_identity(number):
                yield found("TXT-PII", "error", "identity", place=place, shown=f"{number[:6]}********{number[-4:]}")
        for number in dict.fromkeys(re.sub("[ -]", "", match[1]) for match in re.finditer(MOBILE, text)):
            if re.match(RANGES, number):
                yield found("TXT-PII", "error", "mobile", place=place, shown=f"{number[:3]}****{number[-4:]}")


def is_identity(number: str) -> bool:
    """Whether 18 characters are an identity-card number: place, date of birth and check character are right."""
    digits = [int(character) for character in number[:17]]
    if not re.match(PROVINCES, "".join(map(str, digits[:2]))):
        return False
    year, month, day = (int(number[start:end]) for start, end in ((6, 10), (10, 12), (12, 14)))
    try:
        born = date(year, month, day)
    except ValueError:
        return False
    last = number[17].upper().replace("Ｘ", "X")
    expected = CHECK[sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]
    return born.year >= 1900 and (last if last == "X" else str(int(last))) == expected


RULE = Rule(
    code="TXT-PII",
    severity="error",
    basis=("regulation-15", "tool"),
    judge=_judge,
    wrong=Example(text={"overview.on_request": "申请人电话13800000000，身份证号11010519491231002X。"}),
    right=Example(text={"overview.on_request": "申请人电话138****0000。本机关值班电话0000-12345678。"}),
)
