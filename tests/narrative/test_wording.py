"""Putting words together."""

import pytest

from xlreport.narrative.labels import name
from xlreport.narrative.wording import (
    contact,
    ended,
    numbered,
    punctuated,
    self_reference,
    sentence,
    tidy,
    tidy_lines,
)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("培训 2 次,参加 85 人次.", "培训2次，参加85人次"),
        ("电话:0517-87290606", "电话：0517-87290606"),
        ("每天 9:30 开始", "每天9:30开始"),
        ("收费1,270元", "收费1,270元"),
        ("见附件(第2号)和(附录A)；", "见附件（第2号）和（附录A）"),
        ("用 Office 365 办公(试行)", "用Office 365办公（试行）"),
        ("(A)类", "（A）类"),
        ("共１２件，占８０％", "共12件，占80%"),
        ("办结，，，转交。。", "办结，转交"),
        ("(未配对", "（未配对"),
        ("地址 http://a.gov.cn:80/x", "地址http://a.gov.cn:80/x"),
        ("改进。", "改进"),
        ("真的吗?", "真的吗？"),
    ],
)
def test_tidy(told, text):
    """The clerk's words get full-width punctuation beside Chinese, no spaces there, and lose the mark at their end."""
    assert tidy(told) == text
    assert tidy(text) == text


def test_punctuated_keeps_the_end():
    """A whole paragraph keeps its last mark, and one of two marks in a row."""
    assert punctuated("为(A)。；一是办结？；") == "为（A）。一是办结？"


def test_lines():
    """Lines that say nothing are no lines."""
    assert tidy_lines("一件 \n\n 。\n“！\n两件；") == ("一件", "两件")


def test_contact():
    """Gaps and lines of the contact become commas, but not the gap in a telephone number or after a colon."""
    told = "地址: 东河县人民路1号 邮编：100000\n电话：0000 1234567  传真:0000-7654321。"
    assert contact(told) == "地址：东河县人民路1号，邮编：100000，电话：0000 1234567，传真：0000-7654321"


def test_sentence():
    """A sentence has the clauses that are there, and is none without them."""
    assert sentence(["", "甲", "", "乙"]) == "甲，乙。"
    assert sentence(["", ""]) == ""
    assert ended("好吗？") == "好吗？"
    assert ended("他说“好。”") == "他说“好。”"


def test_numbered():
    """Several items are counted in Chinese, one stands alone."""
    assert numbered(["甲"]) == "甲。"
    assert numbered(["甲", "乙"]) == "一是甲；二是乙。"


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("3.危及“三安全一稳定”", "危及“三安全一稳定”"),
        ("六、其他需要报告的事项", "其他需要报告的事项"),
        ("自然人", "自然人"),
    ],
)
def test_name(label, text):
    """A label is named without its number and its note."""
    assert name(label) == text


@pytest.mark.parametrize(
    ("kind", "agency", "text"),
    [
        ("部门", "东河县水务局", "本机关"),
        (None, "东河县石桥镇人民政府", "本机关"),
        ("乡镇/街道", "东河县石桥镇人民政府", "本镇"),
        ("乡镇/街道", "东河县上坪乡人民政府", "本乡"),
        ("乡镇/街道", "东河区城关街道办事处", "本街道"),
        ("乡镇/街道", "东河农场", "本机关"),
        ("本级政府机关", "东河县人民政府办公室", "本机关"),
        ("汇总", "宿迁市", "全市"),
        ("汇总", "东河县人民政府办公室", "全县"),
        ("汇总", "平潭综合实验区管委会", "全区"),
        ("汇总", "东河县政务公开领导小组", "各报告单位"),
        ("垂直管理", "东河县税务局", "本机关"),
    ],
)
def test_self_reference(kind, agency, text):
    """The organ speaks of itself neutrally unless its kind and its name leave no doubt."""
    assert self_reference(kind, agency) == text
