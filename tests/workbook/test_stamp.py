"""A draft and what it was made from: TXT-STALE."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.narrative.cases import BUSY, TOLD, made
from tests.workbook.reports import reports
from xlreport.form import FORMS
from xlreport.narrative.draft import draft
from xlreport.report import Report
from xlreport.workbook.fill import fill, write_draft
from xlreport.workbook.patch import patch
from xlreport.workbook.read import read_workbook
from xlreport.workbook.stamp import stamp

LAST = made({"t3.carried_out.enterprise": 1}, year=2023)
TEXTS = {"problems": "草稿。"}


def drafted() -> bytes:
    report = made(BUSY, TOLD, contact="某路1号", last_year=LAST)
    return write_draft(fill(report), draft(report))


def stale(data: bytes) -> list[tuple[str, ...]]:
    return [finding.addresses for finding in read_workbook(data).findings if finding.code == "TXT-STALE"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("t3_received_natural_person", 8),
        ("t3_received_natural_person", None),
        ("t2_fees_amount", 3.5),
        ("fact_proactive_items", 321),
        ("fact_key_fields", "财政预决算信息7条"),
        ("fact_responses", "无此项"),
        ("year", 2025),
        ("agency", "西河县水务局"),
        ("office_kind", "乡镇/街道"),
        ("contact", "某路2号"),
        ("last_t3_received_total", 3),
        ("last_text_problems", "更新不够及时。"),
    ],
)
def test_changed(name: str, value: Any) -> None:
    """Any figure, fact or detail that a draft is made from makes it stale when changed; the draft is named."""
    (addresses,) = stale(patch(drafted(), {name: value}))
    assert addresses
    assert all(address.startswith("正文!B") for address in addresses)


def test_unchanged() -> None:
    """A draft just made is not stale, nor after a change that is taken back, nor after more words in the final text."""
    data = drafted()
    assert stale(data) == []
    there = patch(data, {"t3_received_natural_person": 800})
    assert stale(there) != []
    assert stale(patch(there, {"t3_received_natural_person": BUSY["t3.received.natural_person"]})) == []
    assert stale(patch(data, {"text_problems": "另有问题。"})) == []


def test_drafted_again() -> None:
    """Making the draft anew mends it."""
    data = patch(drafted(), {"t3_received_natural_person": 800})
    report = read_workbook(data).report
    assert stale(write_draft(data, draft(report))) == []


def test_overruled() -> None:
    """A draft that final text overrules everywhere may be as old as it likes; where one key is left, it is named."""
    data = patch(drafted(), {"t3_received_natural_person": 800})
    keys = list(read_workbook(data).report.draft)
    final: dict[Any, Any] = {f"text_{key.replace('.', '_')}": "定稿。" for key in keys}
    assert stale(patch(data, final)) == []
    (addresses,) = stale(patch(data, {name: text for name, text in final.items() if name != "text_problems"}))
    assert len(addresses) == 1


def test_no_stamp() -> None:
    """Words in place of a draft without its stamp are not judged, and a workbook without a draft has no stamp."""
    report = made(BUSY, TOLD)
    assert stale(patch(fill(report), {"draft_problems": "有。"})) == []
    emptied = write_draft(drafted(), {})
    assert stale(patch(emptied, {"t3_received_natural_person": 800})) == []


def test_stamp_is_about_inputs() -> None:
    """Totals, final text and the draft itself are no part of it; numbers count by value, lists by their items."""
    report = made(BUSY, TOLD, last_year=LAST)
    same = [
        replace(report, text=TEXTS, draft=TEXTS),
        replace(report, figures={**report.figures, "t3.concluded.total": 5}),
        replace(report, figures={**report.figures, "t2.penalty.decisions": Decimal("0.0")}),
        replace(report, facts={**report.facts, "review_measures": "拟制公文时明确公开属性、公开前进行保密审查"}),
    ]
    assert {stamp(other) for other in same} == {stamp(report)}
    assert stamp(replace(report, figures={**report.figures, "t2.penalty.decisions": Decimal("0.5")})) != stamp(report)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FORMS).flatmap(reports))
def test_fresh(report: Report) -> None:
    """Whatever the figures and facts, a draft that was filled in is not stale when read, nor one written later."""
    data = fill(replace(report, text={}, draft=TEXTS))
    assert stale(data) == []
    assert stale(write_draft(data, TEXTS)) == []
