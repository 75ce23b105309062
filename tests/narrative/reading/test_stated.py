"""Figures in prose are tied to their cells, or left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.narrative.reading.made import CELLS, read, report, wrong
from xlreport.narrative.reading import processing_fees, stated

TRUE = [
    "本局全年新收政府信息公开申请41件，上年结转4件，两项合计45件。",
    "2024年度我局收到依申请公开45宗，办结43宗，结转下年度继续办理2宗。",
    "东河县水务局全年受理信息公开申请41起，其中自然人37起、法人或其他组织4起。",
    "县水务局共收到41份政府信息公开申请，办结43份，2份结转至2025年办理。",
    "收到政府信息公开申请四十一件。",
    "收到政府信息公开申请４１ 件。",
    "办结政府信息公开申请43件（含上年结转4件，另有2件顺延到下年度答复）。",
    "办结申请43件：不予公开9件（保护第三方合法权益2件、过程性信息7件），因本机关不掌握等原因无法提供8件。",
    "办结申请43件：予以公开18件，部分公开6件，其他处理（含申请人撤回）2件。",
    "办结政府信息公开申请43件，其中予以公开及部分公开24件，不予公开9件。",
    "政府信息公开行政复议11件，其中结果维持10件、尚未审结1件；行政诉讼5件，其中结果维持3件、结果纠正2件。",
    "因政府信息公开被提起行政诉讼5件（未经复议直接起诉3件、复议后起诉2件），其中结果纠正2件。",
    "制发规章2件、行政规范性文件5件，废止3件，现行有效29件。",
    "作出行政许可决定1204件、行政处罚决定310件、行政强制决定0件。",
    "全年作出行政许可处理决定0.12万件，行政事业性收费52万元。",
    "行政事业性收费520000元。",
    "本局收到政府信息公开申请41件，行政强制处理决定均为0。",
]


@pytest.mark.parametrize("text", TRUE)
def test_agrees(text):
    """Every count of a true sentence agrees with its cell; were the cells other, every one would contradict."""
    told = read(text)
    assert told
    assert {status for _, status in told} == {"agrees"}
    others = {cell: value + 7000 for cell, value in CELLS.items()} | {"t2.compulsion.decisions": 7000}
    assert [status for _, status in read(text, cells=others)] == ["contradicts"] * len(told)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("我局没有收到政府信息公开申请。", ["t3.received.total"]),
        ("全年未接到信息公开申请，没有上年结转的申请，也没有结转下年度继续办理的申请。", [
            "t3.received.total", "t3.carried_in.total", "t3.carried_out.total",
        ]),
        ("没有公民、法人和其他组织提出政府信息公开申请。", ["t3.received.total"]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼。", [
            "t4.reconsideration.total", "t4.litigation_direct.total", "t4.litigation_after_reconsideration.total",
        ]),
        ("无行政事业性收费。", ["t2.fees.amount"]),
        ("行政复议和行政诉讼均为0件。", [
            "t4.reconsideration.total", "t4.litigation_direct.total", "t4.litigation_after_reconsideration.total",
        ]),
    ],
)  # fmt: skip
def test_zero_in_words(text, cells):
    """Zero told in words is a zero of its cells: it agrees with zeros, and contradicts others."""
    told = stated(report(text, cells={}))
    assert [cell for figure in told for cell in figure.cells] == cells
    assert {(figure.value, figure.status) for figure in told} == {(0, "agrees")}
    assert {figure.status for figure in stated(report(text))} == {"contradicts"}


def test_received_either_way():
    """收到 may mean 一, or 一 and 二; 新收 means 一."""
    assert wrong("收到政府信息公开申请41件。") == []
    assert wrong("收到政府信息公开申请45件。") == []
    assert wrong("收到政府信息公开申请44件。") == ["44件"]
    assert wrong("新收政府信息公开申请45件。") == ["45件"]


FRIENDS = [
    "全年主动公开政府信息1136条，发布政策解读9篇，规范性文件解读3件。",
    "收到政府信息公开申请41件，同比增长12.5%，比2023年（31件）增加10件。",
    "2023年收到政府信息公开申请31件。",
    "第一水厂收到政府信息公开申请7件。",
    "收到政府信息公开申请41件（石桥镇7件、柳林镇9件）。",
    "全年收到政府信息公开申请41件。受理热线工单100件，办结98件，结转2件，不予处理1件。",
    "全年收到政府信息公开申请41件。认真办理群众来信。全年办结98件。",
    "办理行政复议案件120件，审结100件。",
    "全年备案信息公开领域行政复议案件34件，行政诉讼案件7件。",
    "被提起政府信息公开行政诉讼5件，其中上年结转1件，办结4件。",
    "收到政府信息公开申请41件，其中涉及行政处罚9件、重复申请1件、网上申请5件。",
    "收到政府信息公开申请近40件、40余件、30件以上。",
    "公示行政许可55条、行政处罚310条。",
    "减免行政事业性收费88万元。",
    "不予公开、部分公开3件。",
    "对3件不予公开的申请逐件复核。",
    "没有行政许可事项的科室不填。",
    "收到政府信息公开申请5个问题的咨询。",
    "上半年收到政府信息公开申请7件，1—6月收到6件。",
    "全县收到政府信息公开申请143件。",
    "在法定期限内办结政府信息公开申请40件，按期办结40件。",
    "清理规范性文件30件，废止6件。",
    "党内规范性文件制发6件。",
]


@pytest.mark.parametrize("text", FRIENDS)
@pytest.mark.parametrize("key", ["overview.lead", "overview.on_request"])
def test_false_friends(text, key):
    """What is not surely a figure of the tables is never called wrong."""
    assert wrong(text, key=key) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("依据国办公开办函〔2021〕30号、国令第711号第五十条，2024年12月31日前公布。", []),
        ("电话：0000-1234567，手机13800000000，网址http://www.example.gov.cn/2024/1.html。", []),
        ("1.公开信息7条，占12.5%。", ["7条", "12.5%"]),
        ("收取信息处理费2950元，涉及3.2万人次。", ["2950元", "3.2万人次"]),
        ("三审三校、一事一审，一是抓紧，二是抓实。", []),
    ],
)
def test_listed(text, figures):
    """Counts, shares and amounts are listed; dates, numbers of documents and telephones are no figures."""
    assert read(text) == [(figure, "other") for figure in figures]


@pytest.mark.parametrize(
    ("agency", "text", "parts"),
    [
        ("东河县人民政府", "县政府办代表县政府收到政府信息公开申请7件。", [True]),
        ("东河县人民政府", "我局收到政府信息公开申请7件。", [True]),
        ("东河县人民政府", "全县收到政府信息公开申请7件。", [False]),
        ("东河县人民政府", "全县收到政府信息公开申请41件。本机关收到政府信息公开申请7件。", []),
        ("东河县人民政府办公室", "县政府办公室收到政府信息公开申请7件。", [False]),
        ("东河县石桥镇人民政府", "全镇收到政府信息公开申请7件。", [False]),
    ],
)
def test_scope(agency, text, parts):
    """A sentence about one organ in the report of a whole district may speak of a part."""
    told = [figure for figure in stated(report(text, agency=agency)) if figure.status == "contradicts"]
    assert [figure.part for figure in told] == parts


def test_blanks():
    """A figure contradicts blank cells only where nothing that may stand in them would do."""
    cells = {"t3.granted.natural_person": 3}
    source = report("办结政府信息公开申请5件，其中予以公开{}件。", cells={})
    figures = {cell: value for cell, value in source.figures.items() if not cell.startswith("t3.granted")} | cells
    for number, status in ((2, "contradicts"), (3, "agrees"), (4, "other")):
        text = {key: words.format(number) for key, words in source.text.items()}
        told = stated(type(source)("2021", source.agency, 2024, figures, text))
        assert [figure.status for figure in told][1] == status


def test_rounding():
    """An amount agrees to the last digit that is written; a count to the unit."""
    cells = {"t2.fees.amount": Decimal("52.1523"), "t2.penalty.decisions": 12_345}
    for text in ("52.15万元", "52万元", "521523元", "52.1523万元"):
        assert wrong(f"行政事业性收费{text}。", cells=cells) == []
    for text in ("52.16万元", "521523万元", "53万元"):
        assert wrong(f"行政事业性收费{text}。", cells=cells) == [text]
    assert wrong("作出行政处罚决定1.23万件。", cells=cells) == []
    assert wrong("作出行政处罚决定1.2万件，行政处罚决定12344件。", cells=cells) == ["12344件"]


def test_trial_form():
    """The rows and columns of the trial form are known by its own labels."""
    cells = {"t2.normative_documents.made": 5, "t3.other.total": 2, "t2.penalty.decisions": 9}
    text = "新制作规范性文件5件，作出行政处罚决定9件。收到政府信息公开申请0件，其他处理2件。"
    assert {status for _, status in read(text, form="2019", cells=cells)} == {"agrees"}


def test_quotes():
    """What is quoted stands in the text, of a long sentence not more than surrounds the figure."""
    long = "认真答复，" * 60 + "收到政府信息公开申请 7 件，" + "及时办理，" * 60 + "。"
    (figure,) = stated(report(long))
    assert figure.figure == "7 件"
    assert figure.sentence.strip("…") in long
    assert len(figure.sentence) < 150


def test_processing_fees():
    """Amounts of the fee for handling information can be told from other figures."""
    told = stated(report("收取信息处理费2950元，涉及申请3件。行政事业性收费52万元。", key="other_matters"))
    assert [(figure.value, figure.status) for figure in processing_fees(told)] == [(2950, "other")]


def test_order():
    """Figures come in the order of the text, those in brackets where they stand."""
    told = read("\n".join(TRUE[6:8]))
    assert [figure for figure, _ in told] == ["43件", "4件", "2件", "43件", "9件", "2件", "7件", "8件"]
