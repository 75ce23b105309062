"""Facts against the tables and each other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.rules.made import report
from xlreport.finding import Finding
from xlreport.form.weigh import Number
from xlreport.report import NOT_APPLICABLE
from xlreport.rules import RULES

ALL = ("requests_online", "requests_by_mail", "requests_in_person")


def found(facts: Mapping[str, Number | str], figures: Mapping[str, Number | None]) -> list[Finding]:
    judged = RULES["INF-SUM"].judge
    assert judged is not None
    return [item for item in judged(report(figures, facts=facts)) if isinstance(item, Finding)]


@pytest.mark.parametrize(
    ("facts", "figures", "keys"),
    [
        ({ALL[0]: 3, ALL[1]: 2, ALL[2]: 1}, {"t3.received.total": 6}, []),
        ({ALL[0]: 3, ALL[1]: 2, ALL[2]: 1}, {"t3.received.total": 7}, ["equal"]),
        ({ALL[0]: 3, ALL[1]: 2, ALL[2]: 1}, {"t3.received.total": 5}, ["equal"]),
        ({ALL[0]: 3, ALL[1]: 2}, {"t3.received.total": 7}, []),  # the third may be the rest
        ({ALL[0]: 3, ALL[1]: 2}, {"t3.received.total": 4}, ["equal"]),
        ({ALL[0]: 3, ALL[1]: 2, ALL[2]: NOT_APPLICABLE}, {"t3.received.total": 7}, ["equal"]),
        ({ALL[0]: 3, ALL[1]: 2, ALL[2]: "待查"}, {"t3.received.total": 7}, []),
        ({}, {"t3.received.total": 7}, []),
        ({ALL[0]: 3}, {"t3.received.total": None}, []),
        ({"concluded_in_time": 9}, {"t3.concluded.total": 10}, []),
        ({"concluded_in_time": 10}, {"t3.concluded.total": 10}, []),
        ({"concluded_in_time": 11}, {"t3.concluded.total": 10}, ["most"]),
        ({"fees_paid": 2, "fees_unpaid": 0, "fee_notices": 1}, {}, ["most"]),
        ({"fees_paid": 2, "fees_unpaid": 0, "fee_notices": 3}, {}, []),
        ({"fees_paid": 2, "fees_unpaid": 0}, {}, []),
    ],
)
def test_limits(facts: Mapping[str, Number | str], figures: Mapping[str, Number | None], keys: list[str]) -> None:
    """Facts that must make a figure make it, once all are told; those that are a part of it are no more."""
    assert [finding.key for finding in found(facts, figures)] == [f"findings.INF-SUM.{key}" for key in keys]


def test_where() -> None:
    """The finding has the figures of the tables as its cells, and the addresses of the facts."""
    (finding,) = found({"concluded_in_time": 11}, {"t3.concluded.total": 10})
    assert finding.cells == ("t3.concluded.total",)
    assert finding.addresses[0].startswith("正文!B")
    (finding,) = found({"fees_paid": 2, "fees_unpaid": 0, "fee_notices": 1}, {})
    assert finding.cells == ()
    assert len(finding.addresses) == 2
