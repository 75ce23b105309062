"""Which way round sheets lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.document.conftest import a_report
from xlreport.document.compose import compose
from xlreport.document.outline import Grid, Heading, Outline, Paragraph
from xlreport.document.pdf import render_pdf
from xlreport.document.profile import Margins, load_profile
from xlreport.document.sheets import sheets, wider
from xlreport.form import FORMS

UPRIGHT = load_profile("official")
TURNED = replace(UPRIGHT, table3="landscape")


def outline(form: str = "2021", note: str = "") -> Outline:
    return compose(a_report(form, text={"note.t3": note}))


@pytest.mark.parametrize("form", FORMS)
def test_turned(form: str) -> None:
    """Table 3 and its heading are turned, nothing else; all blocks stay in order."""
    whole = outline(form)
    runs = list(sheets(whole.blocks, TURNED))
    assert [run.turned for run in runs] == [False, True, False]
    heading, table = runs[1].blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Grid)
    assert table.id == "t3"
    assert tuple(block for run in runs for block in run.blocks) == whole.blocks


@pytest.mark.parametrize(("note", "count"), [("注：本级数据。", 3), ("注" * 41, 2), ("甲\n乙", 2)])
def test_note(note: str, count: int) -> None:
    """A note of one line stays with the table; others would crowd it, and follow upright."""
    _, turned, after = sheets(outline(note=note).blocks, TURNED)
    assert len(turned.blocks) == count
    assert isinstance(after.blocks[0], Paragraph) == (count == 2)


def test_upright() -> None:
    """All is upright where the profile says so, where there is no table 3, and where it would not fit."""
    for blocks, profile in (
        (outline().blocks, UPRIGHT),
        (outline().blocks, replace(TURNED, margins=Margins(37, 60, 35, 60))),
        (outline().blocks, replace(TURNED, lines=10)),
        ((Paragraph("正文。"),), TURNED),
    ):
        (run,) = sheets(blocks, profile)
        assert (run.blocks, run.turned) == (tuple(blocks), False)
    assert list(sheets((), TURNED)) == []


@pytest.mark.parametrize("side", [33, 34, 35, 36, 37, 39, 41, 43])
@pytest.mark.parametrize("lines", [10, 12])
def test_any_layout_is_printed(side: int, lines: int) -> None:
    """However a layout places its margins and lines, Typst prints the report: turned where it fits, else upright."""
    sizes = (22, 9, 9)
    for high in (20, 80):
        profile = replace(TURNED, margins=Margins(high, side, high, side), lines=lines, characters=12, sizes=sizes)
        assert render_pdf(outline(note="注：本级数据。"), profile)


def test_wider() -> None:
    """On a turned sheet every column of figures is wider than upright, and the labels more so."""
    (table,) = [block for block in outline().blocks if isinstance(block, Grid) and block.id == "t3"]
    turned = wider(table, TURNED)
    upright_column = UPRIGHT.width * table.widths[-1] / sum(table.widths)
    turned_column = TURNED.height * turned.widths[-1] / sum(turned.widths)
    assert turned_column > 1.25 * upright_column
    assert turned.widths[2] > table.widths[2]
