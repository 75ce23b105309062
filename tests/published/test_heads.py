"""The order of heads in a text."""

from __future__ import annotations

import re

import pytest

from tests.published.made import read
from tests.published.sketch import sketch
from tests.published.written import piped, together
from tests.samples import city
from xlreport.errors import InputError
from xlreport.form import load_form
from xlreport.published.byline import by_lines
from xlreport.published.doubt import Doubt
from xlreport.published.heads import in_order, pieces
from xlreport.published.rows import rows_of
from xlreport.published.together import run_together

T3 = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
ROW = "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3"
TWISTED = "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 4"


def kept(text: str, id_: str = "t3") -> tuple[int, bool]:
    """How many cells of a text keep their place, and whether heads are told to stand in another order."""
    table, lines = load_form("2021").table(id_), text.split("\n")
    cells, moved = in_order(
        table, by_lines(table, rows_of(lines), lines, Doubt(paged=False, uneven=False)), pieces(lines)
    )
    return len(cells), moved


@pytest.mark.parametrize(
    "heads",
    [
        T3,
        "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "自然人 法人或其他组织 法人或其他组织 总计\n自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计",
        "自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他",
    ],
)
def test_same(heads: str) -> None:
    """Under heads in the form's order, on one line or two, a row counts though it does not add up."""
    assert kept(f"{heads}\n{TWISTED}") == (7, False)


@pytest.mark.parametrize(
    "heads",
    [
        "总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "总计 自然人 法人或其他组织\n商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "自然人 法人或其他组织 总计\n科研机构 商业企业 社会公益组织 法律服务机构 其他",
        "自然人 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "商业企业\n自然人\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计",
    ],
)
def test_other(heads: str) -> None:
    """Under heads in another order no row counts, though it adds up."""
    assert kept(f"{heads}\n{ROW}") == (0, True)


@pytest.mark.parametrize("heads", ["", "法人或其他组织\n自然人 总计\n商业 科研 公益 法律 其他"])
def test_unknown(heads: str) -> None:
    """Without heads, or with torn ones, a row of table 三 counts where it adds up."""
    assert kept(f"{heads}\n{ROW}") == (7, False)
    assert kept(f"{heads}\n{TWISTED}") == (0, False)


def test_prose() -> None:
    """A sentence that names applicants in another order is no head."""
    prose = "其中商业企业 3 件、自然人 2 件、科研机构 1 件。法律服务机构、社会公益组织、科研机构和商业企业没有申请。"
    assert kept(f"{prose}\n{T3}\n{TWISTED}") == (7, False)


def test_table_two() -> None:
    """The three columns of 规章 follow their heads."""
    rows = "规章 1 2 3\n行政规范性文件 4 5 6\n行政许可 7"
    assert kept(f"信息内容 本年制发件数 本年废止件数 现行有效件数\n{rows}", "t2") == (7, False)
    assert kept(f"信息内容 现行有效件数 本年制发件数 本年废止件数\n{rows}", "t2") == (1, True)


def test_told() -> None:
    """What is blank for the order of the heads is told so, and nothing is wrong."""
    text = re.sub(r"(自然人 \| 法人或其他组织) \| 总计", r"总计 | \1", piped(sketch(city())).decode())
    reading = read(text.encode(), "md", lenient=True)
    assert not any(cell.startswith("t3.") for cell in reading.report.figures)
    assert "published.columns" in {finding.key for finding in reading.findings}


def test_refused() -> None:
    """A text whose only table has its columns in another order is refused with that reason."""
    text = f"某局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{' '.join(reversed(T3.split()))}\n"
    rows = [label.text for label in load_form("2021").table("t3").labels if label.role == "stub"]
    with pytest.raises(InputError) as raised:
        read((text + "\n".join(f"{row} 0 0 0 0 0 0 0" for row in rows)).encode(), "txt")
    assert raised.value.key == "published.moved"


def test_cut_by_counting() -> None:
    """Three digits behind 规章 are not three figures: two cells may be blank, and one 123."""
    form = load_form("2021")
    source = sketch(city())
    text = together(source).decode()
    found = run_together(form, form.table("t2"), text.split("\n"))
    assert "t2.licensing.decisions" in found
    assert not [cell for cell in found if ".rules." in cell or ".normative_documents." in cell]


def test_zeros() -> None:
    """As many zeros as a row has cells are zeros: no other number begins with one."""
    form = load_form("2021")
    lines = together(sketch(city())).decode().split("\n")
    lines = [re.sub(r"规章\d+", "规章000", re.sub(r"规范性文件\d+", "规范性文件0000", line)) for line in lines]
    rules = [figure.id for figure in form.table("t2").figures if ".rules." in figure.id]
    found = run_together(form, form.table("t2"), lines)
    assert {cell: text for cell, (_, text, _) in found.items() if ".rules." in cell} == dict.fromkeys(rules, "0")
    assert not [cell for cell in found if ".normative_documents." in cell]


def test_twin() -> None:
    """Of a row that is there twice with other numbers none is read, whichever comes first."""
    text = piped(sketch(city())).decode()
    line = next(x for x in text.split("\n") if "予以公开 |" in x)
    other = "| （一）予以公开 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |"
    line_bare = line[line.index("（一）") - 2 :]
    for both in (f"{line}\n{other}", f"{other}\n{line_bare}"):
        found = read(text.replace(line, both).encode(), "md").report.figures
        assert not [cell for cell in found if cell.startswith("t3.granted.")]
        assert found.items() < city().figures.items()
