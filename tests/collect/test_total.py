"""xlreport.collect.total: sums along the roster."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.made import report
from tests.rules.made import consistent
from xlreport.collect.roster import Roster, Unit
from xlreport.collect.total import add, compare, total
from xlreport.collect.unfit import Part, few, unfit
from xlreport.errors import InputError, refuse
from xlreport.form.weigh import weigh
from xlreport.messages import say
from xlreport.report import Report

CELL = "t3.received.natural_person"


def part(unit: Unit, number: int = 1, **more) -> Part:
    return Part(unit, f"{unit.name}.json", report(unit.name, {CELL: number}, **more))


def units(*lines: str) -> list[Unit]:
    """Of each line: name, kind, parent, "-" for none; a "*" before the name: shown only."""
    found = []
    for line in lines:
        name, kind, parent = (word.strip("-") for word in line.split())
        found.append(Unit(name.lstrip("*"), kind=kind, parent=parent, summed=not name.startswith("*")))
    return found


@given(st.lists(consistent(), min_size=1, max_size=5))
def test_sums_of_consistent_reports_are_consistent(reports: list[Report]) -> None:
    """Where every relation holds in every part, it holds in the sum."""
    same = [replace(one, agency=f"{at}局") for at, one in enumerate(reports) if one.form == reports[0].form]
    made = total([Part(Unit(one.agency), f"{at}", one) for at, one in enumerate(same)], None)
    whole = Report(made.form.id, "", made.year, MappingProxyType(dict(made.figures))).totalled()
    assert all(weigh(relation, whole.figures, ()).verdict == "holds" for relation in made.form.relations)
    for cell in made.form.figures:
        assert whole.figures[cell] == sum(one.figures[cell] for one in same)


@given(st.data())
def test_order_does_not_matter(data: st.DataObject) -> None:
    """Parts in whatever order give the same sum, members and differences."""
    roster = Roster(
        tuple(units("区 汇总 -", "甲 部门 区", "乙 部门 区", "街 汇总 区", "丙 部门 街", "*丁 垂直管理 区"))
    )
    parts = [part(unit, at, year=2024) for at, unit in enumerate(roster.units)]
    assert total(data.draw(st.permutations(parts)), roster) == total(parts, roster)


@given(st.data())
def test_the_parts_are_the_sum(data: st.DataObject) -> None:
    """Whatever the tree: the listed parts add up to the sum, and each is a unit once."""
    names = [f"u{number}" for number in range(data.draw(st.integers(1, 9)))]
    found = []
    for at, name in enumerate(names):
        parent = data.draw(st.sampled_from(["", *names[:at]]))
        kind = data.draw(st.sampled_from(["部门", "汇总"]))
        found.append(Unit(name, kind=kind, parent=parent, summed=data.draw(st.booleans())))
    roster = Roster(tuple(found))
    here = data.draw(st.lists(st.sampled_from(found), min_size=1, unique=True))
    made = total([part(unit, 2**at) for at, unit in enumerate(here)], roster)
    assert add(made.form, [member.figures for member in made.parts]) == made.figures
    assert len({member.unit.name for member in made.parts}) == len(made.parts)
    assert all(member.unit.summed for member in made.parts)
    tops = [member for member in made.members if not member.depth]
    due = {unit.name for unit in roster.due} & roster.summed
    assert sum(top.due for top in tops) == len(due)
    assert sum(top.there for top in tops) == len(due & {unit.name for unit in here})
    absent = [one.unit.name for one in made.members if one.role in ("missing", "covered") and one.due]
    assert sorted(absent) == sorted(due - {unit.name for unit in here})


def test_blank() -> None:
    """A cell is blank in the sum only where every part leaves it blank."""
    form = report("甲").statute
    assert add(form, [{CELL: 2}, {}, {CELL: 0, "t4.reconsideration.upheld": 0}]) == {
        CELL: 2,
        "t4.reconsideration.upheld": 0,
    }


def test_levels() -> None:
    """Each level is the sum of those below; a whole of its own is compared, shown units are not added."""
    roster = Roster(
        tuple(
            units("市 汇总 -", "区 汇总 市", "甲 部门 区", "乙 部门 区", "*丙 垂直管理 区", "丁 部门 市", "戊 部门 市")
        )
    )
    by_name = {unit.name: unit for unit in roster.units}
    given_ = {"区": 6, "甲": 2, "乙": 3, "丙": 100, "丁": 10}
    made = total([part(by_name[name], number) for name, number in given_.items()], roster)
    assert made.figures[CELL] == 15
    members = {(member.unit.name, member.role): member for member in made.members}
    assert members["市", "level"].figures[CELL] == 15
    assert (members["市", "level"].due, members["市", "level"].there) == (4, 3)
    assert members["区", "level"].figures[CELL] == 5
    assert members["区", "whole"].figures[CELL] == 6
    assert ("丙", "shown") in members
    assert ("戊", "missing") in members
    (difference,) = (one for one in made.differences)
    assert (difference.unit, difference.cell, difference.parts, difference.whole) == ("区", CELL, 5, 6)


def test_a_whole_without_its_parts() -> None:
    """Where only the whole of a level came up, it is what is added; its parts are missing, but covered."""
    roster = Roster(tuple(units("市 汇总 -", "区 汇总 市", "甲 部门 区", "丁 部门 市")))
    by_name = {unit.name: unit for unit in roster.units}
    made = total([part(by_name["区"], 6), part(by_name["丁"], 1)], roster)
    assert made.figures[CELL] == 7
    assert [member.unit.name for member in made.members if member.role == "missing"] == []
    assert [member.unit.name for member in made.members if member.role == "covered"] == ["甲"]
    assert (made.members[0].due, made.members[0].there) == (2, 1)


def test_a_sum_that_the_roster_does_not_know_as_one() -> None:
    """A report that says of itself to be a sum is compared with its parts, never added to them."""
    roster = Roster(tuple(units("区 政府 -", "甲 部门 区")))
    made = total([part(roster.units[0], 5, kind="汇总"), part(roster.units[1], 5)], roster)
    assert made.figures[CELL] == 5
    assert not made.differences


def test_an_office_with_offices_below() -> None:
    """An office that has others below it and reports its own business is one part more."""
    roster = Roster(tuple(units("局 部门 -", "所 部门 局")))
    assert total([part(roster.units[0], 5), part(roster.units[1], 2)], roster).figures[CELL] == 7


A, B = Unit("甲"), Unit("乙")
LINE = Roster(tuple(units("区 汇总 -", "税务局 垂直管理 区")))
MIXED = Roster(tuple(units("甲 部门 -", "税务局 垂直管理 -")))
OWN = Roster(tuple(units("省局 垂直管理 -", "税务局 垂直管理 省局")))


@pytest.mark.parametrize(
    ("parts", "roster", "key"),
    [
        ([], None, "nothing"),
        ([part(A), part(A)._replace(file="b")], None, "twice"),
        ([part(A), part(Unit("甲 "))._replace(file="b")], None, "twice"),
        ([part(A), part(B, year=2023)], None, "two_years"),
        ([part(A), part(B, form="2019")], None, "two_forms"),
        ([part(A), part(Unit(""))], None, "no_agency"),
        ([part(A, year=None)], None, "no_year"),
        ([part(A), part(Unit("税务局", kind="垂直管理"))], None, "vertical"),
        ([part(LINE.units[1])], LINE, "outside"),
        ([part(unit) for unit in MIXED.units], MIXED, "vertical"),
    ],
)
def test_refused(parts: list[Part], roster: Roster | None, key: str) -> None:
    """What must not be added is refused, and the sentence names the file."""
    with pytest.raises(InputError) as refused:
        refuse(list(unfit(parts, roster)))
    assert refused.value.key == f"rollup.{key}"
    assert not parts or any(one.file in refused.value.tell() for one in parts)


def test_a_few_of_many() -> None:
    """A few names in a sentence are told as its language tells them; that there are more is seen."""
    for names, zh, en in (("ab", "a、b", "a, b"), ("abc", "a、b、c", "a, b, c"), ("abcd", "a、b、c……", "a, b, c……")):
        said = [say("rollup.no_year", language, count=4, files=few(names)) for language in ("zh", "en")]
        assert said[0].endswith(f"：{zh}")
        assert f": {en}" in said[1]


def test_up_its_own_line() -> None:
    """Units of a vertical system are added up in their own line."""
    assert total([part(OWN.units[1], 3)], OWN).figures[CELL] == 3


def test_compare() -> None:
    """A whole that somebody else typed is compared cell by cell; one of another year cannot be."""
    made = total([part(A, 2), part(B, 3)], None)
    (difference,) = compare(made, report("区", {CELL: 6}), "区.json")
    assert (difference.parts, difference.whole) == (5, 6)
    assert compare(made, report("区", {CELL: 5}), "区.json") == ()
    with pytest.raises(InputError):
        compare(made, report("区", year=2023), "区.json")
    (blank,) = compare(made, report("区"), "区.json")
    assert blank.whole == 0
    whole = report("区")
    (blank,) = compare(made, replace(whole, figures={k: v for k, v in whole.figures.items() if k != CELL}), "区.json")
    assert (blank.parts, blank.whole, blank.more) == (5, None, None)
