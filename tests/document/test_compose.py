"""From a report to the outline of its document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.document.conftest import a_report
from tests.document.texts import outline_words, squeezed
from xlreport.document.compose import compose, paragraphs, printed
from xlreport.document.outline import Cell, Grid, Heading, Paragraph
from xlreport.form import FORMS, load_form
from xlreport.report import Report


def blocks_of(section: str, **text: str):
    """The blocks below a section's heading, of a report with that text."""
    form = load_form("2021")
    blocks = compose(Report("2021", "甲局", 2024, text=text)).blocks
    first, *others = (s.heading for s in form.sections[[s.id for s in form.sections].index(section) :])
    start = blocks.index(Heading(1, first)) + 1
    end = blocks.index(Heading(1, others[0])) if others else len(blocks)
    return list(blocks[start:end])


def test_title():
    """The title is the form's, without spaces; what is not known is left out."""
    outline = compose(Report("2021", "老城区某局", 2024))
    assert outline.title == "老城区某局2024年政府信息公开工作年度报告"
    assert "None" not in compose(Report("2021", "", None)).title


def test_sections_without_text():
    """Every section prints its heading and its table, also where nothing was written."""
    form = load_form("2021")
    outline = compose(Report("2021", "甲局", 2024))
    assert [b.text for b in outline.blocks if isinstance(b, Heading)] == [s.heading for s in form.sections]
    assert [b.id for b in outline.blocks if isinstance(b, Grid)] == ["t2", "t3", "t4"]
    assert len(outline.blocks) == 9


def test_order():
    """The preamble comes first, then the sections; a table follows its heading and its note follows the table."""
    outline = compose(a_report())
    firsts = [b for b in outline.blocks if not (isinstance(b, Paragraph) and b.text.startswith("乙段"))]
    kinds = [b.id if isinstance(b, Grid) else b.text.split()[0] for b in firsts]
    assert kinds[:4] == ["preamble", "一、总体情况", "overview.lead", "（一）主动公开"]
    assert kinds[kinds.index("t3") - 1 : kinds.index("t3") + 2] == [
        "三、收到和处理政府信息公开申请情况",
        "t3",
        "note.t3",
    ]
    assert [b.note for b in outline.blocks if isinstance(b, Paragraph) and b.text.startswith("note.")] == [True] * 3
    assert not any(b.note for b in outline.blocks if isinstance(b, Paragraph) and b.text.startswith("problems"))


def test_published_heading():
    """A heading that a published report worded otherwise is kept."""
    outline = compose(Report("2021", "甲局", 2024, headings={"problems": "五、存在的主要问题及整改措施"}))
    assert Heading(1, "五、存在的主要问题及整改措施") in outline.blocks
    assert Heading(1, "五、存在的主要问题及改进情况") not in outline.blocks


def test_sub_heading():
    """An aspect's heading is printed above its text."""
    assert blocks_of("overview", **{"overview.platform": "已建。"}) == [
        Heading(2, "（四）政府信息公开平台建设"),
        Paragraph("已建。"),
    ]


@pytest.mark.parametrize(
    "line", ["（一）主动公开。已公开。", "(一) 主动公开：全年公开 3 条。", "( 一 )主动公开，已公开", "（六）标准化。"]
)
def test_own_sub_heading(line):
    """Text that begins with a heading of its own gets none from us."""
    assert blocks_of("overview", **{"overview.proactive": line}) == [Paragraph(line)]


def test_pasted_heading():
    """A section's heading that was pasted with its text is not printed twice."""
    heading = "五、存在的主要问题及改进情况"
    assert blocks_of("problems", problems=f"{heading}\n有问题。") == [Paragraph("有问题。")]


def test_heading_line():
    """A short line such as （一）主动公开 is a heading, wherever it stands; a sentence is not."""
    text = "总的情况。\n（一） 主动公开\n（二）依申请公开：\n（三）好。\n" + "（四）" + "长" * 60
    assert blocks_of("overview", **{"overview.lead": text}) == [
        Paragraph("总的情况。"),
        Heading(2, "（一） 主动公开"),
        Heading(2, "（二）依申请公开："),
        Paragraph("（三）好。"),
        Paragraph("（四）" + "长" * 60),
    ]


def test_preamble_has_no_heading():
    """No heading of the second level comes before the first of the first."""
    outline = compose(Report("2021", "甲局", 2024, text={"preamble": "（一）说明"}))
    assert outline.blocks[0] == Paragraph("（一）说明")


@pytest.mark.parametrize(
    ("figure", "value", "text"),
    [
        ("t3.received.total", None, ""),
        ("t3.received.total", 0, "0"),
        ("t3.received.total", -1, "-1"),
        ("t3.received.total", 10**20, "1" + "0" * 20),
        ("t2.fees.change", 2, "+2"),
        ("t2.fees.change", -18, "-18"),
        ("t2.fees.change", 0, "0"),
        ("t2.procurement.amount", Decimal("72701.2578"), "72701.2578"),
        ("t2.procurement.amount", Decimal("1E+3"), "1000"),
        ("t2.procurement.amount", Decimal("0.000001"), "0.000001"),
    ],
)
def test_printed(figure, value, text):
    """A blank stays blank, a decimal keeps its digits, a change shows its sign, and no exponent is printed."""
    assert printed(load_form("2019").figures[figure], value) == text


@pytest.mark.parametrize("id_", FORMS)
def test_grids(id_):
    """A grid has the form's labels and figures in reading order and covers its area once."""
    report = a_report(id_)
    grids = [b for b in compose(report).blocks if isinstance(b, Grid)]
    for grid, table in zip(grids, load_form(id_).tables, strict=True):
        assert list(grid.cells) == sorted(grid.cells, key=lambda c: (c.row, c.column))
        labels = {Cell(x.text, x.row, x.column, x.rows, x.columns, x.role) for x in table.labels}
        assert {c for c in grid.cells if c.role != "figure"} == labels
        assert {c.id: c.text for c in grid.cells if c.id} == {
            f.id: printed(f, report.figures[f.id]) for f in table.figures
        }
        area = [
            (r, c)
            for x in grid.cells
            for r in range(x.row, x.row + x.rows)
            for c in range(x.column, x.column + x.columns)
        ]
        assert len(area) == len(set(area)) == grid.height * len(grid.widths)


@given(st.text(alphabet="甲乙（一）。 \t　\n\u2028", max_size=60))
def test_nothing_is_lost(text):
    """Whatever the text, every character but white space is printed, in order."""
    lines = paragraphs(text)
    assert all(line and line == line.strip() for line in lines)
    assert "".join(lines).split() == [] or "".join("".join(lines).split()) == "".join(text.split())
    printed_text = "".join(b.text for b in blocks_of("problems", problems=text))
    assert "".join(printed_text.split()) == "".join(text.split())


def test_a_published_report(district, district_words):
    """Every paragraph and every cell of a published report comes out, in order."""
    assert squeezed(outline_words(district)) == district_words
