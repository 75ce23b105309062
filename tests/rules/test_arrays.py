"""The arithmetic of many reports as arrays."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.made import consistent, report, with_cell
from xlreport.form import CREDIBLE, FORMS, load_form
from xlreport.form.weigh import Number, weigh
from xlreport.report import Report
from xlreport.rules.arrays import BLOCK, VERDICTS, verdicts

ODD: st.SearchStrategy[Number | None] = st.one_of(
    st.none(),
    st.integers(-3, 3),
    st.sampled_from([CREDIBLE, CREDIBLE + 1, -CREDIBLE - 1, 2**53, 2**53 + 1, 10**400, -(10**400)]),
    st.sampled_from([Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("1.00000000000000000001"), Decimal(2)]),
)
"""What stands in a cell by mistake; some of it no floating point can add up."""


def one_by_one(source: Report) -> list[str]:
    """What the scalar rules say of each relation."""
    blanks = source.blanks()
    return [weigh(relation, source.figures, blanks).verdict for relation in source.statute.relations]


def at_once(form: str, reports: list[Report]) -> list[list[str]]:
    return [[VERDICTS[verdict] for verdict in row] for row in verdicts(form, reports).tolist()]


@st.composite
def wrong(draw: st.DrawFn) -> Report:
    """A report with some cells wrong or blank, totals typed or computed or some of each."""
    source = draw(consistent())
    cells = st.sampled_from(list(source.figures))
    for cell, value in draw(st.dictionaries(cells, ODD, max_size=6)).items():
        source = with_cell(source, cell, value)
    if draw(st.booleans()):
        computed = source.totalled()
        typed = draw(st.sets(st.sampled_from(list(source.statute.totals)), max_size=3))
        source = replace(computed, derived=computed.derived - typed)
    return source


@given(st.lists(wrong(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_same_as_scalar(reports: list[Report]) -> None:
    """Many at once are judged as each alone: both forms, blanks, negatives, fractions and numbers beyond belief."""
    for form in FORMS:
        mine = [source for source in reports if source.form == form]
        assert at_once(form, mine) == [one_by_one(source) for source in mine]


@pytest.mark.parametrize("form", FORMS)
def test_every_cell(form: str) -> None:
    """Each cell alone, 1 or blank among zeros or beside a 1, gets the verdicts of the scalar rules."""
    zeros = report(form=form)
    many = [with_cell(zeros, cell, value) for cell in zeros.figures for value in (1, None)]
    many += [with_cell(source, load_form(form).relations[0].left[0], 1) for source in many]
    many += [source.totalled() for source in many]
    assert len(many) > 2 * BLOCK > 0
    found = at_once(form, many)
    assert found == [one_by_one(source) for source in many]
    assert {verdict for row in found for verdict in row} == set(VERDICTS)


@pytest.mark.parametrize("sign", [1, -1])
def test_beyond_floating_point(sign: int) -> None:
    """Sides that differ by one are not equal, however large they are."""
    row = "t4.reconsideration"
    source = report({f"{row}.upheld": sign * (10**17 + 1), f"{row}.total": sign * 10**17})
    assert at_once("2021", [source]) == [one_by_one(source)]


def test_none() -> None:
    """No reports, no verdicts; a column for each relation all the same."""
    assert verdicts("2021", []).shape == (0, len(load_form("2021").relations))


def test_one_form() -> None:
    """A report of another form is refused, not misread."""
    with pytest.raises(ValueError, match="2021"):
        verdicts("2021", [report(form="2019")])
    with pytest.raises(KeyError):
        verdicts("2008", [Report("2008", "", 2008, MappingProxyType({}))])
