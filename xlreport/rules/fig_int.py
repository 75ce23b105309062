"""FIG-INT: what is counted is counted in whole numbers."""

from __future__ import annotations

from decimal import Decimal

from xlreport.form import Figure
from xlreport.form.weigh import Number
from xlreport.rules.figures import each_figure
from xlreport.rules.rule import Example, Rule


def _fraction(figure: Figure, value: Number) -> bool:
    return not isinstance(value, int) and figure.kind != "amount" and value != value.to_integral_value()


RULE = Rule(
    code="FIG-INT",
    severity="error",
    basis=("notice-figures",),
    judge=each_figure("FIG-INT", _fraction),
    wrong=Example({"t3.received.natural_person": Decimal("3.5")}),
    right=Example({"t3.received.natural_person": 3, "t2.fees.amount": Decimal("52.15")}),
)
