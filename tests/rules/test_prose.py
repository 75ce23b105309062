"""Rules about the words: what each finds, and what it must leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.made import WORDS, report
from xlreport.finding import Finding
from xlreport.report import Report
from xlreport.rules import RULES, txt_holder, txt_paste
from xlreport.rules.prose import QUOTED, quote, sentences


def found(code: str, source: Report) -> list[Finding]:
    judge = RULES[code].judge
    assert judge is not None
    return [item for item in judge(source) if isinstance(item, Finding)]


def cases(code: str, text: str, key: str = "overview.on_request", **more: Any) -> list[str]:
    """The sentence of the catalogue that each finding on this text takes."""
    return [finding.key.rsplit(".", 1)[1] for finding in found(code, report(text={key: text}, **more))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有其他需要报告的事项。", ["text"]),
        ("无。", ["text"]),
        ("加强经费保障。", ["text"]),
        ("没有收取信息处理费。", []),
        ("政府信息公开未发生收费情况。", []),
        ("未向公众收取政府信息处理相关费用。", []),
        ("收取政府信息公开信息处理费【请填写】元。", []),
        ("", []),
    ],
)
def test_fee(text: str, expected: list[str]) -> None:
    """Section 六 speaks of the fee in some word or other; an empty one is another rule's."""
    assert cases("TXT-FEE", text, "other_matters") == expected


def test_fee_elsewhere() -> None:
    """A fee that another section reports is named as misplaced."""
    source = report(text={"other_matters": "无。", "overview.oversight": "没有收取信息处理费。"})
    assert [finding.key for finding in found("TXT-FEE", source)] == ["words.TXT-FEE.elsewhere"]


@pytest.mark.parametrize(
    ("agency", "kind", "severity"),
    [
        ("某局", None, "warning"),
        ("某局", "部门", "warning"),
        ("某市", None, "note"),
        ("某县人民政府", None, "note"),
        ("某镇人民政府", None, "warning"),
        ("某市", "部门", "warning"),
        ("某局", "汇总", "note"),
    ],
)
def test_length(agency: str, kind: str | None, severity: str) -> None:
    """One character above the limit is a warning, and a note in the report of a whole area; the limit itself is not."""
    heading = "一、总体情况（一）主动公开"
    for extra, expected in ((0, []), (1, [severity])):
        room = 1000 - len("（一）主动公开") - len("开头") + extra
        text = {"overview.lead": "开 头\n", "overview.proactive": "字\u3000" * room}
        source = report(text=text, agency=agency, kind=kind)
        assert [finding.severity for finding in found("TXT-LEN", source)] == expected, heading


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我局主动公开信息300条。",
        "2023 年度，本局没有收取信息处理费。",
        "一是2023年，我局继续落实。",
        "（一）主动公开情况。2023年，我局发布信息12条。",
        "2023年我局政府信息公开工作取得一定成绩，但仍存在一些问题。",
        "2019年，我局主动公开信息300条。",
    ],
)
def test_other_year(text: str) -> None:
    """A sentence that opens with a year gone by as if it were the reporting year is a warning."""
    assert cases("TXT-YEAR", text) == ["opening"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年，我局主动公开信息300条。",
        "2023年，我局收到申请5件，2024年收到8件。",
        "2023年，我局收到申请5件，同比增长3%。",
        "2025年，我局将继续推进。",
        "2022年，我局制定了审查制度。",
        "2023年，我局所列问题已整改。",
        "2022年以来，我局坚持公开。",
        "根据国办公开办函〔2021〕30号，按照2023年工作要点。",
        "发布2023年政府信息公开工作年度报告。",
    ],
)
def test_year_meant(text: str) -> None:
    """Comparisons, plans, documents, remedies and the reporting year itself are not."""
    assert cases("TXT-YEAR", text) == []
    assert cases("TXT-YEAR", text, year=None) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("统计期限自2023年1月1日起至2023年12月31日止。", ["period"]),
        ("统计期限自 2023 年 1 月 1 日至 2024 年 12 月 31 日。", ["period"]),
        ("所列数据自2024年1月1日至2024年12月30日。", ["period"]),
        ("统计期限自2022年1月1日起，至2022年12月31日止。", ["period"]),
        ("所列数据的统计期限自2024年1月1日至12月31日。", []),
        ("数据统计期限为2024年1月1日—2024年12月31日。", []),
        ("现公布2023年政府信息公开工作年度报告。", ["title"]),
        ("现公布2024年度政府信息公开工作年度报告。", []),
        ("2023年3月1日至2023年4月1日开展了集中整治。", []),
    ],
)
def test_period(text: str, expected: list[str]) -> None:
    """The preamble gives the reporting year from its first day to its last."""
    assert cases("TXT-YEAR", text, "preamble") == expected


@pytest.mark.parametrize(
    ("text", "quoted", "wrong"),
    [
        ("现公布2023年政府信息公开工作年度报告。", "2023年政府信息公开工作年度报告", 2023),
        ("统计期限自2023年1月1日至2024年12月31日。", "2023年1月1日至2024年12月31日", 2023),
        ("统计期限自2024年1月1日至2023年12月31日。", "2024年1月1日至2023年12月31日", 2023),
    ],
)
def test_year_quoted(text: str, quoted: str, wrong: int) -> None:
    """The finding quotes the words, and names the year that is wrong."""
    (finding,) = found("TXT-YEAR", report(text={"preamble": text}))
    assert (finding.values["quote"], finding.values["wrong"]) == (quoted, wrong)


def test_year_under_tables() -> None:
    """Notes under a table explain what was in other years."""
    assert cases("TXT-YEAR", "2023年，我局有2件失效。", "note.t2") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话13812345678。", ["mobile"]),
        ("电话138-1234-5678，又13812345678。", ["mobile"]),
        ("电话+86 19912345678。", ["mobile"]),
        ("身份证11010519491231002X。", ["identity"]),
        ("身份证11010519491231002x。", ["identity"]),
        ("身份证１１０１０５１９４９１２３１００２Ｘ。", ["identity"]),
        ("身份证110105190001010028。", ["identity"]),
        ("11010519491231002X和13812345678", ["identity", "mobile"]),
    ],
)
def test_person(text: str, expected: list[str]) -> None:
    """Numbers that are a person's are errors, each told once."""
    assert cases("TXT-PII", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "电话0517-87290606，010-12345678。",
        "电话12345，12329。",
        "110105194912310021",  # the check character is wrong
        "110105194902300025",  # no such day
        "990105194912310029",  # no such province
        "110105189912310023",  # nobody is that old
        "访问量13812345678次，投资19800000000元。",
        "14112345678",  # no such range
        "信用代码91320800MA1MC12345，流水号138123456789012。",
        "138****5678",
        "www.example.gov.cn/a13812345678b",
    ],
)
def test_no_person(text: str) -> None:
    """Landlines, amounts, codes, masked and impossible numbers are no finding."""
    assert cases("TXT-PII", text) == []


def test_person_is_masked() -> None:
    """The finding itself does not spread the number."""
    for number in ("13812345678", "11010519491231002X"):
        (finding,) = found("TXT-PII", report(text={"problems": number}))
        assert number not in finding.message()
        assert number[-4:] in finding.message()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（文字描述）", ["text"]),
        ("（文字描述，收取信息处理费情况在此处报告。）", ["text"]),
        ("(文字描述", ["text"]),
        ("请按要求作出文字描述", []),
        ("综述，主要包括主动公开、依申请公开等方面", ["text"]),
        ("篇幅原则上不超过一千字。重在聚焦主题", ["text", "text"]),
        ("（此处填写本单位名称）", ["text"]),
        ("改进举措要有实效性", []),
    ],
)
def test_instructions(text: str, expected: list[str]) -> None:
    """The form's instructions are errors; words that a report may well use are not."""
    assert cases("TXT-PASTE", text) == expected


ASPECTS = {
    "overview.proactive": "全年主动公开246条。",
    "overview.on_request": "没有收到。",
    "overview.management": "修订制度1项，先审后发。",
    "overview.platform": "网站1个。",
    "overview.oversight": "培训2次。",
}


@pytest.mark.parametrize("key", ASPECTS)
def test_aspect(key: str) -> None:
    """One aspect of five without a word is an error that names it; on_request has a word of its own in any heading."""
    source = report(text={k: v for k, v in ASPECTS.items() if k != key})
    (finding,) = found("TXT-ASPECT", source)
    name = next(heading for k, heading in source.statute.sections[0].text if k == key)
    assert finding.values["aspects"] == name[3:]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("TXT-PASTE", f"（填表说明）{''.join(txt_paste.SIGNS)}"),
        ("TXT-HOLDER", f"XX局。{' '.join(txt_holder.SIGNS)}"),
        ("TXT-YEAR", f"2023年，我局有2件失效。档案号{'、'.join(map(str, range(2010, 2024)))}。"),
    ],
)
def test_every_sign_at_once(code: str, text: str) -> None:
    """A text that holds each of the words by which a rule looks is looked at."""
    assert found(code, report(text={"problems": text}))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("TXT-BASIS", "根据国办公开办函〔2019〕60号编制。"),
        ("TXT-PART", "工作有序，其中有亮点。共收到申请3件，其中自然人2件、法人2件。"),
        ("TXT-YEAR", "2023年，我局有2件失效。"),
    ],
)
def test_after_a_text_that_is_passed_over(code: str, text: str) -> None:
    """A text, or a word, that a rule passes over is not the last that it reads."""
    before = {"overview.lead": "工作有序。", "note.t2": "2023年，我局有2件失效。", "note.t3": "无。", "note.t4": "无。"}
    assert [finding.code for finding in found(code, report(text=before))] == []
    assert [finding.code for finding in found(code, report(text={**before, "problems": text}))] == [code]


def test_no_amount_is_not_more_than_a_negative_fee() -> None:
    """Where section 六 names no amount, nothing is held against the fee of table 2, however wrong that is."""
    assert found("FEE-STEP", report({"t2.fees.amount": -1}, text={"other_matters": "没有收取信息处理费。"})) == []


def test_aspect_by_headings() -> None:
    """Headings inside one text count as its structure."""
    text = "（一）主动公开。公开3条。（二）依申请公开。没有。（三）监督情况。检查1次。"
    for headed in (text, text.replace("（", "(").replace("）", ")")):
        (finding,) = found("TXT-ASPECT", report(text={"overview.lead": headed}))
        assert finding.values["aspects"] == "政府信息管理、政府信息公开平台建设"


def test_aspect_unstructured() -> None:
    """Text that is not written aspect by aspect is not judged, nor is a word of the aspect anywhere missed."""
    assert found("TXT-ASPECT", report(text={"overview.lead": "工作有序。", "overview.oversight": "培训2次。"})) == []
    spread = {k: v for k, v in ASPECTS.items() if k != "overview.platform"} | {"overview.lead": "用好政府网站。"}
    assert found("TXT-ASPECT", report(text=spread)) == []
    assert found("TXT-ASPECT", report(text=ASPECTS)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据国办公开办函〔2019〕60号编制", ["other"]),
        ("按照国办公开办函 [2019] 60 号", ["other"]),
        ("《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）", ["title"]),
        ("《政府信息公开条例》（国务院令第492号）", ["decree"]),
        ("国办公开办涵〔2021〕30号", ["spelling"]),
        ("年度报告依据国办公开办函〔2021〕60号", ["number"]),
        ("国办公开办函〔2016〕201号", []),
        ("国办公开办函〔2016〕60号", []),
        ("年度报告依据国办公开办函〔2016〕201号", []),
        ("《中华人民共和国政府信息公开条例》（国令第 711 号）（以下简称《条例》）", []),
        ("《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）", []),
        ("国办公开办函〔2021〕30号", []),
    ],
)
def test_basis(text: str, expected: list[str]) -> None:
    """Another form's notice, mixed numbers and titles, 涵 and the old decree are told; other notices are not."""
    assert cases("TXT-BASIS", text, "preamble") == expected


def test_basis_of_the_trial_form() -> None:
    """A report of the trial form cites the trial form's notice."""
    assert cases("TXT-BASIS", "国办公开办函〔2019〕60号", "preamble", form="2019", year=2020) == []
    assert cases("TXT-BASIS", "国办公开办函〔2021〕30号", "preamble", form="2019", year=2020) == ["other"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到申请1条，其中自然人1条、企业2条。", ["more"]),
        ("共收到申请1条，其中自然人2条。", ["more"]),
        ("发布14条，其中文件12条、公告9条。", ["sum"]),
        ("发布14条，其中网站12条、公众号9条。", []),
        ("发布14条，其中文件12条、其他1条。", []),
        ("发布14条，其中文件2条、公告2条、解读2条。", []),
        ("共收到5件，其中自然人3件，企业2件，其他来信1件。", []),
        ("共公布99条，（其中机构类20条，政策、文件类30条，其他类40条）", ["sum"]),
        ("共119件，同比下降12.3%，其中，自然人申请493件；", ["more"]),
        ("共7件（市本级3件、县4件），其中答复5件、转办3件。", ["sum"]),
        ("发布21条，其中网站8条、公众号6条。", []),
        ("办结21件，其中予以公开14件、其他处理7件，结转下年度继续办理125件。", []),
        ("办结5件，其中予以公开5件，结转下年度2件。", []),
        ("收到申请26件，其中网上提交20件，信函6件，自然人15件。", []),
        ("制发文件3件（其中修订2件），废止5件。", []),
        ("诉讼3件（直接起诉1件、复议后起诉2件），上年为0件，其中结果维持2件、结果纠正1件。", []),
        ("发布信息10条，其中短视频12个。", []),
        ("共办理10件，其中2023年结转3件、本年9件。", []),
        ("其中", []),
    ],
)
def test_parts(text: str, expected: list[str]) -> None:
    """What reads as a total and its parts must fit; what does not is left alone."""
    assert cases("TXT-PART", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年主动公开政府信息246条。\n主动公开信息共计264条。", ["twice"]),
        ("全年主动公开政府信息246条。\n共主动公开政府信息246条。", []),
        ("全年主动公开政府信息246条。通过网站主动公开政府信息200条。", []),
        ("全年主动公开政府信息246条。上年主动公开政府信息200条。", []),
        ("由概述、主动公开、申请、复议、问题、其他七个部分组成。", ["list"]),
        ("由“总体情况”“主动公开”“申请”四部分构成。", ["list"]),
        ("由总体情况、主动公开、收到和处理申请、行政复议、行政诉讼、问题和其他需要报告的事项六部分组成。", []),
        ("由总体情况、主动公开情况等六部分组成。", []),
        ("总体情况、主动公开，共六个部分组成。", []),
    ],
)
def test_self(text: str, expected: list[str]) -> None:
    """One quantity has one value, a list as many items as it says."""
    assert cases("TXT-SELF", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是公开不够及时；二是形式单一。", ["text"]),
        ("解读针对性不强，渠道有待拓展。", ["text"]),
        ("公开不够及时。下一步，逐项核对。", []),
        ("公开不够及时。针对这一问题，逐项核对。", []),
        ("没有需要报告的主要问题。", []),
        ("各项工作有序开展。", []),
    ],
)
def test_remedy(text: str, expected: list[str]) -> None:
    """Problems without a single word of measures are a warning."""
    assert cases("TXT-REMEDY", text, "problems") == expected


@pytest.mark.parametrize("kind", ["乡镇/街道", "本级政府机关", "汇总"])
def test_results(kind: str) -> None:
    """Governments and towns are asked for the results that they do not mention; others are not."""
    source = report(text={"overview.lead": "县级考核列第5名。"}, kind=kind)
    (finding,) = found("TXT-RESULT", source)
    assert finding.values["results"] == "社会评议、责任追究"
    for other in ("部门", "垂直管理", None):
        assert found("TXT-RESULT", report(text={"overview.lead": "县级考核列第5名。"}, kind=other)) == []
    assert found("TXT-RESULT", report(text={}, kind=kind)) == []


@pytest.mark.parametrize(
    ("text", "fees", "expected"),
    [
        ("收取信息处理费105元。", 1, ["step"]),
        ("收取信息处理费1,085元。", 1, ["step"]),
        ("收取信息处理费2950元。其中，某局1件，收取420元。", 1, []),
        ("收取信息处理费20000元。", 1, ["more"]),
        ("收取信息处理费2万元。", 1, ["more"]),
        ("收取信息处理费10000元。", 1, []),
        ("收取信息处理费10000元。", None, []),
        ("收取信息处理费0元。", 0, []),
        ("没有收取信息处理费。罚款105元。", 0, []),
        ("没有收取信息处理费。修理设备花了105元。", 1, []),
        ("信息处理费标准为每页105元。", 1, []),
        ("没有收取信息处理费。", 0, []),
    ],
)
def test_fee_amount(text: str, fees: int | None, expected: list[str]) -> None:
    """The fee goes up in steps of 10 元, and table 2's fees in 万元 hold it."""
    source = report({"t2.fees.amount": fees}, text={"other_matters": text})
    assert [finding.key.rsplit(".", 1)[1] for finding in found("FEE-STEP", source)] == expected


@pytest.mark.parametrize(
    ("agency", "kind", "expected"),
    [
        ("某县水务局", "部门", 1),
        ("某镇人民政府", "乡镇/街道", 1),
        ("国家某局", "部门", 0),
        ("某某部", "部门", 0),
        ("某市人民政府", "本级政府机关", 0),
        ("某市", "汇总", 0),
        ("某县水务局", None, 0),
    ],
)
def test_power_to_make_rules(agency: str, kind: str | None, expected: int) -> None:
    """规章 of an office that surely cannot make any are a warning on the cells that are not 0."""
    source = report({"t2.rules.in_force": 3}, agency=agency, kind=kind)
    findings = found("T2-RULES", source)
    assert [finding.cells for finding in findings] == [("t2.rules.in_force",)] * expected
    assert found("T2-RULES", report(agency=agency, kind=kind)) == []


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("STY-ROUND", "共26余次，9余条，5多个。", ["26余次", "9余条", "5多个"]),
        ("STY-ROUND", "3万余册，300余场次，20多条，1.5万余条，2100余件，18万余条。", []),
        ("STY-HALF", "政策解读形式单一,已改(含视频)。", [","]),
        ("STY-HALF", "形式单一,PDF格式。", []),
        ("STY-HALF", "\u4e00,\u9fff,\u4e00", [","]),
        ("STY-HALF", "网址http://a.gov.cn/?a,b;时间8:30，占3.5%（1,234件）。", []),
        ("STY-DATE", "2024年3月1日，2024-06-01。", ["2024-06-01"]),
        ("STY-DATE", "2024.6.1和2024/6/2。", []),
        ("STY-DATE", "2024年3月1日，版本2024.6.1.3，电话0000-2024-06-01。", []),
    ],
)
def test_style(code: str, text: str, expected: list[str]) -> None:
    """Points of style are notes that quote what they mean."""
    findings = found(code, report(text={"problems": text}))
    values = [finding.values["mark" if code == "STY-HALF" else "quote"] for finding in findings]
    assert values == expected
    assert {finding.severity for finding in findings} <= {"note"}


def test_sentences() -> None:
    """Sentences come without their marks and the space around them; what is empty is none."""
    assert list(sentences("一。 。 二！三\n\n四")) == ["一", "二", "三", "四"]


def test_quotation() -> None:
    """A quotation is at most as long as promised."""
    assert quote("字" * QUOTED) == "字" * QUOTED
    assert quote("字" * (QUOTED + 1)) == "字" * (QUOTED - 1) + "…"
    assert quote("一\n二") == "一 二"


def test_short_name() -> None:
    """《条例》 may be used after its full name, wherever that stands before it."""
    full = "《中华人民共和国政府信息公开条例》（以下简称《条例》）"
    assert found("STY-SHORT", report(text={"preamble": "政府信息公开条例（以下简称《条例》）"})) == []
    assert found("STY-SHORT", report(text={"preamble": full, "problems": "《条例》"})) == []
    assert found("STY-SHORT", report(text={"preamble": "《条例》", "problems": full})) != []
    for before in ("", "按照"):
        assert len(found("STY-SHORT", report(text={"preamble": f"{before}《条例》", "problems": "《条例》"}))) == 1
        assert found("STY-SHORT", report(text={"preamble": f"{before}政府信息公开条例", "problems": "《条例》"})) == []
    assert found("STY-SHORT", report(text=WORDS)) == []
