"""Which cells are marked, and the text that remembers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlreport.finding import Finding, Suspect, Verdict
from xlreport.form import load_form
from xlreport.host.marks import Mark, places, rectangles, remembered, wanted, written
from xlreport.workbook.places import Place
from xlreport.workbook.plan import RED, TINT
from xlreport.workbook.untouched import template

FORM = load_form("2021")
NAMES = template("2021").layout.names
BALANCE = Finding(
    "T3-BAL", "error", "x", {}, ("t3.received.other", "t3.carried_in.other"), ("表三!I6", "表三!I7"), 3, 4
)
ALONE = Finding("FIG-NEG", "error", "x", {}, ("t3.received.other",), ("表三!I6",))
WARNING = Finding("FIG-BLANK", "warning", "x", {}, ("t3.granted.other",), ("表三!I8",))


def suspect(*cells: str) -> Suspect:
    return Suspect(cells, (1,) * len(cells), (2,) * len(cells), ("T3-BAL",), "x")


def test_a_relation_is_tinted() -> None:
    """The cells of a relation that fails are tinted; a warning marks nothing."""
    colours = wanted(Verdict("", findings=(BALANCE, WARNING)), FORM, NAMES)
    assert colours == {Place("表三", 6, 9): TINT, Place("表三", 7, 9): TINT}


def test_a_cell_of_its_own_is_red() -> None:
    """A cell that an error speaks of alone is red, also where a relation tints it."""
    colours = wanted(Verdict("", findings=(BALANCE, ALONE)), FORM, NAMES)
    assert colours == {Place("表三", 6, 9): RED, Place("表三", 7, 9): TINT}


def test_only_a_lone_suspect_is_red() -> None:
    """The cells of the only guess are red; of several guesses none is."""
    alone = wanted(Verdict("", findings=(BALANCE,), suspects=(suspect("t3.carried_in.other"),)), FORM, NAMES)
    assert alone[Place("表三", 7, 9)] == RED
    guesses = (suspect("t3.carried_in.other"), suspect("t3.received.other"))
    assert set(wanted(Verdict("", findings=(BALANCE,), suspects=guesses), FORM, NAMES).values()) == {TINT}


def test_figures_are_marked_where_they_stand_now() -> None:
    """A figure whose row has moved is marked at its name; a sheet as a whole has no place."""
    moved = {**NAMES, "t3_received_other": Place("表三", 8, 9)}
    assert list(places(ALONE, FORM, moved)) == [Place("表三", 8, 9)]
    assert list(places(Finding("LY-YEAR", "warning", "x", addresses=("基本信息",)), FORM, NAMES)) == []


COLOUR = st.text("0123456789ABCDEF", min_size=6, max_size=6)
SHEET = st.text(
    st.characters(exclude_characters="\n\r", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
).filter(lambda name: name == name.strip())
PLACE = st.builds(Place, SHEET, st.integers(1, 9_999_999), st.integers(1, 16_384))


@given(st.lists(st.builds(Mark, PLACE, COLOUR, st.one_of(st.just(""), COLOUR))))
def test_marks_are_remembered(marks: list[Mark]) -> None:
    """What is written of marks is what is read."""
    assert remembered(written(marks)) == tuple(marks)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """A cell that somebody has written into is no mark, and no error."""
    assert all(isinstance(mark, Mark) for mark in remembered(text))


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 8))))
def test_rectangles(cells: set[tuple[int, int]]) -> None:
    """Rectangles cover each cell once, and nothing else."""
    covered = [
        (row, column)
        for area in rectangles(cells)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert sorted(covered) == sorted(cells)


def test_a_block_is_one_rectangle() -> None:
    """A filled block is coloured at one go."""
    assert len(rectangles((row, column) for row in range(6, 30) for column in range(4, 10))) == 1
