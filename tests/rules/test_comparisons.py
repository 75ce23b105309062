"""Rules about what a text says of change, of shares and of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.rules.made import report
from xlreport.finding import Finding
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.rules import RULES, judge
from xlreport.rules.trend import Percent

KEY = "overview.on_request"


def found(code: str, source: Report) -> list[Finding]:
    judged = RULES[code].judge
    assert judged is not None
    return [item for item in judged(source) if isinstance(item, Finding)]


def told(code: str, text: str, figures: Mapping[str, Number | None] | None = None, **more: Any) -> list[Finding]:
    return found(code, report(figures, text={KEY: text}, **more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到22起，比2023年（31起）下降29%。", []),
        ("共收到22起，比2023年（31起）下降29.03%。", []),
        ("共收到22起，比2023年（31起）下降29.0%。", []),
        ("共收到22起，比2023年（31起）下降30.1%。", ["−29.03%"]),
        ("共收到22起，比2023年（31起）上升29%。", ["−29.03%"]),
        ("共收到41件，比上年（31件）增加10件。", []),
        ("共收到41件，比上年（31件）增加11件。", ["+10"]),
        ("共收到41件，较去年同期的31件减少10件。", ["+10"]),
        ("共收到41件，与上年度31件相比，增长32.26%。", []),
        ("共收到41件，与上年度31件相比，增长23.26%。", ["+32.26%"]),
        ("共收到41件，上年为31件，同比增长32.3%。", []),
        ("共收到41件，上年为31件，同比增长42.3%。", ["+32.26%"]),
        ("共收到41件（去年31件，增长10%）。", ["+32.26%"]),
        ("共收到41件，比上年（0件）增长100%。", []),
        ("共收到41件，比上年（31件）增加近11件。", []),
        ("共收到41件，比上年（31条）增加11件。", []),
        ("共收到41件，比上年（31件）增长11个百分点。", []),
        ("共收到41件，比上年（31件）增长10%以上。", []),
        ("共收到41件，比上年（31件）增加11人次。", []),
        ("共收到41.5件，比上年（31件）增加11.2%左右。", []),
        ("共收到41件，同比增长99%。", []),
        ("较2023年（60件）增加31件，达81件。", ["+21"]),
        ("较2023年（60件）增加31件，达到91件。", []),
        ("共受理5件。投诉比上年的60件减少9件，降至５１件。", []),
        ("投诉比上年的60件减少8件，降至５１件。", ["−9"]),
        ("受理5件，较2023年（60件）增加31件，达91件。", []),
        ("较2023年（60件）增加31件，达81条。", []),
        ("较2023年（60件）增加31件，达90余件。", []),
        ("较2023年（60件）增长３５．０％，增至８１件。", []),
        ("较2023年（60件）增长３６．０％，增至８１件。", ["+35.00%"]),
        ("共收到４１件，比上年（３１件）增长１５．３％。", ["+32.26%"]),
        ("共收到４１件，比上年（３１件）增长３２．３％。", []),
        ("共收到41件，比上年（31件）增加11 件。又收到1件，比上年（1件）增加1件。", ["+10", "+0"]),
    ],
)
def test_trend_of_two_numbers(text: str, expected: list[str]) -> None:
    """A change is recomputed from both numbers of the sentence; what is not exact, or not comparable, is left alone."""
    assert [finding.values["expected"] for finding in told("TXT-TREND", text)] == expected


@pytest.mark.parametrize(("stated", "severity"), [("33.2", "warning"), ("32.77", "warning"), ("32.7", "note")])
def test_trend_severity(stated: str, severity: str) -> None:
    """Less than half a percentage point off is a note: the true change is 32.258 %."""
    (finding,) = told("TXT-TREND", f"共收到41件，比上年（31件）增长{stated}%。")
    assert finding.severity == severity


NOW = {"t3.received.total": 41, "t3.carried_in.total": 4, "t3.granted.total": 20}
THEN = {"t3.received.total": 31, "t3.carried_in.total": 2, "t3.granted.total": 40}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新收政府信息公开申请41件，同比增长32.3%。", []),
        ("新收政府信息公开申请41件，同比增长23.3%。", ["+32.26%"]),
        ("新收政府信息公开申请４１件，同比增长２３．３％。", ["+32.26%"]),
        ("新收政府信息公开申请４１件，同比增长３２．３％。", []),
        ("新收政府信息公开申请41件，较上年增加10件。", []),
        ("新收政府信息公开申请41件，较上年减少10件。", ["+10"]),
        ("收到政府信息公开申请45件，申请数量较去年增长36.36%。", []),
        ("收到政府信息公开申请45件，申请数量较去年增长45.2%。", []),  # 45 of 31: both readings are in use
        ("收到政府信息公开申请45件，申请数量较去年增长26.36%。", ["+36.36%"]),
        ("办结申请45件，予以公开20件，同比下降50%，部分公开0件。", []),
        ("办结申请45件，予以公开20件，同比增长50%，部分公开0件。", ["−50.00%"]),
        ("办结申请45件，予以公开20件，同比下降35.48%，部分公开0件。", ["−50.00%"]),  # 31 is another row's
        ("新收政府信息公开申请42件，同比增长90%。", []),  # the number itself is wrong
        ("受理热线工单41件，同比增长90%。", []),
        ("新收政府信息公开申请41件，同比增长约90%。", []),
    ],
)
def test_trend_of_last_year(text: str, expected: list[str]) -> None:
    """A figure that is surely that of the table is compared with last year's, of applications in either reading."""
    source = report(NOW, text={KEY: text})
    last = report(THEN, year=2023)
    values = [finding.values["expected"] for finding in found("TXT-TREND", replace(source, last_year=last))]
    assert values == expected
    assert found("TXT-TREND", source) == []


def test_trend_of_blanks() -> None:
    """Where last year's cell is blank, or no whole number, nothing is compared."""
    source = report(NOW, text={KEY: "新收政府信息公开申请41件，同比增长90%。"})
    for value in (None, Decimal("30.5")):
        last = report({**THEN, "t3.received.total": value}, year=2023)
        assert found("TXT-TREND", replace(source, last_year=last)) == []


def test_trend_of_a_total_whose_parts_were_blank() -> None:
    """A computed total of blanks is no number to compare with."""
    source = report(NOW, text={KEY: "新收政府信息公开申请41件，同比增长90%。"})
    last = report({"t3.received.natural_person": 31, "t3.received.other": None}, year=2023).totalled()
    assert found("TXT-TREND", replace(source, last_year=last)) == []


def test_trend_half_a_point() -> None:
    """Half a percentage point is a warning: 41 is 18 % less than 50."""
    assert [finding.severity for finding in told("TXT-TREND", "共收到41件，比上年（50件）下降18.5%。")] == ["warning"]


def test_trend_names_cells() -> None:
    """The sentence says where last year's number stands."""
    source = report(NOW, text={KEY: "收到政府信息公开申请45件，同比增长90%。"}, last_year=report(THEN, year=2023))
    (finding,) = found("TXT-TREND", source)
    assert "上年报告中对应的数是 33（表三 J6、J7），按此计算应为 +36.36%" in finding.message()
    assert [item.code for item in judge(source)[0] if item.code == "TXT-TREND"] == ["TXT-TREND"]


@pytest.mark.parametrize(
    ("text", "true", "says"),
    [
        ("33", "33.9", True),
        ("33", "34", False),
        ("33", "32.1", True),
        ("33.3", "33.34", True),
        ("33.3", "33.4", False),
        ("33.30", "33.33", False),
    ],
)
def test_percent(text: str, true: str, says: bool) -> None:
    """The last digit of a percentage may be rounded or cut off, no more."""
    assert Percent.read(text).says(Decimal(true)) == says


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办结120件，其中予以公开30件，占25%。", []),
        ("办结120件，其中予以公开30件，占35%。", ["25.00%"]),
        ("办结120件，其中予以公开30件（35%）。", ["25.00%"]),
        ("办结120件，其中予以公开30件，占总数的35%。", ["25.00%"]),
        ("办结120件，其中予以公开30件，占35％。", ["25.00%"]),
        ("办结１２０件，其中予以公开３０件，占３５．５％。", ["25.00%"]),
        ("办结30件，其中予以公开30件，占35%。", ["100.00%"]),
        ("办结120件，其中予以公开30件，占全市办件量的35%。", []),
        ("发布120条，其中予以公开30件，占35%。", []),
        ("予以公开30件，占35%。", []),
        ("共办结120件，网上申请60件，占35%。", []),
        ("共办结120件，网上申请60件，占总数的35%。", ["50.00%"]),
        ("办结20件，其中予以公开30件，占35%。", []),
        ("办结120件，其中予以公开30件，占35%以上。", []),
        ("共办结120件。予以公开60件，占50%；部分公开30件，占25%；不予公开18件，占18%。", ["15.00%"]),
        ("共办结120件。予以公开60件，占50%；部分公开30件，占26%；不予公开18件，占18%。", []),
        ("予以公开10件，占33.3%；部分公开20件，占66.6%。", []),
        ("办结120件，其中予以公开121件，占1%。", []),
    ],
)
def test_share(text: str, expected: list[str]) -> None:
    """A share is recomputed of the one whole before it, or of that which the other shares have; else left alone."""
    assert [finding.values["expected"] for finding in told("TXT-SHARE", text)] == expected


def test_share_of_the_tables() -> None:
    """A share of what table 3 received or concluded is right, though the text does not name the number."""
    text = "办结120件，其中网上申请30件，占30%。"
    assert [finding.severity for finding in told("TXT-SHARE", text)] == ["warning"]
    for cells in (
        {"t3.concluded.total": 100},
        {"t3.received.total": 100},
        {"t3.received.total": 60, "t3.carried_in.total": 40},
    ):
        assert told("TXT-SHARE", text, cells) == []


RECONSIDERED = {f"t4.reconsideration.{column}": n for column, n in (("upheld", 2), ("pending", 1), ("total", 3))}
SUED = {f"t4.litigation_direct.{column}": n for column, n in (("upheld", 1), ("corrected", 1), ("total", 2))}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("发生政府信息公开行政复议3件，均获维持。", ["t4.reconsideration.pending"]),
        ("发生政府信息公开行政复议3件，均已审结。", ["t4.reconsideration.pending"]),
        ("发生政府信息公开行政复议3件，均被驳回。", ["t4.reconsideration.pending"]),
        ("发生政府信息公开行政复议3件，没有被纠错。", []),
        ("发生政府信息公开行政诉讼2件，全部胜诉。", ["t4.litigation_direct.corrected"]),
        ("发生政府信息公开行政诉讼2件，均已结案。", []),
        ("发生政府信息公开行政诉讼2件，没有败诉。", ["t4.litigation_direct.corrected"]),
        ("发生政府信息公开行政复议3件、行政诉讼2件，无败诉。", ["t4.litigation_direct.corrected"]),
        ("政府信息公开行政复议3件，均已审结；行政诉讼2件，均已审结。", ["t4.reconsideration.pending"]),
        ("发生政府信息公开行政复议3件均获维持。", ["t4.reconsideration.pending"]),
        ("政府信息公开行政诉讼2件，行政复议3件，均已结案。", ["t4.reconsideration.pending"]),
        ("政府信息公开行政复议3件，1件尚未审结，行政诉讼2件，均已审结。", []),
        ("政府信息公开行政诉讼2件，均已审结，行政复议3件，1件尚未审结。", []),
        ("政府信息公开行政复议3件，未发生行政诉讼败诉。", ["t4.litigation_direct.corrected"]),
        ("政府信息公开行政复议均获维持。", ["t4.reconsideration.pending"]),
        ("行政复议均获维持。", []),
        ("发生政府信息公开行政复议3件，审结的均获维持。", []),
        ("发生政府信息公开行政复议3件，1件未审结，其余均获维持。", []),
        ("发生政府信息公开行政复议4件，均获维持。", []),  # TXT-FIG's
        ("发生行政复议30件，均获维持。", []),
        ("全年没有因政府信息公开被行政诉讼败诉的情形。", ["t4.litigation_direct.corrected"]),
        ("全年没有因政府信息公开被行政复议纠错的情形。", []),
        ("全年没有行政诉讼败诉的情形。", []),
        ("政府信息公开行政诉讼均按期应诉，没有因逾期答复败诉的情形。", []),
        ("降低政府信息公开行政诉讼败诉率。", []),
    ],
)
def test_outcome(text: str, cells: list[str]) -> None:
    """What is said of all cases is held against table 4, where it is sure that these cases are meant."""
    findings = told("TXT-OUTCOME", text, RECONSIDERED | SUED)
    assert [cell for finding in findings for cell in finding.cells] == cells
    assert {finding.severity for finding in findings} <= {"warning"}


def test_outcome_other() -> None:
    """其他结果 is not 维持, and no matter for 驳回."""
    cells = {"t4.reconsideration.other": 3, "t4.reconsideration.total": 3}
    assert told("TXT-OUTCOME", "发生政府信息公开行政复议3件，均获维持。", cells) != []
    assert told("TXT-OUTCOME", "发生政府信息公开行政复议3件，均被驳回。", cells) == []


@pytest.mark.parametrize(
    ("agency", "before", "expected"),
    [
        ("东河县水务局", "东河县水务局", 0),
        ("东河县水务局", "东河县水利局", 1),
        ("东河县水务局", "县水务局", 0),
        ("县水务局", "东河县 水务局", 0),
        ("东河县水务局", "", 0),
        ("", "东河县水务局", 0),
    ],
)
def test_agency(agency: str, before: str, expected: int) -> None:
    """Last year's report of another office is one warning; an abbreviation, or no name, is not."""
    source = report(agency=agency, last_year=report(agency=before, year=2023))
    assert len(found("LY-AGENCY", source)) == expected
    assert found("LY-AGENCY", report(agency=agency)) == []


PADDED = "有待提高，不够到位，高度重视，进一步加强，不断完善，切实提高，持续推进"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PADDED, 1),
        (PADDED.removeprefix("有待提高，"), 1),
        (PADDED.removeprefix("有待提高，不够到位，高度重视，"), 0),
        (PADDED + "，培训3次", 0),
        (PADDED + "，修订《办法》", 0),
        (PADDED + "，每月两次", 0),
        ("进一步加强" * 9, 0),
    ],
)
def test_padding(text: str, expected: int) -> None:
    """Section 五 without a figure, a document or a name, of six kinds of stock phrases, is a note."""
    found_here = found("STY-VAGUE", report(text={"problems": text.replace("不够到位", "还不够到位")}))
    assert [finding.severity for finding in found_here] == ["note"] * expected
    assert found("STY-VAGUE", report(text={"overview.lead": text})) == []


BOOKED = {"t3.received.natural_person": 60, "t3.received.other": 1, "t3.received.total": 61} | dict.fromkeys(
    (f"t3.{row}.{column}" for row in ("granted", "concluded") for column in ("natural_person", "total")), 61
)


def test_offset() -> None:
    """A request booked under one applicant when it came, another when it went: both columns, and that they cancel."""
    for source in (report(BOOKED), report(BOOKED).totalled()):
        codes = [finding.code for finding in judge(source)[0]]
        assert codes == ["T3-BAL", "T3-BAL", "T3-OFFSET"]
        (finding,) = found("T3-OFFSET", source)
        assert finding.values["columns"] == "“自然人”+1、“其他”−1"
        assert "t3.concluded.natural_person" in finding.cells
        assert finding.severity == "note"


@pytest.mark.parametrize(
    "more",
    [
        {"t3.received.other": 2},  # 总计 is off, too
        {"t3.received.other": 3, "t3.received.total": 61},  # the differences do not cancel
        {"t3.received.other": 0},
        {"t3.carried_out.other": None, "t3.received.enterprise": 1},  # not known
        {"t3.carried_out.other": None},
    ],
)
def test_no_offset(more: dict[str, int | None]) -> None:
    """Differences that do not cancel, or that blanks may explain, are not called so."""
    keys = [finding.key for finding in found("T3-OFFSET", report({**BOOKED, **more}))]
    assert "words.T3-OFFSET.balance" not in keys


def test_offset_in_sums() -> None:
    """The same in the sums of the results."""
    figures = {
        **dict.fromkeys(("t3.granted.natural_person", "t3.granted.total", "t3.concluded.total"), 5),
        "t3.concluded.other": 5,
    }
    keys = [finding.key for finding in found("T3-OFFSET", report(figures))]
    assert "words.T3-OFFSET.sum" in keys
