"""Random reports, as hypothesis makes them: everything that report data may hold and a workbook can keep."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from xlreport.form import Fact, Form, load_form
from xlreport.report import NOT_APPLICABLE, Report

ODD = [
    "=1+1",
    "+8",
    "-",
    "@x",
    "a<b&c>\"d'",
    "_x0000_",
    "_x005F_x0041_",
    "😀",
    "甲\n乙",
    " 前后 ",
    "\t",
    "]]>",
    "&#10;",
    "'",
]

TEXT = st.lists(
    st.one_of(
        st.sampled_from(ODD),
        st.text(
            st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff\uf8ff"), max_size=9
        ),
    ),
    min_size=1,
    max_size=4,
).map("".join)
WORDS = TEXT.filter(str.strip)
LINE = WORDS.map(lambda text: " ".join(text.split()))
COUNT = st.one_of(st.integers(0, 300), st.integers(0, 10**14))
NUMBER = st.one_of(
    COUNT,
    st.integers(-50, -1),
    st.floats(-1e12, 1e12).map(lambda x: Decimal(repr(x))).filter(lambda x: x != x.to_integral_value()),
    st.sampled_from([Decimal("3.5"), Decimal("72701.2578"), Decimal("1e+300"), Decimal("1e-7")]),
)


def answers(fact: Fact) -> st.SearchStrategy[Any]:
    """What may answer a fact."""
    if fact.kind == "text":
        given: st.SearchStrategy[Any] = WORDS.filter(lambda text: text.strip() != NOT_APPLICABLE)
    elif fact.kind == "choice" and fact.many:
        given = st.lists(st.sampled_from(fact.options), min_size=1, unique=True).map("\n".join)
    elif fact.kind == "choice":
        given = st.sampled_from(fact.options)
    else:
        given = COUNT if fact.kind == "count" else NUMBER.filter(lambda number: number >= 0)
    return st.one_of(st.just(NOT_APPLICABLE), given)


def some(keys: tuple[str, ...], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A mapping of some of the keys."""
    return st.dictionaries(st.sampled_from(keys), values, max_size=12).map(MappingProxyType)


@st.composite
def reports(draw: st.DrawFn, form_id: str) -> Report:
    """A report of that form, inputs only; last year's holds only what 基本信息 asks."""
    form: Form = load_form(form_id)
    agency = draw(st.one_of(st.just(""), LINE))
    year = draw(st.one_of(st.none(), st.integers(2008, 2100)))
    facts = {id_: draw(answers(fact)) for id_, fact in form.facts.items() if draw(st.booleans())}
    last_figures = draw(some(form.last_year_figures, NUMBER))
    last_text = draw(some(form.last_year_text, WORDS))
    last = Report(form_id, agency, None if year is None else year - 1, last_figures, last_text)
    return Report(
        form=form_id,
        agency=agency,
        year=year,
        figures=draw(some(form.inputs, NUMBER)),
        text=draw(some(form.text_keys, WORDS)),
        draft=draw(some(form.text_keys, WORDS)),
        kind=draw(st.one_of(st.none(), st.sampled_from([office.id for office in form.offices]))),
        contact=draw(st.one_of(st.none(), WORDS)),
        facts=MappingProxyType(facts),
        last_year=last if last_figures or last_text else None,
    )
