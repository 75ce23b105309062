"""The form of 2021 against the blank official form."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from xlreport.form import Table, load_form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Cell = tuple[str, int, int, int, int]  # text, row, column, rows, columns


@pytest.fixture(scope="module")
def official(shared: Path) -> etree._Element:
    with zipfile.ZipFile(shared / "domain" / "official-form-2021-blank.docx") as docx:
        return etree.fromstring(docx.read("word/document.xml"))


def words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t")).strip("\u3000 ")


def printed(table: etree._Element) -> list[Cell]:
    """The cells of a Word table: continued vertical merges are added to the cell where they began."""
    cells: list[list[Any]] = []
    began: dict[int, list[Any]] = {}
    for row, line in enumerate(table.findall(f"{W}tr"), 1):
        column = 1
        for cell in line.findall(f"{W}tc"):
            span, merge = (cell.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge"))
            columns = 1 if span is None else int(span.get(f"{W}val", ""))
            if merge is not None and merge.get(f"{W}val") != "restart":
                began[column][3] += 1
                assert began[column][4] == columns, "a merge goes on as wide as it began"
                assert not words(cell), "a merge has words only where it began"
            else:
                began[column] = [words(cell), row, column, 1, columns]
                cells.append(began[column])
            column += columns
    return sorted((tuple(cell) for cell in cells), key=lambda cell: cell[1:3])


def declared(table: Table) -> list[Cell]:
    labels = [(x.text, x.row, x.column, x.rows, x.columns) for x in table.labels]
    figures = [("", x.row, x.column, 1, x.columns) for x in table.figures]
    return sorted(labels + figures, key=lambda cell: cell[1:3])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_cell_of_the_tables(official: etree._Element, number: int) -> None:
    """Every label, in its order and merged extent, and every empty cell, is the official form's."""
    form = load_form("2021")
    tables = list(official.iter(f"{W}tbl"))
    assert len(tables) == len(form.tables)
    assert declared(form.tables[number]) == printed(tables[number])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_widths(official: etree._Element, number: int) -> None:
    """The columns are as wide as on the official form."""
    grid = list(official.iter(f"{W}tblGrid"))[number]
    assert load_form("2021").tables[number].widths == tuple(int(column.get(f"{W}w", "")) for column in grid)


def test_headings(official: etree._Element) -> None:
    """The six sections have the official headings, in that order."""
    lines = [words(paragraph) for paragraph in official.findall(f"{W}body/{W}p")]
    headings = [line for line in lines if line[1:2] == "、"]
    assert headings == [section.heading for section in load_form("2021").sections]
