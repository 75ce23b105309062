"""What a printed cell says: a number, nothing, or words that are no number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from xlreport.form import Figure
from xlreport.form.weigh import Number

How = Literal["sure", "read", "blank", "nothing", "text"]
"""sure: a plain number; read: a number written in another way; nothing: a dash or stroke; text: no number."""

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_NOTHING = re.compile(r"[-—–－/\\|]+|无")
_GAP = re.compile(r"\d \d")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_UNIT = re.compile(r"(件|条|项|个|次|元|万元|宗|人次)?(?:\((?:单位:?)?(件|条|项|个|次|元|万元|宗|人次)\)|\([^()]*\))?")
_COUNTED = "[十百千万亿]*元|[十百千万亿]+[件条项个次宗]"
_HEAD = re.compile(
    rf"(?:单位[:：]?|^|[(（,，;；/、])(?:(?:计量)?单位[:：]?|人民币)*({_COUNTED})(?:人民币)?(?=[()（）,，;；/、]|$)"
)
_SAYS_UNIT = re.compile("单位[:：]")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_APART = re.compile(r"\d\n\d")
"""Numbers on two lines of a cell: nobody knows that they are one."""
_SPACED = re.compile(r"(?:\D|^)(?:[1-9](?: \d)+|[1-9]\d{0,2}(?: \d{3})+)(?:\D|$)")
"""1 2 3 or 1 234: digits spread out. 12 7 are two numbers, and so are 0 5."""
_VALUE = re.compile(r"[-+−–增减]?[\d,.]+")
_NUMBERED = re.compile(r"20\d\d年|\d(?:[.、)](?!\d)|(?![件条项个次元万宗人余多])[^\W\d])")
"""1.属于国家秘密, 1、属于国家秘密, 1属于国家秘密, 2022年制发件数: a label."""
_SIGNS = {"增加": "+", "减少": "-", "增": "+", "减": "-", "−": "-", "–": "-", "—": "-"}


class Value(NamedTuple):
    """A cell's number, and how it came by it. `text` is what stands there."""

    number: Number | None
    how: How
    text: str


def unit_in(labels: Iterable[str], figure: Figure) -> str:
    """The unit of which a figure's heads and label say that it is counted in it, such as 元 or 万件; "" for none.

    Where they say several, all of them; where they speak of money in a way that is not understood, what they say.
    """
    labels = [_SPACES.sub("", label) for label in labels]
    unclear = [label for label in labels if _is_money(figure.unit) and "元" in _HEAD.sub("", label)]
    found = (match[1] for label in labels for match in _HEAD.finditer(label))
    return unclear[0] if unclear else "/".join(dict.fromkeys(found))


def unit_around(texts: Iterable[str], figure: Figure) -> str:
    """The same of what stands over a whole table, such as 单位：元: only what is said of figures of its kind."""
    found = [unit for text in texts if says_unit(text) for unit in unit_in([text], figure).split("/") if unit]
    return "/".join(dict.fromkeys(unit for unit in found if _is_money(unit) == _is_money(figure.unit)))


def says_unit(text: str) -> bool:
    """Whether it names a unit in so many words."""
    return bool(_SAYS_UNIT.search(_SPACES.sub("", text)))


def _is_money(unit: str) -> bool:
    return "元" in unit


def _power(unit: str) -> int:
    """Of ten, that the unit is of 元 or of one piece."""
    return sum(_POWERS.get(character, 0) for character in unit)


def value_of(text: str, figure: Figure, unit: str = "") -> Value:
    """The number that a cell of `figure` shows; None where it shows none for sure.

    unit: that in which the table counts, where it tells; a number in another one than the figure's is converted.
    """
    value = _value_of(text, figure)
    if not unit or value.number is None or not bare(value):
        return value
    if _is_money(unit) != _is_money(figure.unit):
        return Value(None, "text", f"{value.text}（{unit}）")
    if not value.number or unit == figure.unit:
        return value
    if not re.fullmatch(_COUNTED, unit):
        return Value(None, "text", f"{value.text}（{unit}）")
    if not (power := _power(unit) - _power(figure.unit)):
        return value
    number = _number(str(Decimal(str(value.number)).scaleb(power)))
    return Value(number, "text" if number is None else "read", f"{value.text}（{unit}）")


def _value_of(text: str, figure: Figure) -> Value:
    shown = _SPACES.sub(" ", text).strip()
    if not shown:
        return Value(None, "blank", "")
    tight = _SPACES.sub("", unicodedata.normalize("NFKC", shown))
    if _PLAIN.fullmatch(shown) and shown.isascii():
        how: How = "sure" if figure.kind == "change" or shown[0] != "+" else "read"
        number = _number(shown)
        return Value(number, "text" if number is None else how, shown)
    if _NOTHING.fullmatch(tight):
        return Value(None, "nothing", shown)
    number = None if _is_doubtful(text, shown) else _written(tight, figure)
    return Value(number, "text" if number is None else "read", shown)


def bare(value: Value) -> bool:
    """Whether the number stands there alone, however its digits are set: without a unit or a remark."""
    return bool(re.fullmatch(r"[+-]?[\d,.]+", _SPACES.sub("", unicodedata.normalize("NFKC", value.text))))


def _is_doubtful(text: str, shown: str) -> bool:
    """Whether what would be read as one number may be two, or a number and the mark of a note: 3², 3①."""
    marked = any(unicodedata.category(character) == "No" for character in shown)
    return marked or bool(_APART.search(text)) or (bool(_GAP.search(shown)) and not _SPACED.search(shown))


def is_nothing(text: str) -> bool:
    """Whether a cell is blank or holds a dash or stroke."""
    return not (tight := _SPACES.sub("", text)) or bool(_NOTHING.fullmatch(tight))


def looks_like_value(text: str) -> bool:
    """Whether a cell may hold a figure rather than a label."""
    tight = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    return not tight or bool(_NOTHING.fullmatch(tight)) or bool(_VALUE.match(tight) and not _NUMBERED.match(tight))


def _written(tight: str, figure: Figure) -> Number | None:
    """A number with thousands separators, a unit that is the figure's own, or a remark in brackets after it."""
    for word, sign in _SIGNS.items():
        if tight.startswith(word) and figure.kind == "change":
            tight = sign + tight.removeprefix(word)
            break
    found = re.match(r"[+-]?[\d,]*\d(?:\.\d+)?", tight)
    if found is None:
        return None
    digits, rest = found[0], _UNIT.fullmatch(tight[found.end() :])
    if rest is None or any(unit and unit != figure.unit for unit in rest.groups()):
        return None
    if "," in digits and not _THOUSANDS.fullmatch(digits):
        return None
    return _number(digits.replace(",", "")) if _PLAIN.fullmatch(digits.replace(",", "")) else None


def _number(text: str) -> Number | None:
    """The number, where report data can hold it as it stands there: a workbook has 15 to 17 digits."""
    number = Decimal(text)
    if number == number.to_integral_value() and abs(number) < 10**15:
        return int(number)
    kept = Decimal(repr(float(number)))
    return kept if kept == number else None
