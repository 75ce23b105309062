"""Which cells are probably wrong, and what they should be."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import HANGING
from tests.rules.made import consistent, report, with_cell
from tests.samples import city
from xlreport import job
from xlreport.finding import Stated, Suspect
from xlreport.form import CREDIBLE, FORMS, load_form
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.rules import judge
from xlreport.rules.locate import LISTED, locate

TYPED = replace(city(), last_year=None)
"""A city's report as a published page has it: every total typed."""

WORKBOOK = replace(TYPED.totalled(), text={"overview.on_request": "…"}, draft={})
"""The same in the locked workbook: every total computed, the text the clerk's own."""

WITH_LAST_YEAR = city().totalled()

RELATIONS = ("T3-BAL", "T3-SUM", "T3-ROW", "T4-SUM", "T3-CARRY")

NATURAL = "t3.granted.natural_person"
OTHER = "t3.granted.other"


def failing(source: Report) -> list[str]:
    """Codes of relations that fail, last year's among them."""
    return [finding.code for finding in judge(replace(source, text={}, draft={}))[0] if finding.code in RELATIONS]


def changed(source: Report, figures: dict[str, Number | None]) -> Report:
    for cell, value in figures.items():
        source = with_cell(source, cell, value)
    return source.totalled() if source.derived else source


def applied(source: Report, suspect: Suspect) -> Report:
    return changed(source, dict(zip(suspect.cells, suspect.suggested, strict=True)))


def told(source: Report, *stated: Stated, language: str = "zh") -> list[str]:
    return [suspect.to_json(language)["reason"] for suspect in locate(source, stated)]


def said(cells: tuple[str, ...], value: int, source: Report) -> Stated:
    expected = sum(source.figures[cell] for cell in cells)
    status = "agrees" if value == expected else "contradicts"
    return Stated("overview.on_request", f"共{value}件。", f"{value}件", value, status, cells, expected)  # type: ignore[arg-type]


def test_nothing_wrong() -> None:
    """A report in order has no suspects, whatever its prose says."""
    assert locate(TYPED) == locate(city()) == ()
    assert locate(TYPED, [said((NATURAL,), 3, TYPED)]) == ()


@pytest.mark.parametrize(
    ("cell", "wrong", "reason"),
    [
        (
            NATURAL,
            1480,
            "表三!D8（（一）予以公开·自然人）填的是 1480，若为 1408 则表三、表四的勾稽全部相符（数字可能颠倒）",
        ),
        (
            NATURAL,
            14080,
            "表三!D8（（一）予以公开·自然人）填的是 14080，若为 1408 则表三、表四的勾稽全部相符（可能多打或漏打了 0）",
        ),
        (
            "t3.concluded.total",
            0,
            "表三!J29（（七）总计·总计）填的是 0，若为 3521 则表三、表四的勾稽全部相符（合计可能没有填）",
        ),
        (
            "t3.received.other",
            2,
            "表三!I6（一、本年新收·其他）填的是 2，若为 3 则表三、表四的勾稽全部相符（只差 1，可能数错）",
        ),
    ],
)
def test_one_cell(cell: str, wrong: int, reason: str) -> None:
    """In a page with typed totals one wrong cell of table 3 is the only suspect, with its value and the reason."""
    source = with_cell(TYPED, cell, wrong)
    assert told(source) == [reason]
    (suspect,) = locate(source)
    assert (suspect.cells, suspect.actual, suspect.suggested) == ((cell,), (wrong,), (TYPED.figures[cell],))
    assert set(suspect.resolves) == set(failing(source))


@pytest.mark.parametrize("wrong", ["one", "two"])
def test_every_cell_of_table_3(wrong: str) -> None:
    """Every single cell of table 3 that is wrong is found, and named alone."""
    for figure in TYPED.statute.table("t3").figures:
        true = TYPED.figures[figure.id]
        (suspect,) = locate(with_cell(TYPED, figure.id, true + (1 if wrong == "one" else 77)))
        assert (suspect.cells, suspect.suggested) == ((figure.id,), (true,))


def test_two_cells() -> None:
    """Two independent mistakes are told as one set, as are mistakes in two tables."""
    for other in ("t3.received.other", "t4.reconsideration.total"):
        source = changed(TYPED, {NATURAL: 14080, other: 0})
        first = locate(source)[0]
        assert dict(zip(first.cells, first.suggested, strict=True)) == {NATURAL: 1408, other: TYPED.figures[other]}
        assert applied(source, first).figures == TYPED.figures


def test_three_cells() -> None:
    """Three mistakes in one table are still located exactly."""
    cells = (NATURAL, "t3.received.enterprise", "t3.unavailable.not_held.total")
    source = changed(TYPED, dict.fromkeys(cells, 999))
    assert set(locate(source)[0].cells) == set(cells)
    assert applied(source, locate(source)[0]).figures == TYPED.figures


def test_swap() -> None:
    """Two neighbours typed into each other's cell are recognised."""
    source = changed(TYPED, {NATURAL: 21, "t3.granted.enterprise": 1408})
    assert told(source)[0].endswith("则表三、表四的勾稽全部相符（相邻两格可能填反了）")
    assert applied(source, locate(source)[0]).figures == TYPED.figures


def test_table_4() -> None:
    """A block of table 4 has one sum only: every cell that could be wrong is a suspect, the likeliest first."""
    source = report({"t4.reconsideration.upheld": 30, "t4.reconsideration.other": 2, "t4.reconsideration.total": 5})
    suspects = locate(source)
    assert [(s.cells[0].split(".")[-1], s.suggested[0]) for s in suspects] == [("upheld", 3), ("total", 32)]
    assert {s.resolves for s in suspects} == {("T4-SUM",)}


def test_offsetting_errors_are_named() -> None:
    """A request booked under another applicant leaves 总计 balanced: both columns are told, and that they cancel."""
    wrong = changed(WORKBOOK, {NATURAL: 1405, OTHER: 3})
    assert failing(wrong) == ["T3-BAL", "T3-BAL"]
    moves = [suspect for suspect in locate(wrong) if set(suspect.cells) == {NATURAL, OTHER}]
    assert len(moves) == 1
    assert "互相抵消" in moves[0].to_json("zh")["reason"]
    assert "cancel" in moves[0].to_json("en")["reason"]
    assert all(cell.rsplit(".", 1)[0] == s.cells[0].rsplit(".", 1)[0] for s in locate(wrong)[:3] for cell in s.cells)


def test_computed_totals_are_no_suspects() -> None:
    """In a workbook only inputs can be wrong; transposed digits come before what merely would fit."""
    wrong = changed(WORKBOOK, {NATURAL: 4108})
    suspects = locate(wrong)
    assert suspects[0].cells == (NATURAL,)
    assert suspects[0].suggested == (1408,)
    assert len(suspects) > 1
    assert not any(cell in wrong.derived for suspect in suspects for cell in suspect.cells)


def test_last_year_tells_cells_apart() -> None:
    """二 that agrees with last year's 四 is above suspicion; 二 that does not is the suspect."""
    received, carried = "t3.received.enterprise", "t3.carried_in.enterprise"
    plain = changed(WORKBOOK, {carried: 30})
    assert {received, carried} <= {cell for suspect in locate(plain) for cell in suspect.cells}
    assert [s.cells for s in locate(changed(WITH_LAST_YEAR, {carried: 30}))] == [(carried,)]
    assert "上年报告“四、结转下年度继续办理”是 3" in told(changed(WITH_LAST_YEAR, {carried: 30}))[0]
    assert carried not in {cell for s in locate(changed(WITH_LAST_YEAR, {received: 57})) for cell in s.cells}


def test_prose_tells_cells_apart() -> None:
    """A cell that the prose contradicts comes first, one that it confirms goes last; the sentence says so."""
    wrong = changed(WORKBOOK, {"t3.received.enterprise": 69})
    assert locate(wrong)[0].cells != ("t3.received.enterprise",) or len(locate(wrong)) > 1
    truth = said(("t3.received.total",), 3525, wrong)
    assert truth.status == "contradicts"
    first = locate(wrong, [truth])[0]
    assert (first.cells, first.suggested) == (("t3.received.enterprise",), (75,))
    assert "与正文写的“3525件”也相符" in first.to_json("zh")["reason"]
    confirmed = locate(wrong, [said(("t3.received.total",), 3519, wrong)])
    assert ("t3.received.enterprise",) not in [suspect.cells for suspect in confirmed[:3]]


def test_a_draft_confirms_nothing() -> None:
    """A draft that agrees was made from the wrong figure; one that contradicts knew another."""
    wrong = changed(replace(WORKBOOK, text={}, draft={"overview.on_request": "…"}), {"t3.received.enterprise": 69})
    assert locate(wrong, [said(("t3.received.total",), 3519, wrong)]) == locate(wrong)
    assert locate(wrong, [said(("t3.received.total",), 3525, wrong)])[0].cells == ("t3.received.enterprise",)


def test_only_prose_that_matters_is_told() -> None:
    """The reason speaks of figures whose agreement the change would alter, and of no others."""
    wrong = changed(WORKBOOK, {"t3.received.enterprise": 69})
    aside, against = said(("t4.reconsideration.total",), 170, wrong), said(("t3.received.total",), 3519, wrong)
    assert aside.status == against.status == "agrees"
    reasons = told(wrong, aside, against)
    assert not any("正文写的“170件”" in reason for reason in reasons)
    assert all(("但与正文写的“3519件”不符" in reason) == ("表三!E6" in reason) for reason in reasons)
    received = with_cell(TYPED, "t3.received.enterprise", 69)
    assert told(received, against) == [
        "表三!E6（一、本年新收·商业企业）填的是 69，若为 75 则表三、表四的勾稽全部相符（数字对不上）",
    ]


def test_a_sum_in_the_prose() -> None:
    """A statement may count several cells."""
    cells = ("t3.granted.total", "t3.partly_granted.total")
    wrong = changed(WORKBOOK, {"t3.partly_granted.natural_person": 469})
    suspects = locate(wrong, [said(cells, 1431 + 471, wrong)])
    assert suspects[0].cells in (("t3.partly_granted.natural_person",), (NATURAL,))
    assert "与正文写的“1902件”也相符" in suspects[0].to_json("zh")["reason"]


def test_statements_that_are_no_evidence() -> None:
    """What is no statutory figure, or speaks of a part of the office, changes nothing."""
    wrong = changed(WORKBOOK, {"t3.received.enterprise": 69})
    part = said(("t3.received.total",), 3525, wrong)._replace(part=True)
    for useless in (part, Stated("problems", "3525件。", "3525件", 3525, "other", ("t3.received.total",))):
        assert locate(wrong, [useless]) == locate(wrong)


def test_blanks() -> None:
    """Relations that blanks leave open neither fail nor come to fail, and the sentence does not claim them."""
    source = changed(TYPED, {NATURAL: 1480, OTHER: None, "t3.received.other": None})
    suspects = locate(source)
    assert suspects[0].cells == (NATURAL,)
    assert "表三、表四能判定的勾稽全部相符" in told(source)[0]
    assert failing(applied(source, suspects[0])) == []


def test_a_blank_may_be_the_suspect() -> None:
    """A number typed beside its cell, which stayed empty: both change."""
    beside, rows = "t3.granted.enterprise", ("received", "granted", "concluded")
    typed = {f"t3.{row}.{column}": 12 for row in rows for column in ("natural_person", "total")}
    source = report({**typed, NATURAL: None, beside: 12})
    first = locate(source)[0]
    assert (first.cells, first.actual, first.suggested) == ((NATURAL, beside), (None, 12), (12, 0))
    assert told(source)[0].startswith("若表三!D8（（一）予以公开·自然人）由 空白 改为 12；")
    assert failing(applied(source, first)) == []


def test_negative_and_fraction() -> None:
    """A stray sign or point is recognised, and what it should be is whole."""
    assert "可能多打了负号" in told(with_cell(TYPED, NATURAL, -1408))[0]
    (point,) = locate(with_cell(TYPED, NATURAL, Decimal("140.8")))
    assert point.suggested == (1408,)
    assert isinstance(point.suggested[0], int)


def test_no_repair_is_claimed() -> None:
    """A report that is wrong everywhere has no suspects, and says so quickly; so has one at odds with itself."""
    chance = random.Random(7)
    for computed in (False, True):
        for most in (1, 9, 99, 10**6):
            wild = replace(TYPED, figures=MappingProxyType({c: chance.randint(0, most) for c in TYPED.figures}))
            wild = replace(wild.totalled(), last_year=city().last_year) if computed else wild
            start = time.perf_counter()
            suspects = locate(wild)
            assert time.perf_counter() - start < HANGING
            assert all(failing(applied(wild, suspect)) == [] for suspect in suspects)
    before = {"t3.carried_out.enterprise": 3, "t3.carried_out.total": 3}
    contradicting = Report("2021", "示例局", None, MappingProxyType(before | {"t3.carried_out.natural_person": 1}))
    source = report({"t3.carried_in.enterprise": 3, "t3.received.enterprise": 0}, last_year=contradicting)
    assert locate(source) == ()


def test_what_is_counted_is_whole() -> None:
    """A sum that is a fraction is no suggestion."""
    row = "t4.reconsideration"
    source = report({f"{row}.upheld": Decimal("3.5"), f"{row}.pending": 1, f"{row}.total": 5})
    assert [(s.cells, s.suggested) for s in locate(source)] == [((f"{row}.upheld",), (4,))]


def test_many_columns() -> None:
    """Where totals are computed, up to four columns are mended together; beyond, nothing is claimed."""
    columns = [column for column in TYPED.statute.table("t3").column_ids if column != "total"]
    for count in range(1, 6):
        cells = [f"t3.carried_out.{column}" for column in columns[:count]]
        source = changed(WORKBOOK, {cell: WORKBOOK.figures[cell] + 10 ** (i + 1) for i, cell in enumerate(cells)})
        suspects = locate(source)
        assert {len(suspect.cells) for suspect in suspects} == ({count} if count < 5 else set())
        assert all(failing(applied(source, suspect)) == [] for suspect in suspects)


def test_huge_numbers() -> None:
    """A telephone number in a cell is located; a number that no cell can mean is never suggested."""
    (suspect,) = locate(with_cell(TYPED, NATURAL, 13800138000))
    assert suspect.suggested == (1408,)
    source = report({"t4.reconsideration.upheld": 10**13, "t4.reconsideration.total": 5})
    assert [suspect.cells for suspect in locate(source)] == [("t4.reconsideration.upheld",)]
    wild = changed(TYPED, {"t3.granted.total": Decimal("1E+308"), NATURAL: Decimal("1E+300")})
    assert all(0 <= value <= 10**12 for s in locate(wild) for value in s.suggested)


def test_verdict() -> None:
    """The verdict carries the suspects, as JSON too; a report in order costs no search."""
    verdict = job.judge(Path("a.json"), with_cell(TYPED, NATURAL, 1480))
    assert verdict.to_json()["suspects"] == [
        {
            "cells": [NATURAL],
            "actual": [1480],
            "suggested": [1408],
            "resolves": ["T3-ROW", "T3-SUM"],
            "reason": "表三!D8（（一）予以公开·自然人）填的是 1480，"
            "若为 1408 则表三、表四的勾稽全部相符（数字可能颠倒）",
        }
    ]
    assert job.judge(Path("a.json"), TYPED).suspects == ()


@st.composite
def mistaken(draw: st.DrawFn) -> tuple[Report, dict[str, Number]]:
    """A consistent report with one or two cells of tables 3 and 4 mistyped, totals typed or computed."""
    source = draw(consistent())
    computed = draw(st.booleans())
    source = source.totalled() if computed else source
    cells = [cell for cell in source.figures if cell[:2] != "t2" and cell not in source.derived]
    wrong = draw(st.dictionaries(st.sampled_from(cells), st.integers(0, 1200), min_size=1, max_size=2))
    figures = {cell: value for cell, value in wrong.items() if value != source.figures[cell]}
    return changed(source, dict(figures)), {cell: source.figures[cell] for cell in figures}


@settings(deadline=None)
@given(mistaken())
def test_properties(case: tuple[Report, dict[str, Number]]) -> None:
    """Each suspect, applied, makes all relations hold with whole numbers; none is larger than the truth."""
    source, truth = case
    suspects = locate(source)
    assert bool(suspects) == bool(failing(source))
    assert suspects == locate(source)
    for suspect in suspects:
        assert len(suspect.cells) == len(suspects[0].cells) <= len(truth)
        assert all(isinstance(value, int) and value >= 0 for value in suspect.suggested)
        assert suspect.actual == tuple(source.figures.get(cell) for cell in suspect.cells)
        assert suspect.actual != suspect.suggested
        assert failing(applied(source, suspect)) == []


@settings(deadline=None, max_examples=30)
@given(mistaken())
def test_minimal(case: tuple[Report, dict[str, Number]]) -> None:
    """No part of a suspect's changes would do."""
    source, _ = case
    for suspect in locate(source)[:LISTED]:
        pairs = list(zip(suspect.cells, suspect.suggested, strict=True))
        for size in range(len(pairs)):
            for part in combinations(pairs, size):
                assert failing(changed(source, dict(part)))


@settings(deadline=None, max_examples=30)
@given(mistaken())
def test_the_truth_is_listed(case: tuple[Report, dict[str, Number]]) -> None:
    """With typed totals the true repair is among the suspects of table 3, where it is as small as they are."""
    source, truth = case
    suspects = locate(source)
    if source.derived or not suspects or len(suspects) > LISTED or len(truth) > len(suspects[0].cells):
        return
    if all(cell.startswith("t3") for cell in truth):
        assert truth in [dict(zip(suspect.cells, suspect.suggested, strict=True)) for suspect in suspects]


def test_last_year_not_known() -> None:
    """Last year's blank 四 speaks neither for a cell nor against it; one of its parts speaks for at least as much."""
    received, carried = "t3.received.enterprise", "t3.carried_in.enterprise"
    for computed in (TYPED, WORKBOOK):
        for value in (0, 30):
            wrong = replace(changed(computed, {carried: value}), last_year=Report("2021", "示例局", None))
            alone = replace(wrong, last_year=None)
            assert failing(wrong) == failing(alone)
            assert [s.cells for s in locate(wrong)] == [s.cells for s in locate(alone)]
    part = Report("2021", "示例局", None, MappingProxyType({"t3.carried_out.enterprise": 3})).totalled()
    source = report({received: 5, "t3.concluded.enterprise": 5}, last_year=part).totalled()
    assert all(failing(applied(source, suspect)) == [] for suspect in locate(source))


def test_ties_are_all_listed() -> None:
    """Where more suspects are equally likely than are listed otherwise, all are listed."""
    suspects = locate(report({"t3.received.natural_person": 5}).totalled())
    results = load_form("2021").totals["t3.concluded.natural_person"].left
    assert len(results) > LISTED
    assert {suspect.cells for suspect in suspects} >= {(cell,) for cell in results}


def test_as_much_as_an_office_can_mean() -> None:
    """A cell may be suspected to hold what is just credible, and no more."""
    for total, expected in ((CREDIBLE, True), (CREDIBLE + 1, False)):
        suspects = locate(report({"t4.reconsideration.total": total}))
        assert (total in {value for suspect in suspects for value in suspect.suggested}) == expected


def test_no_longer_list() -> None:
    """Of suspects that are not equally likely, no more are listed than LISTED."""
    column = "natural_person"
    figures = {f"t3.received.{column}": 19, f"t3.granted.{column}": 5, f"t3.refused.state_secret.{column}": 12}
    assert len(locate(report(figures).totalled())) == LISTED


def test_much_less_likely() -> None:
    """A suspect that weighs just MARGIN more than the likeliest is listed: 3 typed for 0, beside an empty 总计."""
    row = "t4.reconsideration"
    suspects = locate(report({f"{row}.corrected": 3}))
    assert [suspect.cells for suspect in suspects] == [(f"{row}.total",), (f"{row}.corrected",)]


def test_a_fraction_last_year() -> None:
    """Last year's figure is told as it stands there, also where it is no whole number."""
    half = dict.fromkeys((f"t3.{row}.natural_person" for row in ("carried_in", "granted")), Decimal("0.5"))
    last = Report("2021", "示例局", None, MappingProxyType({"t3.carried_out.total": Decimal("1.5")}))
    assert "上年报告“四、结转下年度继续办理”是 1.5" in told(report(half, last_year=last).totalled())[0]


def test_relations_are_of_counts() -> None:
    """What a relation speaks of is counted: whole, and not negative."""
    for form in map(load_form, FORMS):
        assert {form.figures[cell].kind for relation in form.relations for cell in relation.cells} == {"count"}
