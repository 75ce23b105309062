"""The outline as a web page."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from tests.document.conftest import a_report
from tests.document.texts import html_tables, html_words, outline_tables, outline_words, squeezed
from xlreport.document.compose import compose
from xlreport.document.html import render_embed, render_html
from xlreport.document.outline import Grid, Outline, Paragraph
from xlreport.envelope import seal


@pytest.fixture(scope="module")
def page(outline):
    return html.document_fromstring(render_html(outline))


def test_words(outline):
    """Every word and figure of the outline is on the page, in order, whatever characters it has."""
    assert html_words(render_html(outline)) == outline_words(outline)


def test_tables(outline):
    """Every cell stands where the form has it and spans what the form says."""
    assert html_tables(render_html(outline)) == outline_tables(outline)


def test_a_published_report(district, district_words):
    """Every paragraph and every cell of a published report comes out, in order."""
    assert squeezed(html_words(render_html(district))) == district_words


def test_figures_are_named(outline, page):
    """The cell of a figure has its id as a class, in a form that survives a content management system."""
    cells = [cell for block in outline.blocks if isinstance(block, Grid) for cell in block.cells if cell.id]
    for cell in cells:
        (found,) = page.find_class("c-" + cell.id.replace(".", "-"))
        assert (found.tag, found.text_content()) == ("td", cell.text)


def test_self_contained(page):
    """Nothing is loaded from elsewhere and nothing runs."""
    assert not list(page.iter("script", "link", "iframe", "object", "embed", "img", "base", "form", "a"))
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or name in {"src", "href", "srcset"}]
    (style,) = page.iter("style")
    assert not re.search(r"url\(|@import|expression", style.text)
    assert [m.get("content") for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]


def test_semantics(page):
    """The page tells its language, its title, its outline, and what each header cell of a table is the header of."""
    assert page.get("lang") == "zh-CN"
    assert page.findtext(".//title") == page.find(".//h1").text_content()
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in page.iter("table"):
        assert table.findtext("caption")
        assert {th.get("scope") for th in table.iter("th")} <= {"col", "row", "rowgroup"}
        assert all(th.get("class") in {"head", "stub"} for th in table.iter("th"))
        for band in table.xpath(".//th[@scope='rowgroup']"):  # it speaks for its own group, which it opens
            group = band.getparent().getparent()
            assert (group.tag, group.index(band.getparent())) == ("tbody", 0)
    regions = page.xpath("//div[@role='region']")
    assert [r.get("aria-label") for r in regions] == [c.text for c in page.iter("caption")]
    assert all(r.get("tabindex") == "0" for r in regions)  # a box that scrolls can be reached by keyboard


def test_title_breaks_between_words():
    """On a narrow screen the title breaks after a place, the agency and round 政府信息公开, never within them."""
    written = render_html(Outline("某局2024年政府信息公开工作年度报告", "某局", 2024, ()))
    assert "<h1><span>某局</span><span>2024年<wbr>政府信息公开<wbr>工作年度报告</span></h1>" in written
    written = render_html(Outline("新疆维吾尔自治区和硕县农业局报告", "新疆维吾尔自治区和硕县农业局", 2024, ()))
    assert "<h1><span>新疆维吾尔自治区<wbr>和硕县<wbr>农业局</span><span>报告</span></h1>" in written


def test_whole_tables_on_paper(page):
    """Printed, a table that fits on a page stands on one, its heading above it."""
    printed = page.findtext(".//style").partition("@media print")[2]
    assert re.search(r"\.table \{[^}]*break-inside: avoid", printed)
    assert re.search(r"h2, h3 \{[^}]*break-after: avoid", printed)


def test_bands():
    """In a table of several bands, a figure names the headers of its own band and no others."""
    page: Any = html.document_fromstring(render_html(compose(a_report())))
    (cell,) = page.find_class("c-t2-licensing-decisions")
    texts = [page.get_element_by_id(id_).text_content() for id_ in cell.get("headers").split()]
    assert texts == ["第二十条第（五）项", "本年处理决定数量", "行政许可"]
    (cell,) = page.find_class("c-t2-rules-in_force")
    texts = [page.get_element_by_id(id_).text_content() for id_ in cell.get("headers").split()]
    assert texts == ["第二十条第（一）项", "现行有效件数", "规章"]


def test_wide_tables(page):
    """Only the tables with many columns are wider than a phone, and they scroll in a box of their own."""
    wide = page.xpath("//div[contains(@class, 'wide')]/table/@class")
    assert wide == ["t-t3", "t-t4"]
    assert re.search(r"\.table \{[^}]*overflow-x: auto", page.findtext(".//style"))


def test_forbidden_characters():
    """A character that no page can hold is left out."""
    assert html_words(render_html(Outline("题", "", None, (Paragraph("甲\x00\x0b乙"),)))) == ["题", "甲乙"]


def test_same_page():
    """The same outline gives the same page."""
    assert render_html(compose(a_report())) == render_html(compose(a_report()))


@pytest.fixture(scope="module")
def fragment(outline):
    return render_embed(replace(outline, carried=seal(a_report(), "1")))


def test_embed_words(outline, fragment):
    """The fragment says the same words and figures as the page, one level of headings down, in the same tables."""
    tree: Any = html.fragment_fromstring(fragment)
    words = [item.text_content() for item in tree.iter("h2", "h3", "h4", "p", "th", "td")]
    assert words == outline_words(outline)
    assert html_tables(fragment) == outline_tables(outline)


def test_embed_needs_nothing(fragment):
    """It is one element with inline styles: no head, no script, no style element, no id, nothing from elsewhere."""
    tree: Any = html.fragment_fromstring(fragment)
    assert tree.tag == "div"
    tags = {element.tag for element in tree.iter()}
    assert tags <= {"div", "h2", "h3", "h4", "p", "br", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}
    names = {name for element in tree.iter() for name in element.attrib}
    told = {"scope", "role", "aria-label", "tabindex"}
    assert names <= {"class", "style", "rowspan", "colspan", "border", *told}
    assert not re.search(r"url\(|expression|<!--|\{[{%]", fragment.replace("{{ agency }}", "").replace("{% if %}", ""))


def test_embed_names_its_cells(outline, fragment):
    """Its cells have their ids as classes, and the whole tells form and hash, in a form that an editor keeps."""
    tree: Any = html.fragment_fromstring(fragment)
    for block in outline.blocks:
        for cell in block.cells if isinstance(block, Grid) else ():
            if cell.id:
                (found,) = tree.find_class("c-" + cell.id.replace(".", "-"))
                assert found.text_content() == cell.text
    assert re.fullmatch("xlreport form-2021 figures-[0-9a-f]{64}", tree.get("class"))
