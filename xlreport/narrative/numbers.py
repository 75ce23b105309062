"""Numbers as a Chinese official document writes them (GB/T 15835): Arabic figures, nothing between the digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from xlreport.form.weigh import Number

_DIGITS = "零一二三四五六七八九"


def written(value: Number) -> str:
    """A number as its cell shows it: every decimal, no exponent, no separator."""
    return format(Decimal(value), "f")


def ordinal(number: int) -> str:
    """1 to 99 in Chinese, for 一是、二是: numbers that count the text's own parts are not Arabic."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def change(now: Number, before: Number, unit: str) -> str:
    """How `now` stands to last year's `before`, "" when both are zero.

    A percentage with one decimal; the plain difference to zero, where it would read 0.0%, or beyond a thousandfold.
    """
    if now == before:
        return "与上年持平" if now else ""
    if not before:
        return f"上年为0{unit}"
    gap = abs(Decimal(now) - Decimal(before))
    share = gap * 100 / Decimal(before)
    if now and Decimal("0.05") <= share < 100_000:
        rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"比上年{'增长' if now > before else '下降'}{rounded}%"
    return f"比上年{'增加' if now > before else '减少'}{written(gap)}{unit}"
