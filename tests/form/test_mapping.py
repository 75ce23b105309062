"""xlreport.form.mapping: what of one form is the same thing in another."""

from __future__ import annotations

import pytest

from xlreport.form import load_form
from xlreport.form.mapping import mapping

UNLIKE = {
    *(
        f"t2.{row}.{column}"
        for row in ("rules", "normative_documents")
        for column in ("made", "published", "total_published")
    ),
    *(
        f"t2.{row}.{column}"
        for row in ("licensing", "penalty", "compulsion", "fees")
        for column in ("previous_items", "change")
    ),
    *(f"t2.other_services.{column}" for column in ("previous_items", "change", "decisions")),
    *(f"t2.procurement.{column}" for column in ("items", "amount")),
}


def test_what_is_mapped() -> None:
    """All of tables three and four and the decisions of table two have a like; the rest, named here, has none."""
    found = mapping("2019", "2021")
    assert set(load_form("2019").inputs) - found.keys() == UNLIKE
    assert set(found.values()) <= set(load_form("2021").inputs)
    assert len(set(found.values())) == len(found), "no two figures go to one"


def test_the_same_thing_has_the_same_name() -> None:
    """A figure and its like are called the same by their forms, but for what the newer form divides."""
    old, new = load_form("2019"), load_form("2021")
    for cell, like in mapping("2019", "2021").items():
        names, others = old.figures[cell].names, new.figures[like].names
        if cell.startswith("t3.other."):
            assert others == (names[0], "3.其他", names[1])
        else:
            assert others[:-1] == names[:-1]
            assert others[-1].removeprefix("本年") == names[-1]


def test_relations_hold_on() -> None:
    """Each relation of the older form is one of the newer, over the likes of its figures."""
    found = mapping("2019", "2021")
    of_new = {(one.code, one.key): one for one in load_form("2021").relations}
    for one in load_form("2019").relations:
        there = of_new[one.code, "other.other" if (one.code, one.key) == ("T3-ROW", "other") else one.key]
        assert {found[cell] for cell in one.left if cell in found} <= {*there.left, *there.right}


@pytest.mark.parametrize(("old", "new"), [("2021", "2019"), ("2019", "2019"), ("../x", "2021")])
def test_none(old: str, new: str) -> None:
    """Between other forms nothing is the same thing by our word."""
    with pytest.raises(KeyError):
        mapping(old, new)
