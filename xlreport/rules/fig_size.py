"""FIG-SIZE: a figure that no office can mean, and that a cell no longer holds exactly."""

from __future__ import annotations

from xlreport.form import CREDIBLE, Figure
from xlreport.form.weigh import Number
from xlreport.rules.figures import each_figure
from xlreport.rules.rule import Example, Rule


def _too_large(_: Figure, value: Number) -> bool:
    return not -CREDIBLE <= value <= CREDIBLE


RULE = Rule(
    code="FIG-SIZE",
    severity="error",
    basis=("notice-figures",),
    judge=each_figure("FIG-SIZE", _too_large),
    wrong=Example({"t2.licensing.decisions": 20241231010203}),
    right=Example({"t2.licensing.decisions": 46209}),
)
