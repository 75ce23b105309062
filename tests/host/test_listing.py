"""The lines that tell what was found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlreport.finding import Finding, Suspect, Verdict
from xlreport.form import load_form
from xlreport.host.listing import Line, lines, link
from xlreport.messages import Phrase
from xlreport.workbook.plan import FOUND_LINES
from xlreport.workbook.untouched import template

FORM = load_form("2021")
NAMES = template("2021").layout.names
NEGATIVE = Finding(
    "FIG-NEG",
    "error",
    "findings.FIG-NEG",
    {"address": "表三!D6", "name": "甲", "value": "-1"},
    ("t3.received.natural_person",),
    ("表三!D6",),
)
BALANCE = NEGATIVE._replace(
    code="T3-BAL",
    cells=("t3.received.natural_person", "t3.concluded.natural_person"),
    addresses=("表三!D6", "表三!D29"),
    expected=3,
    actual=Decimal("4.5"),
)


def told(*findings: Finding, suspects: tuple[Suspect, ...] = ()) -> tuple[Line, ...]:
    return lines(Verdict("", findings=findings, suspects=suspects), FORM, NAMES)


def suspect(cell: str, *resolves: str) -> Suspect:
    values = {
        "cell": "表三!D8",
        "actual": "12",
        "suggested": "21",
        "agree": Phrase("suspects.agree.all"),
        "why": (Phrase("suspects.why.transposed"),),
    }
    return Suspect((cell,), (12,), (21,), resolves, "suspects.one", values)


def test_a_line() -> None:
    """Number, sentence, both sides and their difference as numbers, code with its sign, link."""
    assert told(BALANCE) == (
        Line(1, BALANCE.message(), 3, 4.5, 1.5, "× T3-BAL", """=HYPERLINK("#'表三'!D6","表三!D6")"""),
    )


def test_errors_come_first() -> None:
    """Errors before warnings before notes, in the order in which they were found, numbered through."""
    found = told(NEGATIVE._replace(severity="note"), NEGATIVE._replace(severity="warning"), NEGATIVE, BALANCE)
    assert [line.verdict for line in found] == ["× FIG-NEG", "× T3-BAL", "— FIG-NEG", "· FIG-NEG"]
    assert [line.number for line in found] == [1, 2, 3, 4]


def test_the_only_guess_is_where_to_look() -> None:
    """The only guess is told where its cell counts, also inside a total, and the link goes to it."""
    guess = suspect("t3.granted.natural_person", "T3-BAL")
    balance, negative = told(BALANCE, NEGATIVE, suspects=(guess,))
    assert "最可能：表三!D8填的是 12，若为 21" in balance.what
    assert balance.link == link("表三!D8")
    assert "若为" not in negative.what
    assert negative.link == link("表三!D6")


def test_several_guesses() -> None:
    """Several guesses are told as such, three at most, and the link goes to the relation."""
    guesses = tuple(suspect(cell, "T3-BAL") for cell in FORM.totals["t3.concluded.natural_person"].left[:5])
    (balance,) = told(BALANCE, suspects=guesses)
    assert balance.what.count("若为 21") == 3
    assert "可能 1：" in balance.what
    assert "最可能" not in balance.what
    assert balance.link == link("表三!D6")


def test_a_guess_about_something_else() -> None:
    """A guess is told only with what it would mend."""
    assert told(BALANCE, suspects=(suspect("t3.granted.other", "T3-BAL"),))[0].what == BALANCE.message()
    assert told(BALANCE, suspects=(suspect("t3.granted.natural_person", "T3-ROW"),))[0].what == BALANCE.message()


def test_too_many() -> None:
    """There are never more lines than places; the last tells how many findings have none."""
    assert len(told(*[NEGATIVE] * FOUND_LINES)) == FOUND_LINES
    found = told(*[NEGATIVE] * (FOUND_LINES + 5))
    assert len(found) == FOUND_LINES
    assert found[-1] == Line(None, "还有 6 处没有列出：请先改正以上各处，再点“校验”", None, None, None, "", None)


def test_without_a_place() -> None:
    """What has no cell has no link; a sheet as a whole has its first cell."""
    assert told(NEGATIVE._replace(cells=(), addresses=()))[0].link is None
    assert told(NEGATIVE._replace(cells=(), addresses=("基本信息",)))[0].link == link("基本信息")


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("表三!J6", """=HYPERLINK("#'表三'!J6","表三!J6")"""),
        ("基本信息", """=HYPERLINK("#'基本信息'!A1","基本信息")"""),
        ("""it's "1"!A1""", """=HYPERLINK("#'it''s ""1""'!A1","it's ""1""!A1")"""),
    ],
)
def test_links(address: str, formula: str) -> None:
    """A link is a formula, whatever the sheet is called."""
    assert link(address) == formula


def test_moved_figures() -> None:
    """A figure whose row has moved is looked for where it stands now."""
    moved = {**NAMES, "t3_received_natural_person": NAMES["t3_received_other"]}
    (line,) = lines(Verdict("", findings=(NEGATIVE,)), FORM, moved)
    assert line.link == link(NAMES["t3_received_other"].address)


def test_what_table_and_text_have() -> None:
    """Of a figure in the text, the table's value and the text's are told as such."""
    quoted = BALANCE._replace(values={**BALANCE.values, "quote": "收到4.5件。"})
    (line,) = told(quoted)
    assert (line.left, line.right, line.difference) == ("表中 3", "正文 4.5", 1.5)
