"""Figures are found by labels, however a table was mended, broken or misspelt; never in a wrong place."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.document.conftest import a_report
from tests.published.made import page, shown, stripped
from xlreport.form import FORMS, load_form
from xlreport.published.find import find_tables
from xlreport.published.page import Block, Laid, Line, Page, Spot, Table, lay
from xlreport.published.place import place
from xlreport.published.shown import show

Lines = list[list[Laid]]


def printed(form: str, id_: str) -> Lines:
    """A statutory table as it is printed: every figure a number of its own."""
    table = load_form(form).table(id_)
    numbers = {figure.id: number for number, figure in enumerate(table.figures, 1)}
    lines: list[list[tuple[int, Laid]]] = [[] for _ in range(table.height)]
    for label in table.labels:
        lines[label.row - 1].append((label.column, Laid(label.text, label.rows, label.columns)))
    for figure in table.figures:
        lines[figure.row - 1].append((figure.column, Laid(str(numbers[figure.id]), 1, figure.columns)))
    return [[cell for _, cell in sorted(line, key=lambda item: item[0])] for line in lines]


def numbers(form: str, id_: str, table: Table) -> dict[str, int]:
    """The number found for each figure."""
    return {cell: int(spot.text) for cell, spot in place(table, load_form(form), id_).cells.items()}


def due(form: str, id_: str) -> dict[str, int]:
    return {figure.id: number for number, figure in enumerate(load_form(form).table(id_).figures, 1)}


def relabel(change: Callable[[str], str]) -> Callable[[Lines], Lines]:
    return lambda lines: [[cell._replace(text=change(cell.text)) for cell in line] for line in lines]


CHANGES: dict[str, Callable[[Lines], Lines]] = {
    "as it is": lambda lines: lines,
    "spaced": relabel(lambda text: text if text.isdecimal() else " \u3000".join(text)),
    "half width": relabel(lambda text: text.replace("（", "(").replace("）", ")").replace("、", ".")),
    "numbering gone": relabel(lambda text: text.partition(".")[2] or text),
    "misspelt": relabel(lambda text: text.replace("行政法规禁止公开", "行政止公开").replace("政府信息", "政府信")),
    "head repeated": lambda lines: [*lines[:9], *lines[:3], *lines[9:]] if len(lines) > 20 else lines,
    "blank lines": lambda lines: [line for pair in lines for line in (pair, [])],
    "a title line": lambda lines: [[Laid("表格", 1, 15)], *lines],
    "a blank column": lambda lines: [[*line, Laid("")] for line in lines],
    "a span too long": lambda lines: [
        [cell._replace(rows=cell.rows + 1) if "不予公开" in cell.text else cell for cell in line] for line in lines
    ],
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("id_", ["t2", "t3", "t4"])
def test_changed(form: str, id_: str, change: str) -> None:
    """Every figure is found, in its place."""
    assert numbers(form, id_, lay(CHANGES[change](printed(form, id_)))) == due(form, id_)


def test_shifted() -> None:
    """A row that a span too long has moved aside is not read by the heads, though its last cell is blank."""
    lines = CHANGES["a span too long"](printed("2021", "t3"))
    lines = [[*line[:-1], Laid("")] if line[-1].text.isdecimal() else line for line in lines]
    assert {
        cell: spot.text for cell, spot in place(lay(lines), load_form("2021"), "t3").cells.items() if spot.text
    } == {cell: str(number) for cell, number in due("2021", "t3").items() if not cell.endswith(".total")}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("id_", ["t2", "t3", "t4"])
def test_damaged(form: str, id_: str) -> None:
    """A cell, line or span that is missing, or a cell too many, makes figures unknown, never wrong."""
    chance = random.Random(1)
    wanted = due(form, id_)
    for _ in range(150):
        lines = printed(form, id_)
        line = chance.randrange(len(lines))
        at = chance.randrange(len(lines[line]))
        match chance.randrange(4):
            case 0:
                del lines[line]
            case 1:
                del lines[line][at]
            case 2:
                lines[line][at] = Laid(lines[line][at].text)
            case 3:
                lines[line].insert(at, Laid(""))
        table = lay(lines)
        for cell, spot in place(table, load_form(form), id_).cells.items():
            assert not spot.text.isdecimal() or int(spot.text) == wanted[cell], (cell, lines)


@pytest.mark.parametrize("word", ["上期", "上半年", "2022年", "累计"])
def test_another_time(word: str) -> None:
    """Under a head of another time than the report's year no figure is known, however unlike the form's the head is."""
    lines = relabel(lambda text: f"{word}制发件数" if text == "本年制发件数" else text)(printed("2021", "t2"))
    blocks: list[Block] = [
        Line("某局2024年政府信息公开工作年度报告"),
        *(lay(lines if id_ == "t2" else printed("2021", id_)) for id_ in ("t2", "t3", "t4")),
    ]
    found = show(Page(tuple(blocks))).values
    assert "t2.rules.in_force" in found
    assert not [cell for cell in found if cell.endswith(".issued")]


def test_unit_above() -> None:
    """The line above a table, and its caption, tell the unit where the head has none."""
    lines = relabel(lambda text: text.replace("（单位：万元）", ""))(printed("2021", "t2"))
    lines = [[cell._replace(text="50000") if cell.text == "10" else cell for cell in line] for line in lines]
    table, title = lay(lines), Line("某局2024年政府信息公开工作年度报告")
    shows = (
        (title, Line("单位：元"), table),
        (title, table._replace(caption="主动公开情况（单位：元）")),
        (title, Line("某年共收 5 万元。"), table),
    )
    assert [show(Page(blocks)).values["t2.fees.amount"].number for blocks in shows] == [5, 5, 50_000]


@pytest.mark.parametrize("form", FORMS)
def test_which_form(form: str) -> None:
    """The form is told by its tables, though others stand round them."""
    found = shown(stripped(a_report(form), "html"), "html")
    assert found.report.form == form
    other = Table((Spot(1, 1, 1, 1, "索引号"), Spot(1, 2, 1, 1, "2024-1")))
    tables = [
        other,
        *(block for block in page(stripped(a_report(form), "docx"), "docx").blocks if isinstance(block, Table)),
    ]
    where, _ = find_tables(tables, load_form(form))
    assert where == {"t2": 1, "t3": 2, "t4": 3}
