"""Reports made up for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from xlreport.form import FORMS, load_form
from xlreport.form.weigh import Number
from xlreport.report import Report

WORDS = {"overview.lead": "本年度工作有序开展。", "problems": "已逐项整改。", "other_matters": "没有收取信息处理费。"}


def report(figures: Mapping[str, Number | None] | None = None, form: str = "2021", **more: Any) -> Report:
    """Zeros everywhere but in `figures` (None is a blank), words in every required section."""
    cells = dict.fromkeys(load_form(form).figures, 0) | dict(figures or {})
    filled = {cell: value for cell, value in cells.items() if value is not None}
    return replace(Report(form, "示例局", 2024, MappingProxyType(filled), WORDS), **more)


@st.composite
def consistent(draw: st.DrawFn) -> Report:
    """A report of either form, all cells typed, in which every relation holds."""
    form = load_form(draw(st.sampled_from(FORMS)))
    numbers = draw(st.lists(st.integers(0, 999), min_size=len(form.inputs), max_size=len(form.inputs)))
    figures: dict[str, Number] = dict(zip(form.inputs, numbers, strict=True))
    for relation in form.relations:
        if relation.code == "T3-BAL" and relation.key != "total":
            received, carried_in = relation.left
            concluded, carried_out = relation.right
            handled = sum(figures[cell] for cell in form.totals[concluded].left) + figures[carried_out]
            figures[received] = draw(st.integers(0, int(handled)))
            figures[carried_in] = handled - figures[received]
    made = Report(form.id, "示例局", 2024, MappingProxyType(figures), WORDS).totalled()
    return replace(made, derived=frozenset())


def with_cell(source: Report, cell: str, value: Number | None) -> Report:
    """The same with one cell changed, or emptied."""
    figures = {key: old for key, old in source.figures.items() if key != cell}
    if value is not None:
        figures[cell] = value
    return replace(source, figures=MappingProxyType(figures))
