"""Rules that compare with the year before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.made import report
from xlreport.rules import RULES, judge
from xlreport.rules.ly_year import comparable


def codes(source, code):
    return [finding for finding in judge(source)[0] if finding.code == code]


def with_last(figures, last, *, form="2021", year=2023, last_form=None, **more):
    before = report(last, last_form or form, year=year)
    return report(figures, form, last_year=before, **more)


OLD = (
    "一是部分政府信息更新不够及时，个别栏目长期没有维护；二是政策解读以文字为主，群众不容易看懂。\n"
    "下一步，逐项明确公开时限，更多采用图解和短视频。"
)


def same(now, before=OLD, **more):
    last = report(text={"problems": before}, year=2023)
    text = {"problems": now, "overview.lead": "有。", "other_matters": "没有收费。"}
    return codes(report(text=text, last_year=last, **more), "TXT-SAME")


def test_repeated() -> None:
    """Section 五 taken over from last year is a warning that quotes what is repeated."""
    (finding,) = same(OLD)
    assert finding.values["share"] == 100
    assert "个别栏目长期没有维护" in finding.message()


def test_repeated_with_changes() -> None:
    """New numbers, marks and a word or two do not make it new."""
    assert same(OLD.replace("部分政府信息", "一些政府信息").replace("；", "。").replace("一是", "（一）"))


@pytest.mark.parametrize(("length", "expected"), [(12, 1), (11, 0)])
def test_repeated_from_where_on(length: int, expected: int) -> None:
    """A sentence of twelve characters says enough to be compared."""
    text = "公开内容更新不够及时需改进"[:length] + "。"
    assert len(same(text, text)) == expected


def test_half_repeated() -> None:
    """Of two sentences of the same length one is half of the section, and that is enough."""
    old, new = "个别栏目长期没有维护内容陈旧", "答复文书格式不够统一引用有误"
    assert len(old) == len(new)
    (finding,) = same(f"{old}。{new}。", f"{old}。")
    assert finding.values["share"] == 50


def test_not_repeated() -> None:
    """A frame that recurs every year is not half of the section; other problems are other problems."""
    frame = "本年度政府信息公开工作取得了一定成绩，但还存在一些不足之处。"
    new = "答复文书的格式不够统一，已经印发范本并对经办人员进行了培训；公开目录缺少两个领域，已经补充完毕并接受监督。"
    assert same(frame + new, frame + OLD) == []
    assert same("", OLD) == []
    assert same("无。", "无。") == []
    assert same(OLD, " ") == []


def test_jump() -> None:
    """Ten times last year's, or a tenth, is a note on the cell; less, or small figures, is not."""
    for then, now, expected in ((100, 1000, 1), (1000, 100, 1), (100, 999, 0), (2, 40, 0), (0, 5000, 0), (50, 0, 0)):
        found = codes(with_last({"t2.penalty.decisions": now}, {"t2.penalty.decisions": then}), "LY-JUMP")
        assert [finding.cells for finding in found] == [("t2.penalty.decisions",)] * expected
        assert all(finding.severity == "note" for finding in found)


def test_jump_of_a_unit() -> None:
    """Fees a thousand times last year's may be 元 for 万元, and the sentence says so."""
    (finding,) = codes(with_last({"t2.fees.amount": 480000}, {"t2.fees.amount": 48}), "LY-JUMP")
    assert "元当成了万元" in finding.message()


@pytest.mark.parametrize(
    ("cell", "then", "now", "case"),
    [
        ("t2.fees.amount", 48, 48_000, "unit"),
        ("t2.fees.amount", 48, 47_999, "text"),
        ("t2.licensing.decisions", 48, 48_000, "text"),
        ("t2.licensing.decisions", 10, 100, "text"),
        ("t2.licensing.decisions", 9, 99, ""),
        ("t2.licensing.decisions", 11, 109, ""),
        ("t2.licensing.decisions", 0, 500, ""),
    ],
)
def test_jump_from_where_on(cell: str, then: int, now: int, case: str) -> None:
    """Ten times is a jump, of figures that are not small; a thousand times another unit, of amounts only."""
    keys = [finding.key for finding in codes(with_last({cell: now}, {cell: then}), "LY-JUMP")]
    assert keys == ([f"words.LY-JUMP.{case}"] if case else [])


@pytest.mark.parametrize(
    ("then", "now", "cells"),
    [
        ({"t3.received.total": 3}, {"t3.received.total": 30}, ["t3.received.total"]),
        ({"t3.received.total": 2}, {"t3.received.total": 29}, []),
        ({"t3.received.enterprise": 3}, {"t3.received.enterprise": 300}, []),
        ({"t2.penalty.decisions": None}, {"t2.penalty.decisions": 500}, []),
        ({"t2.penalty.decisions": 500}, {"t2.penalty.decisions": None}, []),
    ],
)
def test_jump_of_a_row(then, now, cells) -> None:
    """A row of tables 3 and 4 jumps by its total alone; what is blank in either year does not jump."""
    assert [cell for finding in codes(with_last(now, then), "LY-JUMP") for cell in finding.cells] == cells


def test_jump_of_a_total_whose_parts_were_blank() -> None:
    """Last year's total of which a part is blank may have been more."""
    last = report({"t3.received.enterprise": 3, "t3.received.other": None}, year=2023).totalled()
    source = report({"t3.received.enterprise": 300}, last_year=last).totalled()
    assert codes(source, "LY-JUMP") == []


def test_jump_across_forms() -> None:
    """Cells that both forms have are compared, others are not."""
    now = {"t2.licensing.decisions": 5000, "t2.normative_documents.in_force": 5000}
    found = codes(with_last(now, {"t2.licensing.decisions": 40}, last_form="2019"), "LY-JUMP")
    assert [finding.cells for finding in found] == [("t2.licensing.decisions",)]


def test_pending() -> None:
    """Fewer cases than were pending last year are a note, block by block."""
    last = {"t4.reconsideration.pending": 3, "t4.litigation_direct.pending": 1}
    found = codes(with_last({"t4.litigation_direct.total": 1, "t4.reconsideration.total": 2}, last), "T4-PENDING")
    assert [finding.cells for finding in found] == [("t4.reconsideration.total",)]


@pytest.mark.parametrize("year", [2020, 2022, 2024, 2025])
def test_wrong_year(year: int) -> None:
    """A report of another year given as last year's is one warning, and nothing is compared with it."""
    source = with_last({"t2.penalty.decisions": 1}, {"t3.carried_out.other": 7, "t2.penalty.decisions": 900}, year=year)
    assert [finding.code for finding in judge(source)[0]] == ["LY-YEAR"]
    assert comparable(source).last_year is None


def test_right_year() -> None:
    """The year before, or one that nobody told, is compared."""
    for year in (2023, None):
        source = with_last({}, {"t3.carried_out.other": 7}, year=year)
        assert [finding.code for finding in judge(source)[0]] == ["T3-CARRY"]
        assert comparable(source) is source
    assert codes(replace(report(), year=None, last_year=report(year=2023)), "LY-YEAR") == []


def test_every_rule_of_last_year_is_quiet_without_it() -> None:
    """Without last year's report these rules say nothing."""
    for code in ("LY-YEAR", "LY-JUMP", "T4-PENDING", "TXT-SAME", "T3-CARRY", "T2-STOCK"):
        judged = RULES[code].judge
        assert judged is not None
        assert list(judged(report())) == []
