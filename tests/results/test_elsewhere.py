"""People are told places that their file has: a page, a table, a line, a section, never a cell of our template."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from tests.published.sketch import Sketch, cells, lines, sketch
from tests.published.written import WRITERS
from tests.samples import city
from xlreport import job
from xlreport.collect.back import message_text
from xlreport.finding import Verdict
from xlreport.report import Report
from xlreport.results import told
from xlreport.results.page import findings_page
from xlreport.results.sheet import findings_list
from xlreport.results.text import verdict_text

OURS = re.compile(r"表[一二三四]!|[“《]?(?:正文|基本信息)[”!]|定稿|基本信息|(?<![A-Za-z!0-9])[A-J]\d+(?![\d%])")
"""Of our template: sheets, and cells without a sheet of the file's own."""
WRONG = {
    "t3.received.enterprise": "9999",
    "t3.granted.other": "x",
    "t2.rules.issued": "",
    "t4.litigation_direct.other": "",
}


def wrong() -> Sketch:
    """A city's report with every kind of mistake, without a title."""
    source = cells(lambda box: WRONG.get(box.figure, box.text))(sketch(city()))
    empty = next(at for at, block in enumerate(source.blocks) if str(block).startswith("五、"))
    source = source._replace(
        blocks=(*source.blocks[: empty + 1], "六、其他需要报告的事项", "联系电话13812345678，XX局，逾期未答复。")
    )
    return lines(lambda text: "" if "年度报告" in text else text)(source)


def verdict(folder: Path, kind: str, source: Sketch, last_year: Report | None = None) -> Verdict:
    suffix, write = WRITERS[kind]
    path = folder / f"a{suffix}"
    path.write_bytes(write(source))
    return job.check(path, last_year)


@pytest.mark.parametrize("kind", ["page", "docx", "pdf", "xlsx", "piped"])
def test_no_place_of_ours(tmp_path: Path, kind: str) -> None:
    """Whoever has no workbook of ours is sent to none of its cells; machines get what they were promised."""
    found = verdict(tmp_path, kind, wrong(), last_year=city())
    codes = {finding.code for finding in found.findings}
    assert codes >= {"T3-ROW", "T3-CARRY", "INF-BLANK", "TXT-FIG", "TXT-EMPTY", "TXT-HOLDER"}
    for language in ("zh", "en"):
        judged = found.to_json(language)
        said = [
            item.get("message") or item["reason"]
            for part in ("findings", "not_assessed", "suspects")
            for item in judged[part]
        ]
        for text in [*said, *(told.here(finding, language) for finding in found.findings)]:
            assert not OURS.search(re.sub(r"Sheet!\w+(?:、\w+)*", "", text)), text
    assert told.here(found.findings[0]) in message_text(found)
    assert told.here(found.findings[0]) in verdict_text(found, columns=300)
    row = next(finding for finding in found.findings if finding.code == "T3-ROW")
    assert row.to_json()["addresses"][0] == "表三!D6"


def test_where(tmp_path: Path) -> None:
    """A figure by its table, row and column, a section by its heading, agency and year by the title."""
    found = verdict(tmp_path, "page", wrong())
    where = {finding.code: told.here(finding) for finding in found.findings}
    assert where["T3-ROW"] == "文件第 2 张表第 4 行第 4–10 列"
    assert where["INF-BLANK"] == "标题"
    assert where["TXT-EMPTY"] == "五、存在的主要问题及改进情况"


def test_links(tmp_path: Path) -> None:
    """A list of findings links to the cell of somebody else's workbook, not to the same one of ours."""
    found = verdict(tmp_path, "xlsx", wrong())
    book = openpyxl.load_workbook(io.BytesIO(findings_list([found], target=tmp_path / "list.xlsx")))
    links = [
        str(x.hyperlink.location) for sheet in book for row in sheet for x in row if x.hyperlink and x.hyperlink.target
    ]
    assert links
    assert all(link.startswith("'Sheet'!") for link in links)


def test_ours(tmp_path: Path) -> None:
    """A workbook of ours and report data are told by the template's cells."""
    path = tmp_path / "a.json"
    path.write_text(job.render(city(), "json").decode(), "utf-8")
    assert all(finding.where is None for finding in job.check(path).findings)


def test_page(tmp_path: Path) -> None:
    """The page of findings does not tell how to fill in a workbook that nobody has."""
    text = findings_page([verdict(tmp_path, "page", wrong())])
    assert "定稿" not in text
    assert "基本信息" not in text
    assert "INF-BLANK" in text
