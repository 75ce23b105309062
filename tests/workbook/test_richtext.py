"""Struck and raised digits in workbooks of somebody else's making."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.published.made import read
from tests.published.sketch import sketch
from tests.published.written import xlsx
from tests.samples import city

CELL = "t3.received.enterprise"
NUMBER = city().figures[CELL]
DUE = dict(city().figures)
OTHERS = {cell: number for cell, number in DUE.items() if cell != CELL}


def figures(change: Callable[[Any], None], *, shared: bool = False) -> dict[str, object]:
    """With one cell of the workbook changed."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(sketch(city()))))
    change(next(x for row in book.worksheets[0] for x in row if x.value == NUMBER))
    content = io.BytesIO()
    book.save(content)
    data = as_shared(content.getvalue()) if shared else content.getvalue()
    return dict(read(data, "xlsx", lenient=True).report.figures)


def as_shared(data: bytes) -> bytes:
    """Texts in several fonts told in the part for shared ones, as Excel does."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(content, "w") as after:
        parts = {name: before.read(name).decode() for name in before.namelist()}
        [sheet] = [name for name in parts if name.startswith("xl/worksheets/sheet")]
        [rich] = re.findall(r"<is>(<r>.*?)</is>", parts[sheet])
        strings = "xl/sharedStrings.xml"
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts.setdefault(strings, f'<sst xmlns="{space}"></sst>')
        number = parts[strings].count("<si>")
        parts[strings] = parts[strings].replace("</sst>", f"<si>{rich}</si></sst>")
        parts[sheet] = re.sub(r't="inlineStr"><is><r>.*?</is>', f't="s"><v>{number}</v>', parts[sheet])
        for name, text in parts.items():
            after.writestr(name, text)
    return content.getvalue()


def rich(*pieces: str | TextBlock) -> Callable[[Any], None]:
    def change(cell: Any) -> None:
        cell.value = CellRichText(*pieces)

    return change


STRUCK, RAISED, LOWERED, BOLD = (
    InlineFont(strike=True),
    InlineFont(vertAlign="superscript"),
    InlineFont(vertAlign="subscript"),
    InlineFont(b=True, strike=False, vertAlign="baseline"),
)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("font", [STRUCK, RAISED, LOWERED])
def test_pieces(font: InlineFont, shared: bool) -> None:
    """A digit struck out or raised beside a number makes it doubtful, in whichever part it is told."""
    assert figures(rich(TextBlock(font, "9"), str(NUMBER)), shared=shared) == OTHERS
    assert figures(rich(str(NUMBER), TextBlock(font, "9")), shared=shared) == OTHERS


@pytest.mark.parametrize("shared", [False, True])
def test_bold(shared: bool) -> None:
    """A number in several fonts is one, if none of them strikes it out."""
    found = figures(rich(TextBlock(BOLD, str(NUMBER)[:1]), str(NUMBER)[1:]), shared=shared)
    assert found.get(CELL, NUMBER) == NUMBER
    assert {**found, CELL: NUMBER} == DUE


def test_struck_as_a_whole() -> None:
    """A cell whose font is struck out is no figure, whatever it holds; a piece in another font is not struck."""

    def strike(cell: Any) -> None:
        cell.font = Font(strike=True)

    assert figures(strike) == OTHERS

    def but_for(cell: Any) -> None:
        strike(cell)
        cell.value = CellRichText("9", TextBlock(BOLD, str(NUMBER)), TextBlock(RAISED, " "))

    assert figures(but_for) == OTHERS


def test_tab() -> None:
    """Digits with a tab between them are two numbers."""

    def change(cell: Any) -> None:
        cell.value = "7\t5"

    assert figures(change) == OTHERS
