"""What may be said of figures."""

from dataclasses import replace
from decimal import Decimal

from tests.narrative.cases import BEFORE, BUSY, made
from xlreport.narrative.known import known
from xlreport.report import NO_BUSINESS, Report


def test_blank_is_not_zero():
    """A blank cell, and a total with a blank part, is not known; a total that the source gives is."""
    report = Report("2021", "东河县水务局", 2024, {"t3.received.natural_person": 2, "t3.concluded.total": 2})
    facts = known(report)
    assert facts.figure("t3.received.natural_person") == 2
    assert facts.figure("t3.received.total") is None
    assert facts.figure("t3.concluded.total") == 2
    assert facts.figure("t3.concluded.total", "t3.received.total") is None
    assert not facts.zero("t4.")


def test_no_business_is_zero():
    """无业务 makes every blank cell, and so every total, zero."""
    assert known(Report("2021", "东河县水务局", 2024, facts={NO_BUSINESS: "是"})).zero()


def test_not_a_figure():
    """What cannot be a figure is not known, so that no sentence repeats it."""
    report = made({"t3.received.enterprise": -1, "t3.received.other": Decimal("3.5"), "t2.fees.amount": Decimal("3.5")})
    facts = known(replace(report, derived=frozenset()))
    assert facts.figure("t3.received.enterprise") is None
    assert facts.figure("t3.received.other") is None
    assert facts.figure("t2.fees.amount") == Decimal("3.5")


def test_results():
    """Results come by block under their statutory names, with reasons where the form has several, without zeros."""
    blocks = known(made(BUSY)).results()
    assert [(b.name, b.count) for b in blocks] == [("予以公开", 4), ("不予公开", 2), ("无法提供", 2), ("其他处理", 1)]
    assert blocks[0].parts == ()
    assert [(p.name, p.count) for p in blocks[1].parts] == [("保护第三方合法权益", 1), ("属于四类过程性信息", 1)]


def test_outcomes():
    """Outcomes of several rows of table 4 are added up by outcome."""
    parts = known(made(BUSY)).outcomes("litigation_direct", "litigation_after_reconsideration")
    assert [(p.name, p.count) for p in parts] == [("结果维持", 2), ("结果纠正", 1)]


def test_last_year():
    """Only the report of the year before is compared with."""
    report = made(BUSY, last_year=BEFORE)
    assert known(report).change("t3.received.total") == "比上年增长50.0%"
    assert known(report).change("t2.penalty.decisions") == ""
    assert known(replace(report, last_year=replace(BEFORE, year=2022))).change("t3.received.total") == ""
    assert known(replace(report, last_year=None)).change("t3.received.total") == ""
