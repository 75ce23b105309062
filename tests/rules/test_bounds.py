"""Rules about words take bounded time, raise nothing on our own drafts, and nothing false on published reports."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.conftest import HANGING
from tests.narrative.cases import cases
from tests.narrative.test_properties import reports
from tests.rules.made import report
from tests.samples import bureau, city
from xlreport.data import parse_report
from xlreport.narrative.draft import draft
from xlreport.report import Report
from xlreport.rules import RULES, judge

ABOUT_WORDS = {code for code in RULES if code.startswith(("TXT-", "STY-", "FEE-", "LY-"))}
ABOUT_WORDS |= {"T2-RULES", "T4-PENDING"}
ABOUT_WORDS -= {"TXT-HOLDER", "TXT-EMPTY", "TXT-FIG"}

JUDGES = [rule.judge for code, rule in RULES.items() if code in ABOUT_WORDS and rule.judge]

HOSTILE = [
    "其中1件、",
    "1件，其中2件、3件，",
    "由一、",
    "由一部分组成",
    "2023年1月1日至",
    "2023年，我",
    "1",
    "１３８",
    "138-",
    "20 ",
    "（一）",
    "（（",
    "国办公开办函〔2021〕30号",
    "主动公开政府信息1条",
    "信息处理费1元",
    "政府信息公开条例》（国",
    "没有问题",
    "（文字描述",
    "字,",
    "字, ",
    "26余次",
    "2024-1-1",
    " ",
    "\n",
    "没收费",
    "1件，同比增长1%",
    "1件，比2023年（1件）增长2%",
    "1件，占2%；",
    "1件（2%",
    "信息公开复议没有",
    "没有诉讼",
    "进一步加强",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile(unit: str) -> None:
    """A third of a megabyte of what makes expressions backtrack does not hang them."""
    text = unit * (120_000 // len(unit))
    source = report(text=dict.fromkeys(("preamble", "problems", "other_matters"), text), kind="乡镇/街道")
    source = replace(source, last_year=report(text={"problems": text + "。" + text}, year=2023))
    start = time.perf_counter()
    assert sum(len(list(judged(source))) for judged in JUDGES) >= 0
    assert time.perf_counter() - start < HANGING


PROFILE = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@PROFILE
@given(reports())
def test_own_drafts(source: Report) -> None:
    """A draft of ours has no error about its words but the holes that it shows."""
    drafted = replace(source.settled(), draft=draft(source))
    findings, _ = judge(drafted)
    wrong = [f.message() for f in findings if f.severity == "error" and f.code in ABOUT_WORDS]
    assert not wrong


@pytest.mark.parametrize("name", [*cases(), "city (demo)", "bureau (demo)"])
def test_golden_drafts(name: str) -> None:
    """Golden drafts and the demo's have no error or warning about words but holes."""
    if name.endswith("(demo)"):
        source = city() if name.startswith("city") else bureau()
    else:
        source = cases()[name].settled()
        source = replace(source, draft=draft(source))
    findings, _ = judge(source)
    assert [f.message() for f in findings if f.severity != "note" and f.code in ABOUT_WORDS] == []


TRUE = {
    "pingtan_2019": {"TXT-REMEDY", "TXT-PART"},  # the excerpt has no measures; its parts make 2,533 of 2,599
    "pingtan_2021": {"TXT-REMEDY"},
    "pingtan_2022": {"TXT-REMEDY"},
    "shanghai_office_2019": {"TXT-SHARE", "TXT-OUTCOME"},  # 258件 are no 33.9 %; 均获维持 where three are pending
}
"""The warnings that published texts deserve: some are excerpts."""


def test_published(shared: Path) -> None:
    """On published reports there is no error about words, and no warning that a clerk would call wrong."""
    seen = 0
    for path in sorted((shared / "cases" / "published").glob("*.json")):
        if not path.name.endswith(".notes.json"):
            findings, _ = judge(parse_report(path.read_bytes()))
            told = {f.code for f in findings if f.severity != "note" and f.code in ABOUT_WORDS}
            assert told == TRUE.get(path.stem, set()), path.name
            seen += 1
    assert seen >= 8


def test_published_whole(shared: Path) -> None:
    """A whole published report has notes on its style, no warning and no error."""
    text = (shared / "cases" / "laocheng_2024.txt").read_text(encoding="utf-8")

    def part(first: str, last: str) -> str:
        return text.split(first, 1)[1].split(last, 1)[0].strip()

    source = report(
        text={
            "overview.lead": part("一、总体情况", "二、主动公开"),
            "problems": part("五、存在的主要问题及改进情况", "六、"),
            "other_matters": text.split("六、其他需要报告的事项")[1].strip(),
        }
    )
    findings, _ = judge(source)
    assert [(finding.code, finding.severity) for finding in findings] == [("STY-ROUND", "note"), ("STY-HALF", "note")]
