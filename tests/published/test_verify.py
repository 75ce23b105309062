"""Is what was published what was checked? Word files edited by hand, pages cut by a content management system."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.published.made import KINDS, document, rezipped, stripped
from tests.samples import bureau, city, write_workbook
from xlreport import job
from xlreport.errors import InputError
from xlreport.report import Report

FIGURE = "t3.received.enterprise"


def verify(folder: Path, content: bytes, kind: str, report: Report | None = None) -> job.Compared:
    """Against the workbook of a report, the city's unless told."""
    (folder / f"a.{kind}").write_bytes(content)
    against = write_workbook(report or city(), folder / "b.xlsx")
    return job.verify(folder / f"a.{kind}", against)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("report", [city, bureau])
def test_the_same(tmp_path: Path, report: Callable[[], Report], kind: str) -> None:
    """What was exported from a workbook is what it says, also when its data were removed."""
    whole = verify(tmp_path, document(report(), kind), kind, report())
    assert (whole.findings, whole.data) == ((), "same")
    bare = verify(tmp_path, stripped(report(), kind), kind, report())
    assert (bare.findings, bare.data) == ((), "none")


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure(tmp_path: Path, kind: str) -> None:
    """One figure that differs is named by its cell with both values, whether data are carried or not."""
    changed = replace(city(), figures={**city().figures, FIGURE: 76})
    for content in (document(changed, kind), stripped(changed, kind)):
        found = [f for f in verify(tmp_path, content, kind).findings if f.code == "VER-FIG"]
        assert [(f.cells, f.addresses, f.expected, f.actual) for f in found] == [((FIGURE,), ("表三!E6",), 75, 76)]
        assert "76" in found[0].message("zh")
        assert "表三!E6" in found[0].message("zh")


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (">72701.2578<", ">72701.2579<", "VER-FIG", "72701.2579"),
        (">72701.2578<", "><", "VER-FIG", "空格"),
        (">72701.2578<", ">约7万<", "VER-FIG", "约7万"),
        ("举办政府信息公开培训1次", "举办政府信息公开培训2次", "VER-TEXT", "培训2次"),
        ("举办政府信息公开培训1次。", "", "VER-TEXT", "举办政府信息公开培训1次"),
        ("1.属于国家秘密", "1.属于国家机密", "VER-LABEL", "国家机密"),
        ("2024年政府信息公开", "2023年政府信息公开", "VER-TEXT", "2023"),
    ],
)
def test_edited_in_word(tmp_path: Path, old: str, new: str, code: str, said: str) -> None:
    """A figure, sentence, label or title changed by hand is found though the carried data still are the old ones."""
    report = replace(city(), figures={**city().figures, "t2.fees.amount": city().figures["t2.fees.amount"]})
    edited = rezipped(document(report, "docx"), "word/document.xml", old, new)
    (finding,) = verify(tmp_path, edited, "docx", report).findings
    assert finding.code == code
    assert said in finding.message("zh")


def test_a_paragraph_added(tmp_path: Path) -> None:
    """A paragraph that nobody checked is found, and quoted."""
    paragraph = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t>另外获奖三次。</w:t></w:r></w:p><w:tbl>'
    edited = rezipped(document(city(), "docx"), "word/document.xml", "<w:tbl>", paragraph)
    (finding,) = verify(tmp_path, edited, "docx").findings
    assert (finding.code, finding.severity) == ("VER-TEXT", "error")
    assert "另外获奖三次。" in finding.message("zh")


def test_pasted_into_a_site(tmp_path: Path) -> None:
    """What a web site puts before a report does not count; what it puts after is told, as a warning."""
    page = stripped(city(), "html").decode()
    page = page.replace("<main>", "<div>首页</div><div>信息公开</div><main>").replace("</main>", "</main><p>打印</p>")
    (finding,) = verify(tmp_path, page.encode(), "html").findings
    assert (finding.code, finding.severity, finding.key) == ("VER-TEXT", "warning", "verify.text.after")


def test_another_report(tmp_path: Path) -> None:
    """Another report's document differs in its data too, and a document of another form is told as such."""
    codes = {finding.code for finding in verify(tmp_path, document(bureau(), "docx"), "docx").findings}
    assert codes == {"VER-FIG", "VER-TEXT", "VER-DATA"}
    older = Report("2019", "某市", 2019, {})
    assert verify(tmp_path, document(older, "docx"), "docx").findings[0].code == "VER-FORM"


def test_a_row_removed(tmp_path: Path) -> None:
    """Figures whose row was deleted are told as not found, and no other figure moves into their place."""
    page = stripped(city(), "html").decode()
    start = page.rindex("<tr>", 0, page.index("2.重复申请"))
    cut = page[:start] + page[page.index("</tr>", start) + 5 :]
    found = [f for f in verify(tmp_path, cut.encode(), "html").findings if f.code == "VER-FIG"]
    assert {cell for f in found for cell in f.cells} == {
        cell for cell in city().statute.figures if cell.startswith("t3.unprocessed.repeated")
    }
    assert all(f.actual is None for f in found)


@pytest.mark.office
def test_through_libreoffice(soffice: Any, tmp_path: Path) -> None:
    """A Word file of ours that LibreOffice has saved anew is the same, and still carries its data."""
    (tmp_path / "a.docx").write_bytes(document(city(), "docx"))
    saved = soffice(tmp_path / "a.docx", "docx", tmp_path / "saved")
    compared = verify(tmp_path, saved.read_bytes(), "docx")
    assert (compared.findings, compared.data) == ((), "same")
    paper = soffice(tmp_path / "a.docx", "pdf", tmp_path / "saved")
    compared = verify(tmp_path, paper.read_bytes(), "pdf")
    assert (compared.findings, compared.data) == ((), "none")


def page() -> str:
    return stripped(city(), "html").decode()


def line_of(text: str, label: str) -> str:
    """The line of a table that has this label."""
    start = text.rindex("<tr", 0, text.index(label))
    return text[start : text.index("</tr>", start) + 5]


def without_site(text: str) -> str:
    """As a content management system leaves it: no head, script, class, id, style or aria, heads as plain cells."""
    text = re.sub(
        r"<head>.*?</head>|<script.*?</script>|<caption>.*?</caption>|</?(?:thead|tbody|main|div)[^>]*>",
        "",
        text,
        flags=re.DOTALL,
    )
    text = re.sub(r'\s(?:class|id|style|headers|scope|role|tabindex|lang|aria-[a-z]+)="[^"]*"', "", text)
    return re.sub(r"<(/?)(?:h[1-6])\b", r"<\1p", re.sub(r"<(/?)th\b", r"<\1td", text))


@pytest.mark.parametrize("report", [city, bureau])
def test_stripped_by_a_site(tmp_path: Path, report: Callable[[], Report]) -> None:
    """A page that a content management system has stripped of all but words and tables is the same, or is told."""
    bare = without_site(document(report(), "html").decode())
    assert not re.search("class=|<th|<h1|<script", bare)
    compared = verify(tmp_path, bare.encode(), "html", report())
    assert (compared.findings, compared.data) == ((), "none")
    changed = bare.replace("五、存在的主要问题", "五、存在的问题", 1)
    assert [f.code for f in verify(tmp_path, changed.encode(), "html", report()).findings] == ["VER-TEXT"]


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_a_heading_changed(tmp_path: Path, kind: str) -> None:
    """A heading in other words is told, quoted as it is and as it should be."""
    content, heading = document(city(), kind), "六、其他需要报告的事项"
    if kind == "docx":
        edited = rezipped(content, "word/document.xml", heading, "六、其他事项")
    else:
        edited = content.decode().replace(f"<h2>{heading}", "<h2>六、其他事项", 1).encode()
    (finding,) = verify(tmp_path, edited, kind).findings
    assert (finding.code, finding.severity) == ("VER-TEXT", "error")
    assert "六、其他事项" in finding.message()


def test_a_section_removed(tmp_path: Path) -> None:
    """A section that is not there any more is told by its heading."""
    text = page()
    cut = text[: text.index("<h2>五、")] + text[text.index("<h2>六、") :]
    (finding,) = verify(tmp_path, cut.encode(), "html").findings
    assert (finding.code, finding.key) == ("VER-TEXT", "verify.text.missing")
    assert "五、存在的主要问题及改进情况" in finding.message()


def test_a_table_removed(tmp_path: Path) -> None:
    """Of a statutory table that is gone every figure is told."""
    text = page()
    start = text.index("<table", text.index("四、政府信息公开行政复议"))
    cut = text[:start] + text[text.index("</table>", start) + 8 :]
    found = {cell for f in verify(tmp_path, cut.encode(), "html").findings for cell in f.cells}
    assert found == {cell for cell in city().statute.figures if cell.startswith("t4.")}


def test_rows_that_changed_places(tmp_path: Path) -> None:
    """Two lines of a table in the other order are told, whether whole or only their figures."""
    text = page()
    one, other = line_of(text, "1.信访举报投诉类申请"), line_of(text, "2.重复申请")
    whole = text.replace(one, "@").replace(other, one).replace("@", other)
    assert {f.severity for f in verify(tmp_path, whole.encode(), "html").findings if f.code == "VER-FIG"} == {"error"}
    cells = re.compile(r"(<td.*</td>)", re.DOTALL)
    mine, theirs = (cells.search(line)[1] for line in (one, other))  # type: ignore[index]
    only = text.replace(one, one.replace(mine, theirs)).replace(other, other.replace(theirs, mine))
    found = verify(tmp_path, only.encode(), "html").findings
    assert found
    assert {f.code for f in found} == {"VER-FIG"}


def test_a_line_of_figures_added(tmp_path: Path) -> None:
    """A line that only holds figures is an error, and told as what it is."""
    text = page().replace("</table>", "<tr><td>9</td><td>8</td><td>7</td></tr></table>", 1)
    (finding,) = verify(tmp_path, text.encode(), "html").findings
    assert (finding.code, finding.severity, finding.key) == ("VER-FIG", "error", "verify.row")
    assert "9 8 7" in finding.message()
    assert "“”" not in finding.message()


def test_a_caption_changed(tmp_path: Path) -> None:
    """The name that a page gives to a table for those who listen to it is compared too."""
    text = page().replace("<caption>收到和处理", "<caption>收到但不处理", 1)
    (finding,) = verify(tmp_path, text.encode(), "html").findings
    assert (finding.code, finding.severity) == ("VER-LABEL", "warning")
    assert "收到但不处理" in finding.message()


def test_another_file_altogether(tmp_path: Path) -> None:
    """Of two files that have nothing to do with each other not every line is told."""
    text = page().replace("<h2>五、", "".join(f"<p>第{n}条</p><p>{n}</p>" for n in range(300)) + "<h2>五、", 1)
    lines = "".join(f"<p>第{n}条。</p>" for n in range(9000))
    found = verify(tmp_path, text.replace("<h2>六、", lines + "<h2>六、", 1).encode(), "html").findings
    assert 0 < len(found) < 200


def test_not_a_document(tmp_path: Path) -> None:
    """A workbook in the document's place is refused by name."""
    path = write_workbook(city(), tmp_path / "a.xlsx")
    with pytest.raises(InputError, match=r"a\.xlsx"):
        job.verify(path, path)
