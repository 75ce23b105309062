"""The list of findings as a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from tests.results.verdicts import HOSTILE, hostile, many, passing, unusable, wrong
from xlreport.finding import Amendment, Verdict
from xlreport.results import sheet, told
from xlreport.results.sheet import findings_list

SEVERAL = (wrong("上报/甲 局.xlsx"), passing(), unusable(), wrong("丁.json"))


def opened(*verdicts: Verdict, target: str | None = "清单.xlsx", language: str = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(findings_list(verdicts, language, Path(target) if target else None)))


def rows(sheet_: Any) -> list[tuple[Any, ...]]:
    return list(sheet_.iter_rows(min_row=2, values_only=True))


def test_a_line_for_each_finding() -> None:
    """Every finding of every file has a line: unit, severity, rule, cell, sentence and both sides, file by file."""
    found = rows(opened(*SEVERAL)["问题清单"])
    expected = [(v, finding) for v in SEVERAL for finding in told.ordered(v.findings)]
    assert [row[0] for row in found] == list(range(1, len(expected) + 1))
    for row, (verdict, finding) in zip(found, expected, strict=True):
        assert row[1] == (verdict.agency or verdict.source)
        assert row[4] == finding.code
        assert row[6] == finding.message()
        assert row[7:9] == (finding.expected, finding.actual)


def test_index() -> None:
    """The first sheet has a line for each file, with its counts, and leads to its first finding."""
    book = opened(*SEVERAL)
    index = book.worksheets[0]
    assert index.title == "汇总"
    found = rows(index)[: len(SEVERAL)]
    assert [row[3] for row in found] == ["校验未通过", "校验通过", "文件不能使用", "校验未通过"]
    assert [row[4:7] for row in found] == [tuple(told.counts(verdict).values()) for verdict in SEVERAL]
    first = len(SEVERAL[0].findings) + len(SEVERAL[1].findings) + 2
    assert index["B4"].hyperlink.location == f"'问题清单'!A{first}"
    assert book["问题清单"][f"B{first}"].value == "丙.xlsx"


def test_links_to_the_cells() -> None:
    """The place of a finding is a link to its cell in the workbook, where there is one."""
    lines = opened(*SEVERAL)["问题清单"]
    linked = {
        cell.value: cell.hyperlink for (cell,) in lines.iter_rows(min_row=2, min_col=6, max_col=6) if cell.hyperlink
    }
    assert linked["表三!D8:D29"].target == "上报/甲%20局.xlsx"
    assert linked["表三!D8:D29"].location == "'表三'!D8"
    assert len(linked) == len(SEVERAL[0].findings)


def test_to_work_with() -> None:
    """The head stays, every column filters, the head is printed on each page, and a strong line parts the units."""
    for lines in opened(*SEVERAL).worksheets:
        assert lines.freeze_panes == "A2"
        assert lines.auto_filter.ref.startswith("A1:")
        assert lines.print_title_rows == "$1:$1"
        assert lines.sheet_properties.pageSetUpPr.fitToPage
    lines = opened(*SEVERAL)["问题清单"]
    tops = [row[0].border.top.style for row in lines.iter_rows(min_row=2)]
    first = len(SEVERAL[0].findings)
    assert tops[0] == tops[first] == "medium"
    assert set(tops[1:first]) == {"thin"}


def test_nothing_computes() -> None:
    """Text that begins like a formula stays text, also when edited; what XML cannot hold is left out."""
    content = findings_list([hostile(), hostile()], "zh", Path("清单.xlsx"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            etree.fromstring(part)
            assert not re.search(rb"<f[ >]|externalLink|\x00|\x1b", part), name
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for lines in book.worksheets for row in lines.iter_rows() for cell in row]
    hostile_ones = [cell for cell in cells if str(cell.value).startswith("=")]
    assert len(hostile_ones) > 4
    assert {(cell.data_type, cell.quotePrefix) for cell in hostile_ones} == {("s", True)}
    assert told.clean(HOSTILE) in {cell.value for cell in hostile_ones}


def test_a_number_too_long_for_a_cell() -> None:
    """A number that a cell cannot hold to the last digit stands as text."""
    (row, *_) = rows(opened(hostile())["问题清单"])
    assert row[7] == "1.000E+30"
    assert row[8] == -1


def test_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same verdicts give the same bytes, at any time."""
    once = findings_list(SEVERAL, "zh", Path("清单.xlsx"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert findings_list(SEVERAL, "zh", Path("清单.xlsx")) == once


def test_suspects_and_open_relations() -> None:
    """Suspects and what could not be judged have a sheet of their own; a list without any has none."""
    book = opened(*SEVERAL)
    suspects = rows(book["可能填错的格"])
    assert [row[5] for row in suspects] == [s.to_json()["reason"] for v in SEVERAL for s in v.suspects]
    assert suspects[0][4] == "表三!D8"
    assert [row[4] for row in rows(book["未能判定"])] == [
        o.to_json()["reason"] for v in SEVERAL for o in v.not_assessed
    ]
    assert {row[0] for row in rows(book["怎么改"])} == set(told.codes(SEVERAL))
    assert opened(passing()).sheetnames[:2] == ["汇总", "问题清单"]
    assert "可能填错的格" not in opened(passing()).sheetnames


def test_terms() -> None:
    """Rule set and errata stand below the index."""
    book = opened(wrong(errata=(Amendment("TXT-LEN", "off", 1, "=某通知", "省.toml"),)))
    told_ = [row[1] for row in rows(book.worksheets[0])]
    assert f"由 xlreport 校验，规则集第 {wrong().ruleset} 版。" in told_
    assert "勘误：TXT-LEN 停用，未列出 1 处（=某通知；省.toml）" in told_


def test_ten_thousand_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand findings are all listed, in a file that mail takes; beyond a limit the rest is counted."""
    content = findings_list([many()], "zh", Path("清单.xlsx"))
    assert len(content) < 2_000_000
    monkeypatch.setattr(sheet, "MOST", 100)
    lines = opened(many(150))["问题清单"]
    assert lines.max_row == 102
    assert "另有 50 行没有列出" in lines["B102"].value


@pytest.mark.office
def test_opens(tmp_path: Path, soffice: Callable[..., Path]) -> None:
    """LibreOffice opens the list and shows its lines."""
    path = tmp_path / "清单.xlsx"
    path.write_bytes(findings_list([*SEVERAL, hostile()], "zh", path))
    text = soffice(path, "html:HTML (StarCalc)", tmp_path).read_text(encoding="utf-8")
    assert "自然人 1480 ＋ 商业企业 21 ＋ 法律服务机构 2 ＝ 1503" in text


def test_what_table_and_text_have() -> None:
    """Of a figure in the text, the table's value and the text's are shown as such, and stay numbers."""
    (line,) = (row for row in opened(wrong())["问题清单"].iter_rows(min_row=2) if row[4].value == "TXT-FIG")
    assert [cell.value for cell in line[7:10]] == [3525, 21, -3504]
    assert [cell.number_format for cell in line[7:9]] == [f'[<0]"{x} "−General;"{x} "General' for x in ("表中", "正文")]
