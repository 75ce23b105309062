"""Rules about single figures, and about what is blank."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.made import report
from xlreport.finding import Finding
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.report import NO_BUSINESS, Report
from xlreport.rules import judge


def told(source: Report, code: str) -> list[Finding]:
    findings, _ = judge(source)
    return [finding for finding in findings if finding.code == code]


@pytest.mark.parametrize(
    ("form", "cell", "value", "code"),
    [
        ("2021", "t3.granted.natural_person", Decimal("3.5"), "FIG-INT"),
        ("2021", "t2.licensing.decisions", Decimal("0.1"), "FIG-INT"),
        ("2019", "t2.penalty.change", Decimal("-1.5"), "FIG-INT"),
        ("2021", "t2.fees.amount", Decimal("-0.01"), "FIG-NEG"),
        ("2021", "t4.reconsideration.total", -1, "FIG-NEG"),
        ("2019", "t2.procurement.amount", -1, "FIG-NEG"),
        ("2021", "t3.received.total", 10**12 + 1, "FIG-SIZE"),
        ("2021", "t2.fees.amount", Decimal("1E+308"), "FIG-SIZE"),
        ("2019", "t2.fees.change", -(10**12) - 1, "FIG-SIZE"),
    ],
)
def test_wrong(form: str, cell: str, value: Number, code: str) -> None:
    """A figure that cannot be is one error that names its cell, its address and what stands there."""
    findings = [f for f in judge(report({cell: value}, form))[0] if f.code.startswith("FIG-")]
    figure = load_form(form).figures[cell]
    assert [(f.code, f.severity, f.cells, f.addresses) for f in findings] == [
        (code, "error", (cell,), (figure.address,))
    ]
    assert findings[0].message().startswith(f"{figure.address}（")


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        ("2021", "t2.fees.amount", Decimal("24252.311082")),
        ("2021", "t3.granted.natural_person", Decimal("3.0")),
        ("2021", "t2.licensing.decisions", 10**12),
        ("2019", "t2.penalty.change", -18),
        ("2019", "t2.fees.change", -(10**12)),
        ("2019", "t2.procurement.amount", Decimal("73802895.90")),
    ],
)
def test_right(form: str, cell: str, value: Number) -> None:
    """Amounts may have decimals, changes may be negative, and 3.0 is whole."""
    assert [f for f in judge(report({cell: value}, form))[0] if f.code.startswith("FIG-")] == []


def test_value_is_readable() -> None:
    """The sentence prints a figure as a person writes it, however long it is."""
    (finding,) = told(report({"t2.fees.amount": Decimal("-1E+300")}), "FIG-NEG")
    assert finding.message() == "表二!B16（行政事业性收费·本年收费金额（单位：万元））填的是 −1.000E+300，不能小于 0"
    (finding,) = told(report({"t3.refused.state_secret.other": Decimal("3.50")}), "FIG-INT")
    assert finding.message() == "表三!I10（（三）1.属于国家秘密·其他）填的是 3.5，应为整数"


def test_computed_totals_are_not_blamed() -> None:
    """What is wrong with a part is not told again of the totals computed from it."""
    source = report({"t3.granted.natural_person": Decimal("3.5")}).totalled()
    assert [finding.cells for finding in told(source, "FIG-INT")] == [("t3.granted.natural_person",)]


def test_blank_by_table() -> None:
    """Blanks are one warning a table; a total that a source leaves empty is among them."""
    cells = ("t3.granted.enterprise", "t3.granted.total", "t4.reconsideration.pending")
    findings = told(report(dict.fromkeys(cells)), "FIG-BLANK")
    assert [(f.severity, f.cells) for f in findings] == [("warning", cells[:2]), ("warning", cells[2:])]
    assert findings[0].message() == (
        "表三有 2 格没有填：E8（（一）予以公开·商业企业）、J8（（一）予以公开·总计）。没有发生的请填 0"
    )


def test_computed_totals_are_not_blank() -> None:
    """A computed total is nothing to fill in, also where all its parts are blank."""
    figures = load_form("2021").figures
    empty = [cell for cell in figures if cell.startswith("t3.granted.")]
    (finding,) = told(report(dict.fromkeys(empty)).totalled(), "FIG-BLANK")
    assert finding.cells == tuple(empty[:-1])
    assert "有 6 格" in finding.message()
    assert finding.message().endswith("）等。没有发生的请填 0")


def test_as_many_blanks_as_are_named() -> None:
    """Three blanks are all named; of four the sentence says that there are more."""
    cells = [f"t3.granted.{column}" for column in ("natural_person", "enterprise", "other", "total")]
    for count, more in ((3, False), (4, True)):
        (finding,) = told(report(dict.fromkeys(cells[:count])), "FIG-BLANK")
        assert ("）等。" in finding.message()) == more


def test_all_blank() -> None:
    """A table without any figure is told as such; every cell is listed."""
    form = load_form("2019")
    findings = told(Report("2019", "示例局", 2019), "FIG-BLANK")
    assert [len(finding.cells) for finding in findings] == [len(table.figures) for table in form.tables]
    assert findings[0].message() == "表二的 22 格全部没有填。请填写；没有发生的请填 0"


def test_unread_is_not_blank() -> None:
    """A cell that holds text, of which the reader has told, is not called empty as well; it is blank in relations."""
    cell = "t3.received.natural_person"
    source = report({cell: None, "t3.concluded.natural_person": 2}, unread=frozenset({cell}))
    assert told(source, "FIG-BLANK") == []
    assert [item.cells[0] for item in judge(source)[1]] == [cell]


def test_no_business() -> None:
    """With 无业务 chosen, nothing is blank."""
    source = Report("2021", "示例局", 2024, facts={NO_BUSINESS: "是"})
    assert len(told(source, "FIG-BLANK")) == 3
    assert told(source.settled(), "FIG-BLANK") == []


def test_agency_and_year() -> None:
    """A report that does not say whose it is, or of which year, has an error for each; what was told is told once."""
    messages = [finding.message() for finding in told(report(agency=" ", year=None), "INF-BLANK")]
    assert messages == [
        "没有填单位全称，请在“基本信息”的“单位全称”一格填写",
        "没有填报告年度，请在“基本信息”的“报告年度”一格填写四位数字",
    ]
    assert told(report(year=None, unread=frozenset({"year"})), "INF-BLANK") == []
