"""Texts of reports as badly as they come. XLREPORT_EXAMPLES=1000 looks at a thousand instead of sixty."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from tests.published.made import read
from tests.published.scrambled import Line, between, expanded, listed, scrambled, spaced, wrong
from tests.published.sketch import Grid, sketch
from tests.published.written import page
from tests.samples import bureau, city
from xlreport.errors import UnsafeError
from xlreport.form.weigh import Number

EXAMPLES = int(os.environ.get("XLREPORT_EXAMPLES", "60"))
CELL = "t3.received.natural_person"


def written(write: Callable[[Grid], list[Line]], blank: Callable[[str], bool]) -> tuple[str, dict[str, Number]]:
    """The city's report, some of its figures blank, and those that are there."""
    blocks: list[str] = []
    for block in sketch(city()).blocks:
        if isinstance(block, str):
            blocks += [block, ""]
            continue
        boxes = (box._replace(text="" if box.figure and blank(box.figure) else box.text) for box in block.boxes)
        blocks += ["".join(text for text, _ in line) for line in write(block._replace(boxes=tuple(boxes)))] + [""]
    return "\n".join(blocks), {cell: number for cell, number in city().figures.items() if not blank(cell)}


def found(text: str, kind: str = "txt") -> dict[str, Number]:
    return dict(read(text.encode(), kind, lenient=True).report.figures)


def test_never_wrong() -> None:
    """Whatever is blank, spread, lost or cut off, no figure is wrong."""
    for seed in range(EXAMPLES):
        assert not wrong(scrambled(seed, (city(), bureau())))[1], seed


@pytest.mark.parametrize("start", ["t3", "t3.refused", "t2"])
def test_merged(start: str) -> None:
    """Markdown in which merged cells leave blank ones is read to the last figure, where totals are blank too."""
    for again in (0, 1):  # the seeds of a table whose merged cells are blank, and are repeated

        def write(grid: Grid, again: int = again) -> list[Line]:
            rows = expanded(grid, random.Random(again))
            return [between(row, " | ", ("| ", " |")) for row in rows]

        text, due = written(write, lambda cell: cell.startswith(start) and cell.endswith(("total", "issued")))
        assert found(text, "md") == due


def test_pages() -> None:
    """In a list of cells, the number of a page is none of them."""
    text, due = written(lambda grid: listed("")(grid, random.Random(0)), lambda cell: cell.endswith("total"))
    lines = text.split("\n")
    at = [n for n, line in enumerate(lines) if line.isdecimal() and not lines[n + 1][:1].isdecimal()]
    for page_number, n in enumerate(reversed(at)):
        lines.insert(n + 1, str(len(at) - page_number))
    assert found("\n".join(lines)).items() <= due.items()


def test_spread() -> None:
    """A number with spaces in a row with a blank cell leaves the row blank, a total that is merely wrong does not."""
    text, due = written(lambda grid: spaced(" ")(grid, random.Random(0)), lambda _: False)
    row = next(line for line in text.split("\n") if line.startswith("一、本年新收政府信息公开申请数量"))
    label = row.split()[0]
    read_so = found(text.replace(row, f"{label} 1 2 0 0 0 0 12"))
    assert read_so.items() <= due.items()
    assert CELL not in read_so
    assert found(text.replace(row, f"{label} 1 2 0 0 0 0 4"))[CELL] == 1


@pytest.mark.parametrize("kind", ["txt", "md", "html"])
def test_cut_off(kind: str) -> None:
    """Of a file that ends anywhere in table 三, the number that may go on is blank, and told."""
    joint, edges = (" | ", ("| ", " |")) if kind == "md" else (" ", ("", ""))
    if kind == "html":
        text = page(sketch(city())).decode()
    else:
        text, _ = written(
            lambda grid: [
                between([(x.text.replace("\n", ""), "") for x in line], joint, edges) for line in grid.lines()
            ],
            lambda _: False,
        )
    start, told = text.index("四、结转下年度"), 0
    for end in range(start, start + (1200 if kind == "html" else 120), 11 if kind == "html" else 1):
        reading = read(text[:end].encode(), kind, lenient=True)
        assert reading.report.figures.items() <= city().figures.items(), text[end - 30 : end]
        told += any(str(finding.values.get("text", "")).endswith("…") for finding in reading.findings)
    assert told


def test_other_order() -> None:
    """Where 行政诉讼 stands left of 行政复议, no figure of table 四 is read wrong."""
    text, due = written(lambda grid: spaced(" ")(grid, random.Random(0)), lambda _: False)
    at = text.index("行政复议 行政诉讼")
    assert at
    heads = "行政诉讼 行政复议\n未经复议直接起诉 复议后起诉 结果维持 结果纠正 其他结果 尚未审结 总计\n"
    row = next(line for line in text[at:].split("\n") if line[:1].isdecimal())
    cells = row.split()
    end = text.index(row, at)
    results = "结果维持 结果纠正 其他结果 尚未审结 总计"
    moved = f"{heads}{results} {results}\n{' '.join([*cells[5:], *cells[:5]])}"
    assert found(text[:at] + moved + text[end + len(row) :]).items() <= due.items()


@pytest.mark.parametrize("content", [b"|1" * 5_000_000, b"1 " * 5_000_000])
def test_too_much(content: bytes) -> None:
    """A text larger than any report is refused at once."""
    with pytest.raises(UnsafeError) as raised:
        read(content, "md")
    assert raised.value.key == "published.size"
