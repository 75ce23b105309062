"""What other makers bring: workbooks of their own, wrong encodings, several reports; and where figures came from."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from tests.published.made import read, stripped
from tests.published.sketch import cells, lines, sketch
from tests.published.written import docx, page, pdf, piped, site, xlsx
from tests.samples import bureau, city
from xlreport.cli import main
from xlreport.errors import InputError
from xlreport.workbook.foreign import shown_cells

CELL = "t3.received.enterprise"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "测试 目录（一）"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_foreign_workbook(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook of somebody else's making is imported, checked, and serves as last year's report."""
    (here / "别人的.xlsx").write_bytes(xlsx(sketch(city())))
    assert main(["import", "别人的.xlsx", "a.json"]) == 0
    assert json.loads((here / "a.json").read_text("utf-8"))["figures"] == dict(city().figures) | {
        "t2.fees.amount": float(city().figures["t2.fees.amount"])
    }
    assert main(["check", "别人的.xlsx"]) == main(["check", "a.json"])
    assert main(["new", "n.xlsx", "--last-year", "别人的.xlsx"]) == 0
    capsys.readouterr()


def test_foreign_without_tables(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook without statutory tables is what it was: none of ours (WB-FORM)."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "人员名单"
    book.save(here / "b.xlsx")
    assert main(["import", "b.xlsx", "b.json"]) == 2
    assert main(["check", "b.xlsx", "--format", "json"]) == 2
    assert "WB-FORM" in capsys.readouterr().out


def test_hidden_in_a_workbook() -> None:
    """Hidden sheets, rows and columns are not read; dates, truth values and formulas without value are no numbers."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(sketch(city()))))
    first = book.active
    assert first is not None
    other = book.copy_worksheet(first)
    other.sheet_state = "hidden"
    row = next(at for at, (text,) in enumerate(first.iter_rows(max_col=1, values_only=True), 1) if text == "规章")
    first.cell(row, 2).value = True
    first.cell(row, 3).value = "=1+1"
    first.row_dimensions[row + 1].hidden = True
    content = io.BytesIO()
    book.save(content)
    assert len(shown_cells(content.getvalue())) == 1
    found = read(content.getvalue(), "xlsx", lenient=True).report.figures
    assert found.items() <= city().figures.items()
    assert not any(cell.startswith("t2.normative") for cell in found)
    assert not {"t2.rules.issued", "t2.rules.repealed"} & found.keys()


def test_merged_over_each_other() -> None:
    """Merged cells that cover more than all that is looked at overlap: the sheet is refused by name, and at once."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(sketch(city()))))
    first = book.active
    assert first is not None
    first.title = "报告"
    first.merge_cells("A300:CB400")
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue(), "xlsx").report.figures == city().figures
    first.merged_cells.ranges |= {CellRange(f"A{row}:CB400") for row in range(1, 300)}
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(InputError, match="“报告”的合并单元格互相重叠") as refused:
        read(content.getvalue(), "xlsx")
    assert refused.value.key == "workbook.overlap"


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "md", "xlsx"])
def test_sources(here: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure is listed with its place and raw text, and sentences about figures name the place."""
    source = cells(lambda box: f"{box.text}件" if box.figure == CELL else box.text)(sketch(city()))
    write = {"html": page, "docx": docx, "pdf": pdf, "md": piped, "xlsx": xlsx}[kind]
    (here / f"a.{kind}").write_bytes(write(source))
    assert main(["import", f"a.{kind}", "b.json", "--sources", "s.json"]) == 0
    listed = json.loads((here / "s.json").read_text("utf-8"))
    assert listed["schema"] == "xlreport/sources/1"
    by_cell = {item["cell"]: item for item in listed["cells"]}
    assert by_cell.keys() == city().statute.figures.keys()
    item = by_cell[CELL]
    assert (item["value"], item["how"], item["text"]) == (city().figures[CELL], "read", f"{city().figures[CELL]}件")
    where = {"html": ("table", "row", "column"), "docx": ("table", "row"), "pdf": ("page", "table"), "md": ("line",)}
    assert all(item.get(key) for key in where.get(kind, ("at",)))
    assert "文件" in capsys.readouterr().out


def test_line_twice() -> None:
    """A line that is there twice with other numbers is not read; twice the same, it is."""
    text = stripped(city(), "html").decode()
    start = text.rindex("<tr", 0, text.index(f">{city().figures[CELL]}<"))
    line = text[start : text.index("</tr>", start) + 5]
    twice = text.replace(line, line + line, 1)
    assert read(twice.encode(), "html").report.figures == city().figures
    other = text.replace(line, line + line.replace(">75<", ">76<", 1), 1)
    found = read(other.encode(), "html").report.figures
    assert found.items() < city().figures.items()
    assert CELL not in found


def test_several_in_a_text() -> None:
    """Of two reports in one text none is read, and the sentence says so."""
    with pytest.raises(InputError) as raised:
        read(piped(sketch(city())) + b"\n\n" + piped(sketch(bureau())), "md")
    assert raised.value.key == "published.several"


@pytest.mark.parametrize("broken", [b"\xe6\x94", b"\xff"])
def test_broken_characters(broken: bytes) -> None:
    """A page in UTF-8 with some broken characters is read as UTF-8; a figure among them is blank."""
    content = page(sketch(city()))
    assert read(content + broken, "html").report.figures == city().figures
    assert read(content.replace(b"</p>", broken + b"</p>", 1), "html").report.figures == city().figures


def test_wrong_charset() -> None:
    """GBK is read as GBK, though the page says UTF-8."""
    assert read(site(sketch(city())), "html").report.figures == city().figures


def test_another_year(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the period in the text is not of the title's year, import says so."""
    period = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    source = sketch(city())
    source = source._replace(blocks=(source.blocks[0], period, *source.blocks[1:]))
    (here / "a.html").write_bytes(page(source))
    assert main(["import", "a.html", "b.json"]) == 0
    assert "TXT-YEAR" in capsys.readouterr().out
    (here / "c.html").write_bytes(page(lines(lambda text: "" if "年度报告" in text else text)(sketch(city()))))
    assert main(["import", "c.html", "d.json"]) == 0
    assert "补填" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "key", "said"), [("=1+1", "published.cell.formula", "另存一次"), (True, "published.cell.text", "“TRUE”")]
)
def test_workbook_cells(value: str | bool, key: str, said: str) -> None:
    """A formula that nobody computed is told as one, a truth value as Excel shows it."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(sketch(city()))))
    at = next(x for row in book.worksheets[0] for x in row if x.value == city().figures[CELL])
    at.value = value
    content = io.BytesIO()
    book.save(content)
    reading = read(content.getvalue(), "xlsx")
    assert CELL not in reading.report.figures
    [told] = [finding for finding in reading.findings if finding.cells == (CELL,)]
    assert told.key == key
    assert said in told.message()
