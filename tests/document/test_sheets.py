"""Which way round sheets lie."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pdfplumber
import pytest

from tests.document.conftest import a_report
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.dress import TABLE3
from xlreport.document.html import render_html
from xlreport.document.outline import Grid, Heading, Outline, Paragraph
from xlreport.document.pdf import render_pdf
from xlreport.document.profile import Margins, load_profile
from xlreport.document.sheets import sheets, wider
from xlreport.form import FORMS
from xlreport.summary import summarise

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
    narrow = replace(TURNED, margins=Margins(37, 60, 35, 60))
    wide = replace(TURNED, margins=Margins(80, 10, 80, 10), lines=12)
    for blocks, profile in (
        (outline().blocks, UPRIGHT),
        (outline().blocks, narrow),
        (outline().blocks, wide),
        ((Paragraph("正文。"),), TURNED),
    ):
        (run,) = sheets(blocks, profile)
        assert (run.blocks, run.turned) == (tuple(blocks), False)
    assert list(sheets((), TURNED)) == []


def test_note_without_room() -> None:
    """Where lines are so high that a short note leaves the table no room, the note follows upright."""
    _, turned, after = sheets(outline(note="注：本级数据。").blocks, replace(TURNED, lines=20))
    assert (len(turned.blocks), len(after.blocks) > 0) == (2, True)
    assert turned.room == pytest.approx(TURNED.width - TURNED.height / 20)


EXTREME = [
    {"margins": Margins(37, 45, 35, 45), "characters": 18, "lines": 20},
    {"margins": Margins(80, 45, 80, 45), "characters": 18, "lines": 15},
    {"lines": 10},
    {"lines": 12},
    {"lines": 14, "margins": Margins(10, 10, 10, 10)},
    {"margins": Margins(37, 45, 35, 44), "lines": 10, "characters": 12, "sizes": (42, 20, 42)},
    {"margins": Margins(80, 20, 80, 20), "lines": 12},
    {"margins": Margins(80, 10, 80, 10), "lines": 15, "characters": 30},
    {"margins": Margins(80, 80, 80, 80), "lines": 10, "characters": 12, "sizes": (42, 9, 42)},
    {"margins": Margins(10, 80, 10, 80), "lines": 60, "characters": 12, "sizes": (9, 9, 9)},
    {"margins": Margins(10, 10, 10, 10), "lines": 60, "characters": 60, "sizes": (9, 9, 9)},
    {"margins": Margins(20, 38, 20, 38), "lines": 10, "characters": 12, "sizes": (42, 30, 42)},
]


@pytest.mark.parametrize("table3", TABLE3)
@pytest.mark.parametrize("note", ["", "注：本级数据。"])
@pytest.mark.parametrize("extreme", EXTREME)
def test_every_profile(extreme: dict[str, Any], note: str, table3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an own profile asks for is set, in all three formats; a turned table 3 fills one page of the PDF."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    profile = replace(UPRIGHT, **extreme | {"table3": table3})
    whole = outline(note=note)
    whole = replace(whole, summary=summarise(a_report("2021")))
    with pdfplumber.open(io.BytesIO(render_pdf(whole, profile))) as pdf:
        turned = [page for page in pdf.pages if page.width > page.height]
    assert len(turned) == any(run.turned for run in sheets(whole.blocks, profile))
    assert render_docx(whole, profile)
    assert render_html(whole, profile)


def test_wider() -> None:
    """On a turned sheet every column of figures is wider than upright, and the labels more so."""
    (table,) = [block for block in outline().blocks if isinstance(block, Grid) and block.id == "t3"]
    turned = wider(table, TURNED)
    upright_column = UPRIGHT.width * table.widths[-1] / sum(table.widths)
    turned_column = TURNED.height * turned.widths[-1] / sum(turned.widths)
    assert turned_column > 1.25 * upright_column
    assert turned.widths[2] > table.widths[2]
