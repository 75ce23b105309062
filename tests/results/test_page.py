"""The page that a superior office sends back."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from tests.results.verdicts import HOSTILE, hostile, many, passing, unusable, wrong, wrong_report
from tests.rules.made import with_cell
from xlreport.finding import Amendment, Explained, Finding, Verdict
from xlreport.messages import say
from xlreport.results.page import MOST, findings_page
from xlreport.rules import RULES
from xlreport.workbook.cells import wrong_figure
from xlreport.workbook.places import Place


def tree(*verdicts: Verdict, language: str = "zh") -> html.HtmlElement:
    return html.document_fromstring(findings_page(verdicts, language))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_told(language: str) -> None:
    """Verdict, counts, every finding with its cells and sentence, suspects, what is open, and how to mend each."""
    verdict = wrong()
    page = text(tree(verdict, language=language))
    assert say("results.status.fail", language) in page
    for finding in verdict.findings:
        assert " ".join(finding.message(language).split()) in page
        assert say(f"pages.rules.{finding.code}.fix", language) in page
    reasons = [suspect.to_json(language)["reason"] for suspect in verdict.suspects]
    reasons += [item.to_json(language)["reason"] for item in verdict.not_assessed]
    assert all(reason in page for reason in reasons)
    assert "表三!D8:D29" in page
    assert f"规则集第 {verdict.ruleset} 版" in page or language == "en"


def test_the_tables_as_the_form_prints_them() -> None:
    """Every figure of the form stands in its table with its value; wrong cells are marked and lead to the finding."""
    page = tree(wrong())
    tables = page.xpath("//article//table")
    assert len(tables) == 3
    assert sum(len(table.xpath(".//td")) for table in tables) == len(wrong_report().statute.figures)
    (suspect,) = page.xpath("//td[contains(@class, 'suspect')]")
    assert text(suspect).startswith("14801408？")
    for reference in page.xpath("//sup/a"):
        (found,) = page.xpath(f"//li[@id='{reference.get('href')[1:]}']")
        assert found.get("value") == reference.text
    (blank,) = page.xpath("//td[@class='warning']")
    assert blank.text is None


def test_what_a_workbook_holds_instead() -> None:
    """A changed label and text in place of a figure are marked where they stand, and told beside that table."""
    title, cell = "表三“一、本年新收·自然人”", "t3.received.natural_person"
    values = {"address": "表三!A7", "expected": "二、上年结转", "actual": "二、"}
    label = Finding("WB-LABEL", "error", "workbook.label", values, addresses=("表三!A7",))
    report = with_cell(wrong_report(), cell, None)
    findings = (label, wrong_figure("12件", Place("表三", 6, 4), title, (cell,)))
    page = tree(wrong(findings=findings, report=report, suspects=()))
    (changed,) = page.xpath("//th[contains(@class, 'error')]")
    assert text(changed) == "二、上年结转政府信息公开申请数量1"
    assert [typed.text for typed in page.xpath("//td[@class='error']/del")] == ["12件"]
    (section,) = page.xpath("//section[h3[starts-with(., '表三')]]")
    assert len(section.xpath(".//li")) == 2


def test_a_quoted_sentence() -> None:
    """A sentence of the text is quoted, and its figure marked."""
    (quote,) = tree(wrong()).xpath("//li[.//mark]//q[1]/..")
    assert [mark.text for mark in quote.xpath("mark")] == ["21件"]
    assert "，<b>均已答复</b>。" in quote.text_content()


def test_only_the_text_contradicts() -> None:
    """A table that is in order but for what the text says of it is not called free of findings."""
    verdict = wrong(suspects=())
    page = tree(verdict._replace(findings=tuple(one for one in verdict.findings if one.code == "TXT-FIG")))
    told = [text(section.xpath(".//p[@class='clean']")[0]) for section in page.xpath("//section[.//table]")]
    assert told == ["这张表没有发现问题。", say("results.see_text"), "这张表没有发现问题。"]


def test_several_files() -> None:
    """Of several files an index stands first, which leads to each; ids are unique."""
    verdicts = [wrong(), passing(), unusable(), wrong("丁.xlsx")]
    page = tree(*verdicts)
    links = [link.get("href")[1:] for link in page.xpath("//nav//a")]
    assert links == [article.get("id") for article in page.xpath("//article")]
    rows = [text(row) for row in page.xpath("//nav//tbody/tr")]
    assert [word for row in rows for word in ("校验未通过", "校验通过", "文件不能使用") if word in row] == [
        *("校验未通过", "校验通过", "文件不能使用", "校验未通过"),
    ]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for wanted in page.xpath("//@headers"):
        assert set(wanted.split()) <= set(ids)


def test_accessible() -> None:
    """Language, captions, scopes and labels are there for those who listen to the page."""
    page = tree(wrong(), passing())
    assert page.get("lang") == "zh-CN"
    assert tree(wrong(), language="en").get("lang") == "en"
    for table in page.xpath("//table"):
        assert text(table.find("caption"))
        assert table.xpath(".//th/@scope")
    assert all(link.get("aria-label") for link in page.xpath("//sup/a"))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_needs_nothing_else() -> None:
    """No script, nothing from elsewhere, and a policy that forbids both."""
    page = findings_page([wrong()])
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|https?:| on\w+=", page)


def test_hostile_text() -> None:
    """Whatever stands in a file or its name is shown as text."""
    page = findings_page([hostile(), hostile()])
    assert "<script" not in page
    assert not re.search("[\x00-\x08\x1b\ud800-\udfff]", page)
    shown = text(html.document_fromstring(page))
    assert shown.count("100<100") >= 6
    assert '<script>alert("1")</script>' in shown
    assert HOSTILE not in page


def test_ten_thousand_findings() -> None:
    """Of very many findings the gravest are shown and the rest counted, so the page stays one that opens."""
    page = findings_page([many()])
    assert len(page) < 2_000_000
    assert page.count("<li id=") == MOST
    assert f"另有 {10_000 - MOST} 条没有在本页列出" in page


def test_terms() -> None:
    """Explanations, errata and explanations that have lapsed are told."""
    verdict = wrong()
    findings = tuple(f._replace(explanation="系统故障") if f.code == "FIG-BLANK" else f for f in verdict.findings)
    old = Explained("T2-STOCK", "t2.rules.in_force", 3, None, "清理文件", "lapsed")
    off = Amendment("TXT-LEN", "off", 1, "某通知", "省.toml")
    page = text(tree(verdict._replace(findings=findings, explanations=(old,), errata=(off,))))
    for words in ("单位说明：系统故障", "其中已说明 1 处", "T2-STOCK t2.rules.in_force 清理文件", "TXT-LEN 停用"):
        assert words in page


def test_a_report_in_order() -> None:
    """A report in order gets a page that says so."""
    page = text(tree(passing()))
    assert "校验通过" in page
    assert page.count("这张表没有发现问题。") == 3
    assert "怎么改" not in page


def test_rules_have_sentences() -> None:
    """Every rule has a title and a remedy in both languages, since a page may need them."""
    for code in RULES:
        for language in ("zh", "en"):
            assert say(f"pages.rules.{code}.title", language)
            assert say(f"pages.rules.{code}.fix", language)


def test_printed(tmp_path: Path) -> None:
    """Printed by a browser on A4, nothing is cut off at the right and table 3 stays on one page."""
    browser = shutil.which("chromium")
    if browser is None or shutil.which("pdftotext") is None:
        pytest.skip("needs chromium and poppler (`make test` as root installs them)")
    (tmp_path / "页.html").write_text(findings_page([wrong()]), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={tmp_path / '页.pdf'}", (tmp_path / "页.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "页.pdf", "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    (page,) = (page for page in printed.split("\f") if "1.属于国家秘密" in page)
    for word in ("一、本年新收政府信息公开申请数量", "3525", "1408？", "3521", "四、结转下年度继续办理", "125"):
        assert word in page


def test_sides_of_a_sentence() -> None:
    """Of a figure in the text, the table's value and the text's are told as such; an equation has what it should be."""
    sides = {
        item.xpath("string(p//span[@class='code'])").split()[0]: item.xpath("string(p[@class='sides'])")
        for item in tree(wrong()).xpath("//li[p]")
    }
    assert sides["TXT-FIG"] == "表中 3525，正文 21，相差 −3504"
    assert sides["T3-SUM"].startswith("应为 ")


def test_numbered_as_they_stand() -> None:
    """Findings are numbered from 1 in the order in which the page tells them."""
    verdict = wrong()
    page = tree(verdict._replace(findings=tuple(reversed(verdict.findings))))
    assert [item.get("value") for item in page.xpath("//ol[@class='found']/li")] == [
        str(number) for number in range(1, len(verdict.findings) + 1)
    ]
