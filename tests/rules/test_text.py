"""Rules about the words of a report."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.rules.made import WORDS, report
from xlreport.rules import judge
from xlreport.workbook.places import text_name
from xlreport.workbook.template import template_bytes


def holders(text: str, key: str = "problems") -> list[object]:
    findings, _ = judge(report(text={**WORDS, key: text}))
    return [finding.values["quote"] for finding in findings if finding.code == "TXT-HOLDER"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XX局", ["XX"]),
        ("在ＸＸ网站", ["ＸＸ"]),
        ("20XX年", ["XX"]),
        ("202X年公开", ["X"]),
        ("X月X日", ["X"]),
        ("投入X万元，占×%", ["X", "×"]),
        ("××县共xx件", ["××", "xx"]),
        ("公开【】条", ["【】"]),
        ("【请填写：全年主动公开政府信息数量】条", ["【请填写：全年主动公开政府信息数量】"]),
        ("【请填写", ["【请填写"]),
        ("共 {{ count }} 件", ["{{ count }}"]),
        ("{% if x %}有{% endif %}", ["{% if x %}", "{% endif %}"]),
        ("共____件，＿＿条", ["____", "＿＿"]),
        ("由某某局办理", ["某某"]),
        ("国办发【2016】XX号", ["XX"]),
        ("【2024】", ["【2024】"]),
        ("XX局，XX处", ["XX"]),
        ("第一行\nXX", ["XX"]),
    ],
)
def test_placeholder(text: str, found: list[str]) -> None:
    """A placeholder is an error that quotes it, once for each section."""
    assert holders(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "依照国办发【2016】5号、国办公开办函〔2021〕30号",
        "详见 http://www.example.gov.cn/xxgk/ 和 xxgk@example.gov.cn",
        "门户网站www.xx.gov.cn",
        "XXL号制服",
        "原告张某某诉我局一案",
        "面积3×5米，第X轴",
        "文件名a__b，代码{1}",
        "客服138××××1234",
        "三安全一稳定（一）",
    ],
)
def test_false_friend(text: str) -> None:
    """Document numbers, addresses, sizes, names made anonymous and products of numbers are no placeholders."""
    assert holders(text) == []


def test_published(shared: Path) -> None:
    """No published text that we know holds anything that passes for a placeholder."""
    paths = sorted((shared / "cases").rglob("*.txt"))
    assert len(paths) >= 6
    for path in paths:
        assert holders(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("preamble", "引言里"),
        ("overview.lead", "“一、总体情况”里"),
        ("overview.platform", "“一、总体情况（四）政府信息公开平台建设”里"),
        ("note.t3", "“三、收到和处理政府信息公开申请情况”里"),
        ("problems", "“五、问题及措施”里"),
    ],
)
def test_where(key: str, where: str) -> None:
    """The sentence names the section, by the heading that the report itself prints, and the address is its cell."""
    source = report(text={**WORDS, key: "【】"}, headings={"problems": "五、问题及措施"})
    (finding,) = judge(source)[0]
    assert finding.message().startswith(where)
    book = openpyxl.load_workbook(io.BytesIO(template_bytes("2021")), read_only=True)
    assert finding.addresses == (book.defined_names[text_name("text", key)].value.replace("$", ""),)


@pytest.mark.parametrize(("length", "quoted"), [(30, "【" + "字" * 28 + "】"), (31, "【" + "字" * 28 + "…")])
def test_long_placeholder(length: int, quoted: str) -> None:
    """Of a placeholder thirty characters are quoted, the last as … where there are more."""
    assert holders("【" + "字" * (length - 2) + "】") == [quoted]


def test_draft_counts() -> None:
    """A placeholder in the draft counts until a final text takes its place."""
    source = report(text={}, draft={**WORDS, "problems": "【】"})
    assert [finding.code for finding in judge(source)[0]] == ["TXT-HOLDER"]
    assert judge(report(text={"problems": "无。"}, draft=source.draft))[0] == ()


def test_empty_sections() -> None:
    """Every required section without words is an error; white space is no word."""
    findings, _ = judge(report(text={"other_matters": " \n\u3000", "note.t2": "注"}))
    assert [(finding.code, finding.values["section"]) for finding in findings] == [
        ("TXT-EMPTY", "一、总体情况"),
        ("TXT-EMPTY", "五、存在的主要问题及改进情况"),
        ("TXT-EMPTY", "六、其他需要报告的事项"),
    ]


@pytest.mark.parametrize("key", ["overview.lead", "overview.oversight", "overview.more"])
def test_overview_as_a_whole(key: str) -> None:
    """Section 一 has words when any of its parts has."""
    text = {k: v for k, v in WORDS.items() if k != "overview.lead"} | {key: "有。"}
    assert judge(report(text=text))[0] == ()
