"""Explanations: bound to what was found, told in the result, and no way to silence anything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.made import report, with_cell
from xlreport import job
from xlreport.data import dump_report
from xlreport.errors import DataError
from xlreport.finding import Explanation, Finding, Verdict
from xlreport.report import Report
from xlreport.rules.explain import draft, explain, parse_explanations, subject

LAST = report({"t2.rules.in_force": 10}, year=2023)
STOCK = report({"t2.rules.in_force": 7, "t2.rules.issued": 1}, last_year=LAST)
"""10 + 1 - 0 = 11, not 7: a warning."""
CLEANED = Explanation("T2-STOCK", "t2.rules.in_force", 7, 11, "集中清理，失效 4 件。")


def judged(source: Report, *explanations: Explanation) -> Verdict:
    verdict = job.judge(Path("a.json"), source)
    findings, explained = explain(verdict.findings, explanations, source)
    return verdict._replace(findings=findings, explanations=explained)


def filled(drafted: str) -> bytes:
    """The file that a person made of a draft: a reason for every warning."""
    return drafted.replace('text = ""', 'text = "另附"').encode()


def statuses(verdict: Verdict) -> list[str]:
    return [one.status for one in verdict.explanations]


def explained(verdict: Verdict) -> dict[str, str]:
    return {finding.code: finding.explanation for finding in verdict.findings if finding.explanation}


def test_it_is_told_with_the_warning() -> None:
    """An explanation stands with its warning, which stays one: the superior office judges it, not this program."""
    verdict = judged(STOCK, CLEANED)
    assert explained(verdict) == {"T2-STOCK": "集中清理，失效 4 件。"}
    assert verdict.status == "warnings"
    (finding,) = (one for one in verdict.to_json()["findings"] if one["code"] == "T2-STOCK")
    assert finding["explanation"] == CLEANED.text
    assert verdict.to_json()["explanations"] == [{**CLEANED._asdict(), "status": "applies"}]


@pytest.mark.parametrize("cell", ["t2.rules.in_force", "表二!D5", "t2.rules.issued"])
def test_the_cell_by_any_name(cell: str) -> None:
    """The cell is named by its id or its address; any cell of the finding will do."""
    assert statuses(judged(STOCK, CLEANED._replace(cell=cell))) == ["applies"]


def test_without_a_cell() -> None:
    """A warning about the whole report has no cell: its entry in the draft, filled in, holds all the same."""
    other = replace(STOCK, agency="甲局", last_year=replace(LAST, agency="乙局"))
    (one,) = (one for one in parse_explanations(filled(draft(judged(other)))) if one.code == "LY-AGENCY")
    assert one.cell == ""
    assert statuses(judged(other, one)) == ["applies"]
    assert statuses(judged(other, one._replace(code="T2-STOCK"))) == ["unneeded"]


@pytest.mark.parametrize(
    "changed",
    [
        with_cell(STOCK, "t2.rules.in_force", 6),
        with_cell(STOCK, "t2.rules.issued", 2),
        replace(STOCK, last_year=report({"t2.rules.in_force": 9}, year=2023)),
    ],
)
def test_it_lapses(changed: Report) -> None:
    """When the value changes, or what it should be, the explanation lapses and that is said."""
    verdict = judged(changed, CLEANED)
    assert statuses(verdict) == ["lapsed"]
    assert explained(verdict) == {}


def test_without_expected() -> None:
    """An explanation written by hand may bind itself to the value of the cell alone."""
    loose = CLEANED._replace(expected=None)
    assert statuses(judged(with_cell(STOCK, "t2.rules.issued", 2), loose)) == ["applies"]
    assert statuses(judged(with_cell(STOCK, "t2.rules.in_force", 6), loose)) == ["lapsed"]


def test_nothing_left_to_explain() -> None:
    """When the warning is gone, the explanation is said to be needed no longer."""
    assert statuses(judged(with_cell(STOCK, "t2.rules.in_force", 11), CLEANED)) == ["unneeded"]
    assert statuses(judged(STOCK, CLEANED._replace(cell="t2.rules.repealed", code="T2-RULES"))) == ["unneeded"]
    assert statuses(judged(STOCK, CLEANED._replace(cell="t2.normative_documents.in_force"))) == ["unneeded"]


def test_an_error_stays_an_error() -> None:
    """An error cannot be explained away: it stays, and the explanation is told as refused."""
    source = report({"t3.received.natural_person": 1})
    verdict = job.judge(Path("a.json"), source)
    (balance,) = (one for one in verdict.findings if one.code == "T3-BAL" and one.cells[0].endswith("natural_person"))
    assert balance.actual is not None
    excuse = Explanation("T3-BAL", balance.cells[0], balance.actual, None, "系统原因")
    told = judged(source, excuse)
    assert statuses(told) == ["refused"]
    assert told.status == "fail"
    assert len(told.errors) == len(verdict.errors)


def test_blanks_together() -> None:
    """One finding of many blanks is explained as a whole, and lapses when one of them is filled."""
    blank = report({"t3.received.natural_person": None, "t3.received.enterprise": None, "t2.fees.amount": None})
    found = [one for one in job.judge(Path("a"), blank).findings if one.code == "FIG-BLANK"]
    explanations = [Explanation("FIG-BLANK", *subject(one, blank), None, "表样合并") for one in found]
    assert explanations[0].value == "", "a single blank"
    assert statuses(judged(blank, *explanations)) == ["applies", "applies"]
    assert statuses(judged(with_cell(blank, "t3.received.enterprise", 0), *explanations)) == ["applies", "lapsed"]


def test_text() -> None:
    """A warning about words is bound to the words: white space apart, any change of the passage lapses it."""
    source = report(
        text={
            "overview.lead": "工作有序。",
            "problems": "存在更新不及时的问题。",
            "other_matters": "没有收取信息处理费。",
        }
    )
    (found,) = (one for one in job.judge(Path("a"), source).findings if one.code == "TXT-REMEDY")
    one = Explanation("TXT-REMEDY", *subject(found, source), None, "措施写在总体情况里")
    assert statuses(judged(source, one)) == ["applies"]
    spaced = replace(source, text={**source.text, "problems": " 存在更新不及时的问题。\n"})
    assert statuses(judged(spaced, one)) == ["applies"]
    changed = replace(source, text={**source.text, "problems": "存在解读不多的问题。"})
    assert statuses(judged(changed, one)) == ["lapsed"]
    elsewhere = replace(source, text={**source.text, "overview.lead": "工作平稳。"})
    assert statuses(judged(elsewhere, one)) == ["applies"]


def test_two_findings_of_one_passage() -> None:
    """Of two findings of one rule in one passage, an explanation belongs to the one that it was given for."""
    place = ("正文!C67",)
    one, other = (Finding("TXT-PART", "warning", "", {"quote": quote}, addresses=place) for quote in ("12件", "13件"))
    told = Explanation("TXT-PART", *subject(other, STOCK), None, "口径不同")
    findings, (status,) = explain([one, other], [told], STOCK)
    assert [finding.explanation for finding in findings] == ["", "口径不同"]
    assert status.status == "applies"


def test_a_file_to_fill_in() -> None:
    """The file to fill in has an entry for every warning; filled in, all of them apply, run after run."""
    verdict = judged(STOCK, CLEANED)
    text = draft(verdict)
    (again,) = parse_explanations(text.encode())
    assert again == CLEANED
    blank = judged(with_cell(STOCK, "t4.reconsideration.other", None))
    assert parse_explanations(draft(blank).encode()) == (), "nothing is explained yet"
    filled = parse_explanations(draft(blank).replace('text = ""', 'text = "见附件"').encode())
    assert len(filled) == sum(finding.severity == "warning" for finding in blank.findings) == 2
    told = judged(with_cell(STOCK, "t4.reconsideration.other", None), *filled)
    assert statuses(told) == ["applies"] * 2
    assert parse_explanations(draft(told).encode()) == filled


def test_errors_are_not_to_be_explained() -> None:
    """The file to fill in has no entry for an error or a note."""
    verdict = judged(report({"t3.received.natural_person": 1, "t3.received.other": -1}))
    assert {finding.severity for finding in verdict.findings} >= {"error", "note"}
    assert "[[explanation]]" not in draft(verdict)


def test_what_has_lapsed_is_kept_as_a_comment() -> None:
    """In a file made anew, the words of an explanation that has lapsed are still to be read."""
    text = draft(judged(with_cell(STOCK, "t2.rules.in_force", 6), CLEANED))
    assert "# 已失效（数字或文字改动过）：T2-STOCK t2.rules.in_force 集中清理，失效 4 件。" in text
    assert parse_explanations(text.encode()) == ()


@given(st.text(), st.text())
def test_any_text_survives_the_file(text: str, cell: str) -> None:
    """Whatever stands in an explanation, the file that is made of it is read back the same."""
    finding = Finding("TXT-LEN", "warning", "words.TXT-PASTE.text", {"place": "一", "quote": cell}, explanation=text)
    finding = finding._replace(addresses=(cell,))
    try:
        found = parse_explanations(draft(Verdict("a", findings=(finding,), report=STOCK)).encode("utf-8", "replace"))
    except DataError:
        assert not cell
        return
    assert [one.text for one in found] == ([" ".join(text.split())] if text.split() else [])
    assert all(one.cell == cell for one in found)


def test_beside_the_report(tmp_path: Path) -> None:
    """The file beside the report is read without being asked for; another one where it is named."""
    path = tmp_path / "2024.json"
    path.write_text(dump_report(STOCK), encoding="utf-8")
    assert explained(job.check(path)) == {}
    beside = tmp_path / "2024.说明.toml"
    beside.write_text(draft(judged(STOCK, CLEANED)), encoding="utf-8")
    assert explained(job.check(path)) == {"T2-STOCK": CLEANED.text}
    other = tmp_path / "另一份.toml"
    other.write_text(draft(judged(STOCK, CLEANED._replace(text="口径调整"))), encoding="utf-8")
    assert explained(job.check(path, explanations=other)) == {"T2-STOCK": "口径调整"}
    beside.write_bytes(b"")
    assert explained(job.check(path)) == {}, "a file that a shell has just emptied"
    beside.write_text("不是", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        job.check(path)
    assert "2024.说明.toml" in caught.value.tell()
    assert json.loads(path.read_text(encoding="utf-8"))["year"] == 2024
