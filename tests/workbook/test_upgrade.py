"""A filled workbook, moved into a fresh template: nothing is lost in silence, and nothing is corrected."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.samples import city
from tests.workbook.edited import edited
from tests.workbook.reports import reports
from xlreport.cli import main
from xlreport.errors import FormError
from xlreport.form import FORMS
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.workbook.fill import fill
from xlreport.workbook.patch import Target, patch
from xlreport.workbook.read import read_workbook
from xlreport.workbook.upgrade import Upgraded, upgrade
from xlreport.workbook.verify import verify

CITY = fill(city())


def told(made: Upgraded) -> list[str]:
    return [phrase.tell() for phrase in (*made.changed, *made.lost)]


def part_changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content.decode()).encode() if name == part else content)
    return out.getvalue()


@settings(max_examples=20)
@given(st.sampled_from(FORMS).flatmap(reports))
def test_whatever_is_filled_in(report: Report) -> None:
    """Whatever report a workbook of either form holds, the fresh one is the same to the byte, and nothing is told."""
    made = upgrade(fill(report))
    assert made.content == fill(report)
    assert told(made) == []


def test_names_deleted() -> None:
    """Without a single name of cells, everything is found by its labels."""
    named = re.compile(r'<definedName name="(?!xlreport_|_).*?</definedName>')
    bare = part_changed(CITY, "xl/workbook.xml", lambda text: named.sub("", text))
    assert {finding.key for finding in verify(bare)} == {"workbook.name_gone"}
    made = upgrade(bare)
    assert made.content == CITY
    assert told(made) == []


def test_what_is_wrong_stays_wrong() -> None:
    """Text in a figure's cell stays that text, a number in a text's cell that number; check finds the same in both."""
    typed: dict[Target, Number | str | None] = {"t3_received_other": "12件", "t3_granted_other": "１２"}
    typed |= {"t2_fees_amount": -3, "contact": 55512345, "year": "二〇二四", "text_problems": "=1+1"}
    old = patch(CITY, typed)
    made = upgrade(old)
    found, before = read_workbook(made.content), read_workbook(old)
    assert found == before
    assert made.findings == found.findings
    assert {x.code for x in made.findings} >= {"FIG-TEXT", "INF-YEAR"}
    assert told(made) == []
    cells = {"表三!I6": "12件", "表三!I8": "１２", "表二!B16": -3, "基本信息!B7": 55512345}
    sheets = openpyxl.load_workbook(io.BytesIO(made.content))
    for address, value in cells.items():
        sheet, _, cell = address.partition("!")
        assert sheets[sheet][cell].value == value, address


EDITS = {
    "moved": """
sheets["表三"].Rows.insertByIndex(9, 2)
sheets["正文"].Rows.insertByIndex(0, 3)
sheets["表三"].Columns.insertByIndex(4, 1)
sheets["表四"].setName("表四 (新)")
""",
    "typed": """
def cell(sheet, at):
    return sheets[sheet].getCellRangeByName(at)
cell("表三", "D6").setFormula("=20+1")
cell("表三", "E6").setFormula("=1/0")
cell("表三", "J8").setValue(12)
cell("表三", "B9").setString("部分公开，共 3 件")
cell("表三", "M40").setString("核对人：甲")
cell("表四", "A6").setString("5起")
document.Sheets.insertNewByName("台账", 9)
document.Sheets.getByName("台账").getCellRangeByName("B2").setString("明细")
""",
    "deleted": 'sheets["表三"].Rows.removeByIndex(9, 1); document.Sheets.removeByName("表四")',
}


@pytest.mark.office
def test_in_a_real_office(tmp_path: Path) -> None:
    """What LibreOffice moved is found; what it typed over, beside or deleted is told by sheet and cell."""
    made = {name: upgrade(data) for name, data in edited(CITY, EDITS, tmp_path).items()}
    for name, one in made.items():
        assert verify(one.content) == (), name

    assert read_workbook(made["moved"].content) == read_workbook(CITY)
    assert told(made["moved"]) == []

    found = read_workbook(made["typed"].content)
    figures = found.report.figures
    assert figures["t3.received.natural_person"] == 21
    assert "t3.received.enterprise" not in figures
    assert figures["t3.granted.total"] == city().figures["t3.granted.total"]
    assert [(x.code, x.addresses) for x in found.findings if x.severity == "error"] == [("FIG-TEXT", ("表四!A6",))]
    assert told(made["typed"]) == [
        "表三!D6：原来是公式 =20+1，已按它的结果“21”带入",
        "表三!E6：是错误值 #DIV/0!，没有带入；请填上应有的内容",
        "表三!J8：不是填报格，原来写的“12”没有带入",
        "表三!B9：不是填报格，原来写的“部分公开，共 3 件”没有带入",
        "表三!M40：不是填报格，原来写的“核对人：甲”没有带入",
        "自己加的工作表“台账”没有带入，需要的请复制过去",
    ]

    assert told(made["deleted"]) == [
        "表三：原工作簿里找不到 6 格（新模板的 D10、E10、F10、G10、H10……），可能删过行、列或工作表；这些格留空，请补填",
        "表四：原工作簿里找不到 12 格（新模板的 A6、B6、C6、D6、F6……），可能删过行、列或工作表；这些格留空，请补填",
    ]
    left = {cell for cell in city().figures if cell.startswith(("t4.", "t3.refused.state_secret."))}
    kept = {cell: number for cell, number in city().figures.items() if cell in city().statute.inputs}
    figures = read_workbook(made["deleted"].content).report.figures
    assert {cell: figures.get(cell) for cell in kept} == {c: None if c in left else n for c, n in kept.items()}


LEFT_BEHIND = {
    "a row of two": ("表二", "delete_rows", 12, "B12", {"t2.penalty."}),
    "a row of three": ("表三", "delete_rows", 11, "D11", {"t3.refused.prohibited_by_law."}),
    "a column": ("表三", "delete_cols", 5, "E6", {".enterprise"}),
}
"""What openpyxl deletes, leaving the names where they were; and the cells that are gone."""


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_names_left_behind(name: str) -> None:
    """A name whose line is gone is no name: its neighbour is neither read nor carried in its place, and it is told."""
    sheet, delete, line, cell, gone = LEFT_BEHIND[name]
    whole = city()
    spread = {cell: number for number, cell in enumerate(whole.statute.inputs, 1001)}  # no two cells alike
    book = openpyxl.load_workbook(io.BytesIO(fill(replace(whole, figures=spread))))
    getattr(book[sheet], delete)(line)
    saved = io.BytesIO()
    book.save(saved)
    old = saved.getvalue()

    (finding,) = [x for x in verify(old) if x.code == "WB-SHAPE"]
    gone_now = spread.keys() - read_workbook(old).report.figures.keys()
    assert gone_now == {cell for cell in spread if any(part in cell for part in gone)}
    assert finding.key == f"workbook.{'row' if delete == 'delete_rows' else 'column'}_deleted"

    made = upgrade(old)
    assert any(f"新模板的 {cell}" in text for text in told(made))
    figures = read_workbook(made.content).report.figures
    left = {cell for cell in spread if any(part in cell for part in gone)}
    assert left
    assert {cell: figures.get(cell) for cell in spread} == {c: None if c in left else n for c, n in spread.items()}


def test_names_left_behind_where_labels_are_unsure() -> None:
    """Where a column came without the names, and a row's own label was changed, its cells are not guessed."""
    book = openpyxl.load_workbook(io.BytesIO(CITY))
    book["表二"]["A5"] = "别的"
    book["表二"].insert_cols(2)
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(FormError, match="t2_rules_issued"):
        read_workbook(saved.getvalue())
    figures = read_workbook(upgrade(saved.getvalue()).content).report.figures
    assert {cell: n for cell, n in figures.items() if city().figures.get(cell) != n} == {}
    assert "t2.rules.issued" not in figures


def test_dates_and_truth() -> None:
    """A date or a truth value becomes the text that it shows, with a word; a formula without a result stays behind."""
    typed = {"D6": ' t="d"><v>2024-03-05</v>', "E6": ' t="b"><v>1</v>', "F6": "><f>1+1</f>"}

    def change(text: str) -> str:
        for cell, xml in typed.items():
            text = re.sub(rf'<c r="{cell}"( s="\d+")?[^>]*>.*?</c>', rf'<c r="{cell}"\1{xml}</c>', text, count=1)
        return text

    made = upgrade(part_changed(CITY, "xl/worksheets/sheet4.xml", change))
    assert told(made) == [
        "表三!D6：原来是日期或逻辑值，已按文字“2024年3月5日”带入，请核对",
        "表三!E6：原来是日期或逻辑值，已按文字“TRUE”带入，请核对",
        "表三!F6：是公式 =1+1，文件里还没有它的结果，没有带入；请填上数字",
    ]
    texts = [x.values["text"] for x in made.findings if x.code == "FIG-TEXT"]
    assert texts == ["2024年3月5日", "TRUE"]


def test_comments() -> None:
    """Every comment is told by its cell, on sheets of ours and others; a thread by what was said, not twice."""
    book = openpyxl.load_workbook(io.BytesIO(CITY))
    book["表三"]["D6"].comment = Comment("与台账核过", "甲")
    book["表三"]["E6"].comment = Comment("[Threaded comment] 您的 Excel 版本太旧", "tc=1")
    book.create_sheet("备忘")["B2"].comment = Comment("只有批注", "甲")
    saved = io.BytesIO()
    book.save(saved)
    old = saved.getvalue()
    spoken = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
        <threadedComment ref="E6" id="{1}"><text>多少？</text></threadedComment>
        <threadedComment ref="E6" id="{2}" parentId="{1}"><text>75 件</text></threadedComment></ThreadedComments>"""
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relation = f'<Relationship Id="t1" Type="{kind}" Target="../threadedComments/t1.xml"/></Relationships>'
    part = "xl/worksheets/_rels/sheet4.xml.rels"
    old = part_changed(old, part, lambda text: text.replace("</Relationships>", relation))
    whole = io.BytesIO(old)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/threadedComments/t1.xml", spoken)
    made = upgrade(whole.getvalue())
    assert [text for text in told(made) if "批注" in text] == [
        "表三!D6：批注“与台账核过”没有带入，需要的请抄过去",
        "表三!E6：批注“多少？ 75 件”没有带入，需要的请抄过去",
        "备忘!B2：批注“只有批注”没有带入，需要的请抄过去",
    ]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command tells all, writes a workbook of the kind that is asked for, and leaves the old one as it was."""
    old, new = tmp_path / "旧 表.xlsx", tmp_path / "新.xlsm"
    old.write_bytes(CITY)
    mark = hashlib.sha256(old.read_bytes()).digest()
    assert main(["template", "upgrade", str(old), "--output", str(new)]) == 0
    assert capsys.readouterr().out == f"已转到新模板：{new}\n"
    assert read_workbook(new.read_bytes(), new.name) == read_workbook(CITY)
    assert b"vbaProject" in new.read_bytes()
    assert main(["template", "upgrade", str(new), "--output", str(tmp_path / "又.xlsx")]) == 0
    assert (tmp_path / "又.xlsx").read_bytes() == CITY

    old.write_bytes(patch(CITY, {"t3_received_other": "12件"}))
    assert main(["template", "upgrade", str(old), "--output", str(new)]) == 1
    assert "FIG-TEXT" in capsys.readouterr().out
    old.write_bytes(patch(CITY, {("表三", "J8"): 12, ("表三", "M40"): "核对人：甲"}))
    assert main(["template", "upgrade", str(old), "--output", str(new)]) == 1
    captured = capsys.readouterr()
    assert "表三!J8：不是填报格，原来写的“12”没有带入" in captured.out
    assert "有 2 处没有带入" in captured.err
    assert mark != hashlib.sha256(old.read_bytes()).digest()

    for arguments in (["旧 表.xlsx"], ["旧 表.xlsx", "--output", "旧 表.xlsx"], ["旧 表.xlsx", "--output", "新.json"]):
        given_ = [str(tmp_path / one) if "." in one else one for one in arguments]
        before = {path: path.read_bytes() for path in tmp_path.iterdir()}
        assert main(["template", "upgrade", *given_]) == 2
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
