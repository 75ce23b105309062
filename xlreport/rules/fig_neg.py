"""FIG-NEG: counts and amounts are not negative; only 本年增/减 may be."""

from __future__ import annotations

from xlreport.form import Figure
from xlreport.form.weigh import Number
from xlreport.rules.figures import each_figure
from xlreport.rules.rule import Example, Rule


def _negative(figure: Figure, value: Number) -> bool:
    return value < 0 and figure.kind != "change"


RULE = Rule(
    code="FIG-NEG",
    severity="error",
    basis=("notice-figures",),
    judge=each_figure("FIG-NEG", _negative),
    wrong=Example({"t2.penalty.decisions": -1}),
    right=Example({"t2.penalty.decisions": 1}),
)
