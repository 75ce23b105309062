"""Numbers as prose writes them."""

from __future__ import annotations

from decimal import Decimal

from xlreport.form.weigh import Number

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
ONE = Decimal(1)
LONGEST = 15
"""Digits of a number that a spreadsheet keeps; a longer one counts nothing."""


def arabic(digits: str, scale: str) -> tuple[Number, Decimal] | None:
    """The value of 1,234.5 with a scale such as 万, and one unit of its last digit; None when too long for a count."""
    if not scale and len(digits) <= LONGEST and digits.isdecimal():
        return int(digits), ONE
    plain = digits.replace(",", "")
    if len(plain) > LONGEST + 1 or len(scale) > 3:
        return None
    number, step = Decimal(plain), Decimal(1).scaleb(-len(plain.partition(".")[2]))
    for char in scale:
        number, step = number * _SCALES[char], step * _SCALES[char]
    return (int(number) if number == number.to_integral_value() else number), step


def chinese(text: str) -> int | None:
    """The value of 十二 or 二〇三 or 一千零五; None where the characters make no number."""
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) == 1 or "〇" in text else None
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES[char], 0
    return total + section + digit
