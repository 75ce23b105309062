"""What a printed cell says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlreport.form import load_form
from xlreport.published.values import looks_like_value, unit_around, unit_in, value_of

COUNT = load_form("2021").figures["t3.received.total"]
AMOUNT = load_form("2021").figures["t2.fees.amount"]
CHANGE = load_form("2019").figures["t2.licensing.change"]


@pytest.mark.parametrize(
    ("text", "number", "how"),
    [
        ("12", 12, "sure"),
        (" 12\u00a0", 12, "sure"),
        ("0", 0, "sure"),
        ("-1", -1, "sure"),
        ("3.5", Decimal("3.5"), "sure"),
        ("12.0", 12, "sure"),
        ("", None, "blank"),
        (" \u3000\u00a0", None, "blank"),
        ("/", None, "nothing"),
        ("——", None, "nothing"),
        ("无", None, "nothing"),
        ("１２", 12, "read"),
        ("1,234", 1234, "read"),
        ("1，234，567", 1234567, "read"),
        ("1,23", None, "text"),
        ("12件", 12, "read"),
        ("22（其中修订 16 件）", 22, "read"),
        ("12元", None, "text"),
        ("2 000", 2000, "read"),
        ("约12", None, "text"),
        ("12-15", None, "text"),
        ("十二", None, "text"),
        ("1e5", None, "text"),
        ("1.2.3", None, "text"),
        ("12（3", None, "text"),
        ("9" * 400, None, "text"),
        ("12345678901234567890", None, "text"),
        ("12345678901234567000", Decimal("1.2345678901234567E+19"), "sure"),
        ("0.12345678901234567890", None, "text"),
    ],
)
def test_counts(text, number, how):
    """A number is read where it is one for sure; another unit, a range or a guess is none."""
    value = value_of(text, COUNT)
    assert (value.number, value.how) == (number, how)


@pytest.mark.parametrize(
    ("text", "number"), [("251.5万元", Decimal("251.5")), ("24252.311082", Decimal("24252.311082")), ("251000元", None)]
)
def test_amounts(text, number):
    """An amount in another unit than the form's is no number: it would be wrong by a factor."""
    assert value_of(text, AMOUNT).number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+2", 2),
        ("-18", -18),
        ("减4", -4),
        ("增加3", 3),
        ("－5", -5),
        ("−6", -6),
        ("减少7项", -7),
        ("减少7件", None),
        ("0", 0),
    ],
)
def test_changes(text, number):
    """A change may say its sign in words."""
    assert value_of(text, CHANGE).number == number


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("本年收费金额（单位：万元）", 50_000),
        ("本年收费金额（单位：元）", 5),
        ("本年收费金额（单位：元，保留两位小数）", 5),
        ("本年收费金额（人民币元）", 5),
        ("本年收费金额（计量单位：人民币元）", 5),
        ("本年收费金额/元", 5),
        ("本年收费金额，元", 5),
        ("本年收费金额", 50_000),
        ("本年收费金额（元/万元）", None),
        ("本年收费金额（以元计）", None),
        ("本年收费金额（美元）", None),
    ],
)
def test_units_of_heads(head, number):
    """A head's unit is converted, however it is said; where it speaks of money otherwise, the number is none."""
    assert value_of("50000", AMOUNT, unit_in([head], AMOUNT)).number == number


def test_units_around():
    """What stands over a table counts for figures of its kind alone; two units of money leave them blank."""
    assert value_of("50000", AMOUNT, unit_around(["二、主动公开（单位：件、元）"], AMOUNT)).number == 5
    assert value_of("5", COUNT, unit_around(["单位：元"], COUNT)).how == "sure"
    assert value_of("5", AMOUNT, unit_around(["单位：元", "单位：万元"], AMOUNT)).number is None
    assert value_of("5", AMOUNT, unit_around(["共收费 3 万元，元旦前后为多。"], AMOUNT)).how == "sure"


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_another_kind_of_unit(unit):
    """A count under a head that counts money is none, whatever power of ten."""
    assert value_of("5", COUNT, unit_in([f"（单位：{unit}）"], COUNT)).how == "text"


def test_labels_are_no_values():
    """A label that begins with a number is a label."""
    form = load_form("2021")
    assert not [label.text for table in form.tables for label in table.labels if looks_like_value(label.text)]
    assert all(looks_like_value(text) for text in ("", "12", "1,234", "12件", "/", "22（其中修订16件）", "+2", "减4"))
