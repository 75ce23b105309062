"""Linear relations as findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.made import consistent, report, with_cell
from xlreport.data import parse_report
from xlreport.finding import Finding, Unassessed
from xlreport.form import FORMS, load_form
from xlreport.report import Report
from xlreport.rules import judge
from xlreport.rules.identity import identity

ARITHMETIC = ("T3-BAL", "T3-SUM", "T3-ROW", "T4-SUM")


def relations(source: Report, codes: Sequence[str] = ARITHMETIC) -> tuple[list[Finding], list[Unassessed]]:
    found = [item for code in codes for item in identity(code)(source)]
    failed = [item for item in found if isinstance(item, Finding)]
    return failed, [item for item in found if isinstance(item, Unassessed)]


@given(consistent())
@settings(max_examples=60, deadline=None)
def test_consistent(source: Report) -> None:
    """A consistent report has no finding, typed totals or computed ones."""
    assert judge(source) == ((), ())
    assert judge(source.totalled()) == ((), ())


@given(consistent(), st.data(), st.sampled_from([1, -1]))
@settings(max_examples=150, deadline=None)
def test_one_off(source: Report, data: st.DataObject, step: int) -> None:
    """A figure of table 3 or 4 that is off by one is found, and a finding names it."""
    cell = data.draw(st.sampled_from([cell for cell in source.figures if not cell.startswith("t2.")]))
    failed, _ = relations(with_cell(source, cell, source.figures[cell] + step))
    assert any(cell in finding.cells for finding in failed)


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_counts(form: str) -> None:
    """Each figure of tables 3 and 4 is part of a relation, in both forms."""
    for cell in load_form(form).figures:
        failed, _ = relations(report({cell: 1}, form))
        assert any(cell in finding.cells for finding in failed) != cell.startswith("t2."), cell


def test_published(shared: Path) -> None:
    """The real reports give exactly the relations that their notes list, cells in that order."""
    folder = shared / "cases" / "published"
    paths = [path for path in sorted(folder.glob("*.json")) if not path.name.endswith(".notes.json")]
    assert len(paths) >= 9
    for path in paths:
        notes = json.loads((folder / f"{path.stem}.notes.json").read_text(encoding="utf-8"))
        wanted = [(r["code"], r["verdict"], r["cells"]) for r in notes["relations"]]
        failed, open_ = relations(parse_report(path.read_bytes()))
        got = [(finding.code, "fail", list(finding.cells)) for finding in failed]
        got += [(item.code, "not_assessed", list(item.cells)) for item in open_]
        assert sorted(got) == sorted(wanted), path.name
        assert len(failed) == len(notes["published_errors"])


@given(consistent(), st.data())
@settings(max_examples=100, deadline=None)
def test_blank(source: Report, data: st.DataObject) -> None:
    """A cell emptied in a consistent report is never an error: the number that stood there would do."""
    cells = data.draw(st.lists(st.sampled_from(list(source.figures)), min_size=1, max_size=30, unique=True))
    emptied = source
    for cell in cells:
        emptied = with_cell(emptied, cell, None)
    failed, open_ = relations(emptied)
    assert failed == []
    for item in open_:
        assert not set(cells).isdisjoint(item.cells)
    failed, _ = relations(emptied.totalled())
    assert failed == []


COLUMN = [cell for cell in load_form("2021").inputs if cell.startswith("t3.") and cell.endswith(".natural_person")]


@given(st.dictionaries(st.sampled_from(COLUMN), st.integers(0, 3), max_size=3), st.data())
@settings(max_examples=100, deadline=None)
def test_computed_total_of_blanks(figures: dict[str, int], data: st.DataObject) -> None:
    """Where totals are computed, the verdict on T3-BAL is that of trying every filling of the blanks."""
    blanks = data.draw(st.lists(st.sampled_from(COLUMN), min_size=1, max_size=2, unique=True))
    source = report({**figures, **dict.fromkeys(blanks)})

    def verdict(of: Report) -> str:
        failed, open_ = ([item for item in items if item.cells[0] == COLUMN[0]] for items in relations(of, ["T3-BAL"]))
        return "fail" if failed else "open" if open_ else "pass"

    fillings = [dict(zip(blanks, filling, strict=True)) for filling in product(range(10), repeat=len(blanks))]
    tried = [verdict(report({**figures, **filling}).totalled()) for filling in fillings]
    assert set(tried) <= {"pass", "fail"}
    assert verdict(source.totalled()) == ("pass" if tried[0] == "pass" else "open" if "pass" in tried else "fail")


def test_sides() -> None:
    """A finding carries the cells left first, their addresses, and both sides: the parts, then the total."""
    (finding,) = relations(report({"t4.reconsideration.upheld": 2, "t4.reconsideration.total": 3}))[0]
    row = ("upheld", "corrected", "other", "pending", "total")
    assert finding.cells == tuple(f"t4.reconsideration.{column}" for column in row)
    assert finding.addresses == ("表四!A6", "表四!B6", "表四!C6", "表四!D6", "表四!E6")
    assert finding.to_json()["expected"] == 2
    assert finding.to_json()["actual"] == 3
    assert finding.to_json()["difference"] == 1


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (
            {"t3.received.natural_person": 3440, "t3.carried_in.natural_person": 118}
            | {"t3.concluded.natural_person": 3433, "t3.carried_out.natural_person": 124},
            (
                "表三“自然人”列：一、本年新收 3440 ＋ 二、上年结转 118 ＝ 3558，"
                "而（七）总计 3433 ＋ 四、结转下年度继续办理 124 ＝ 3557，相差 −1。请核对 D6、D7、D29、D30"
            ),
        ),
        (
            {"t3.refused.state_secret.other": 2, "t3.refused.internal_affairs.other": 5, "t3.granted.other": 1},
            "表三“其他”列：（一）予以公开 1 ＋ （三）不予公开 7 ＝ 8，而（七）总计 0，相差 −8。请核对 I8:I29",
        ),
        (
            {"t3.other.correction_overdue.total": 4},
            "表三“（六）1.逾期不补正”行：自然人 0 ＋ … ＋ 其他 0 ＝ 0，而总计 4，相差 4。请核对 D26:J26",
        ),
        (
            {"t3.received.natural_person": 1},
            (
                "表三“自然人”列：一、本年新收 1 ＋ 二、上年结转 0 ＝ 1，"
                "而（七）总计 0 ＋ 四、结转下年度继续办理 0 ＝ 0，相差 −1。请核对 D6、D7、D29、D30"
            ),
        ),
        (
            {"t4.litigation_direct.pending": 1},
            "表四“行政诉讼·未经复议直接起诉”：尚未审结 1，而总计 0，相差 −1。请核对 F6:J6",
        ),
        (
            {"t4.reconsideration.other": Decimal("1.5")},
            "表四“行政复议”：其他结果 1.5，而总计 0，相差 −1.5。请核对 A6:E6",
        ),
    ],
)
def test_sentence(figures: dict[str, int | Decimal], sentence: str) -> None:
    """The sentence prints the equation that was evaluated, both sides, the difference and the cells."""
    assert sentence in [finding.message() for finding in relations(report(figures))[0]]


def test_reason() -> None:
    """What cannot be judged names the blanks that leave it open."""
    _, (item,) = relations(report({"t4.reconsideration.total": 2, "t4.reconsideration.other": None}))
    assert item.code == "T4-SUM"
    assert item.to_json()["reason"] == (
        "表四“行政复议”：结果维持 0 ＋ … ＋ 尚未审结 0 ＝ 0，而总计 2，相差 2；C6 没有填齐（文字不算），填齐后可能相符"
    )
