"""What a clerk does to a workbook in a real LibreOffice, and what is said of it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.workbook.edited import edited
from xlreport.form import load_form
from xlreport.messages import LANGUAGES
from xlreport.report import Report
from xlreport.workbook.fill import fill, write_draft
from xlreport.workbook.read import read_workbook
from xlreport.workbook.verify import verify

pytestmark = pytest.mark.office

FORM = load_form("2021")
REPORT = Report(
    "2021",
    "某局",
    2024,
    {cell: number for number, cell in enumerate(FORM.inputs)},
    {"problems": "一" * 80},
    {"overview.lead": "草稿"},
    facts={"no_business": "否", "proactive_items": 3},
    last_year=Report("2021", "某局", 2023, {"t3.received.other": 4}),
)

HARMLESS = {
    "saved": "pass",
    "restyled": """
for sheet in sheets.values():
    cells = sheet.getCellRangeByName("A1:P90")
    cells.CharFontName, cells.CharHeight = "Liberation Sans", 9
    cells.CellBackColor, cells.CharColor = 0xFFFFCC, 0x333333
    cells.Columns.Width, cells.Rows.Height = 4000, 900
    sheet.PageStyle = "Default"
""",
    "notes": """
document.Sheets.insertNewByName("台账", 9)
document.Sheets.getByName("台账").getCellRangeByName("A1").setString("自然人")
sheets["表三"].getCellRangeByName("M40").setString("核对人：甲")
""",
    "hidden": 'sheets["填报说明"].setPropertyValue("IsVisible", False)',
}


class Done(NamedTuple):
    """Python over UNO, and the one finding it deserves: its code and address, and what the sentence says."""

    edit: str
    code: str
    address: str
    told: str


HARMFUL = {
    "a row": Done('sheets["表三"].Rows.insertByIndex(9, 1)', "WB-SHAPE", "表三!A10", "第 10 行起多了 1 行"),
    "rows": Done('sheets["正文"].Rows.insertByIndex(0, 3)', "WB-SHAPE", "正文!A1", "多了 3 行"),
    "columns": Done('sheets["表三"].Columns.insertByIndex(4, 2)', "WB-SHAPE", "表三!E1", "E 列起多了 2 列"),
    "a hint": Done('sheets["填报说明"].Rows.removeByIndex(10, 1)', "WB-SHAPE", "填报说明!A11", "删去 1 行"),
    "checks": Done('sheets["表三"].Columns.removeByIndex(10, 1)', "WB-SHAPE", "表三!K1", "原 K 列（核对）"),
    "renamed": Done('sheets["表四"].setName("表四 (新)")', "WB-SHAPE", "表四 (新)!A1", "把名称改回“表四”"),
    "no sheet": Done('document.Sheets.removeByName("校验")', "WB-SHAPE", "校验!A1", "缺少工作表“校验”"),
    "split": Done('sheets["表三"].getCellRangeByName("D3:J3").merge(False)', "WB-SHAPE", "表三!D3", "D3:J3"),
    "merged": Done('sheets["表三"].getCellRangeByName("D6:E6").merge(True)', "WB-SHAPE", "表三!D6", "另行合并"),
    "label": Done(
        'sheets["表三"].getCellRangeByName("B8").setString("公开")', "WB-LABEL", "表三!B8", "予以公开”，现在是“公开”"
    ),
    "no label": Done('sheets["表二"].getCellRangeByName("A5").setString("")', "WB-LABEL", "表二!A5", "应为“规章”"),
    "number": Done('sheets["表三"].getCellRangeByName("J6").setValue(12)', "WB-CALC", "表三!J6", "被“12”覆盖"),
    "formula": Done('sheets["校验"].getCellRangeByName("F30").setFormula("=1+1")', "WB-CALC", "校验!F30", "=1+1"),
    "no formula": Done('sheets["表四"].getCellRangeByName("E6").setString("")', "WB-CALC", "表四!E6", "清除"),
    "many": Done(
        'for row in range(25, 45): sheets["校验"].getCellByPosition(5, row).setString("√ 相符")',
        "WB-CALC",
        "校验!F26",
        "处公式被改动，如 校验!F26、",
    ),
    "name": Done(
        'document.NamedRanges.getByName("t3_received_other").setContent("$表三.$H$6")',
        "WB-SHAPE",
        "表三!I6",
        "t3_received_other 应为 表三!I6，现为 表三!H6",
    ),
    "no name": Done('document.NamedRanges.removeByName("t3_received_other")', "WB-SHAPE", "表三!I6", "名称丢失"),
}
DELETED = {
    "row deleted": ('sheets["表三"].Rows.removeByIndex(9, 1)', "原第 10 行（1.属于国家秘密）"),
    "column deleted": ('sheets["表三"].Columns.removeByIndex(4, 1)', "原 E 列（商业企业）"),
    "table deleted": ('document.Sheets.removeByName("表四")', "缺少工作表“表四”"),
}


@pytest.fixture(scope="module")
def after(tmp_path_factory) -> dict[str, bytes]:
    """The filled workbook after each of these."""
    edits = {**HARMLESS, **{name: done.edit for name, done in HARMFUL.items()}}
    edits |= {name: edit for name, (edit, _) in DELETED.items()}
    return edited(fill(REPORT), edits, tmp_path_factory.mktemp("编辑"))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_no_content_is_no_finding(after, name):
    """Saved again, with other widths, fonts and colours, hidden sheets, notes of one's own: nothing to say."""
    assert verify(after[name], "a.xlsx") == ()
    assert read_workbook(after[name]) == (REPORT.totalled(), ())


@pytest.mark.parametrize("name", HARMFUL)
def test_one_change_is_one_finding(after, name):
    """One change gives one finding, which names sheet and cell and what to do, and the report still reads right."""
    done = HARMFUL[name]
    (finding,) = verify(after[name], "a.xlsx")
    assert (finding.code, finding.severity, finding.addresses[0]) == (done.code, "error", done.address)
    assert done.told in finding.message()
    assert "请" in finding.message()
    assert all("\n" not in finding.message(language) for language in LANGUAGES)
    assert read_workbook(after[name]) == (REPORT.totalled(), (finding,))


@pytest.mark.parametrize("name", DELETED)
def test_deleted_figures_are_not_read(after, name):
    """A row, column or sheet that held figures is named by one finding with their cells; all others are read."""
    told = DELETED[name][1]
    (finding,) = verify(after[name], "a.xlsx")
    assert finding.code == "WB-SHAPE"
    assert told in finding.message()
    report, findings = read_workbook(after[name])
    assert findings == (finding,)
    whole = REPORT.totalled().figures
    assert report.figures == {cell: n for cell, n in whole.items() if cell not in finding.cells}


def test_a_draft_goes_where_the_labels_are(after):
    """In a workbook whose rows have moved, a draft is written beside its labels."""
    drafted = write_draft(after["rows"], {"problems": "新的草稿"})
    assert read_workbook(drafted).report.draft == {"problems": "新的草稿"}
