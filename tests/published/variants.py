"""One generator for each of the ways in which real reports differ from the form, numbered as they were collected.

Each is a change of a sketch, and the kinds of file in which it occurs. `floor`: the least share of figures that must be
read back. None of them is ever read wrong; `refused` ones are not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from tests.published.sketch import Box, Change, Grid, Sketch, boxes, cells, grids, labels, lines, shown, wider
from tests.published.written import WRITERS
from xlreport.form import load_form
from xlreport.form.weigh import Number

TABLES = ("page", "fonts", "site", "docx", "pdf", "xlsx")
"""Kinds that have cells."""
BLIND = ("spaced", "one a line", "together", "detached", "unlabelled")
"""Kinds in which a blank cell leaves nothing, so that nobody knows what stands where."""
TEXTS = ("spaced", "piped")
LAID = (*TEXTS, "ragged", "one a line", "one a line, bars", "detached", "unlabelled")
"""Texts whose cells stand apart."""


class Variant(NamedTuple):
    """`kinds` are keys of WRITERS."""

    change: Change
    kinds: tuple[str, ...] = TABLES
    floor: float = 0.99
    refused: bool = False


def same(source: Sketch) -> Sketch:
    return source


def _number(box: Box) -> Number | None:
    return Decimal(box.text) if "." in box.text else int(box.text) if box.text else None


# 2, 3: heads on several lines

HALVES = {
    "商业企业": ("商业", "企业"),
    "科研机构": ("科研", "机构"),
    "社会公益组织": ("社会公益", "组织"),
    "法律服务机构": ("法律服务", "机构"),
    "结果维持": ("结果", "维持"),
    "结果纠正": ("结果", "纠正"),
    "其他结果": ("其他", "结果"),
    "尚未审结": ("尚未", "审结"),
}


def in_paragraphs(text: str) -> str:
    """商业 / 企业 in two paragraphs, blanks that do not break behind them."""
    if text == "三、本年度办理结果":
        return "三、本\n年度办\n理结果"
    return "\n".join(f"{half}\u00a0\u00a0" for half in HALVES[text]) if text in HALVES else text


def on_two_rows(grid: Grid) -> tuple[Grid]:
    """The lower halves of heads stand in a row of their own."""
    last = max((box.row for box in grid.boxes if box.text in HALVES), default=0)
    if not last:
        return (grid,)
    after = []
    for box in wider(grid, last).boxes:
        upper, lower = HALVES.get(box.text, (box.text, ""))
        if box.row == last and not box.figure:
            after.append(box._replace(text=upper, rows=1))
            after.append(box._replace(text=lower, rows=1, row=last + 1))
        else:
            after.append(box)
    return (grid._replace(boxes=tuple(sorted(after))),)


# 5, 6: nothing where a number belongs


def _nothing(where: Callable[[Box], bool], text: str = "") -> Change:
    return cells(lambda box: text if where(box) else box.text, lambda _: None)


def _is_sub_total(box: Box) -> bool:
    return box.figure.endswith(".total") and bool(re.search(r"refused|unavailable|unprocessed|other\.", box.figure))


# 7 to 11, 26: numbers with something about them


def annotated(box: Box) -> str:
    if box.figure.startswith("t2.") and box.text.isdecimal() and "change" not in box.figure:
        unit = _unit(box)
        return f"{box.text}（其中修订 16 {unit}）" if int(box.text) % 2 else f"{box.text}{unit}"
    return box.text


def _unit(box: Box) -> str:
    return next(f.figures[box.figure].unit for f in map(load_form, ("2021", "2019")) if box.figure in f.figures)


def in_yuan(box: Box) -> str:
    return f"{box.text}元" if box.figure == "t2.fees.amount" else box.text


def yuan(head: str) -> Change:
    """The head counts in 元, not in 万元, and says so in these words."""
    return lambda source: _in_yuan(labels(lambda text: text.replace("（单位：万元）", head))(source))


def over_the_table(grid: Grid) -> tuple[Grid]:
    """A row across the table has the unit, and the head none."""
    if not any(box.figure == "t2.fees.amount" for box in grid.boxes):
        return (grid,)
    width = max(box.column + box.columns - 1 for box in grid.boxes)
    below = [box._replace(row=box.row + 1, text=box.text.replace("（单位：万元）", "")) for box in grid.boxes]
    return (grid._replace(boxes=(Box(1, 1, 1, width, "（单位：元）"), *below)),)


def _in_yuan(heads: Sketch) -> Sketch:
    return boxes(lambda box: box._replace(text=_times(box.text)) if box.figure == "t2.fees.amount" else box)(heads)


def without(source: Sketch, cell: str) -> Sketch:
    """A careful reader cannot tell that figure, unless it is 0."""
    return source._replace(due={known: n for known, n in source.due.items() if known != cell or not n})


def _times(text: str) -> str:
    return format(Decimal(text) * 10_000, "f") if text else ""


def of_another_time(time: str) -> Change:
    """What looks like the figures of this year are those of another time."""
    return lambda source: _of_another_time(source, time)


def _of_another_time(source: Sketch, time: str) -> Sketch:
    form = load_form("2019" if "t2.rules.made" in source.due else "2021")
    lost = {id_ for id_, figure in form.figures.items() if figure.names[-1].startswith("本年")}
    changed = labels(lambda text: f"{time}{text[2:]}" if text.startswith("本年") else text)(source)
    return changed._replace(due={cell: number for cell, number in source.due.items() if cell not in lost})


def signed(box: Box) -> str:
    if not box.figure.endswith(".change") or not re.fullmatch(r"-?\d+", box.text):
        return box.text
    number = int(box.text)
    return f"减{-number}" if number < -9 else f"+{number}" if number > 0 else f"－{-number}" if number else "0"


AMOUNTS = ("24252.311082", "5949.088667", "190.457379", "59237.2449", "7730.28", "7545", "0.5")
LARGE = ("11,398,889", "6，937，489", "3985758", "2,822,652", "１２３４５６７")


def _picked(choices: tuple[str, ...], box: Box) -> str:
    return choices[(box.row * 7 + box.column) % len(choices)]


def amounts(box: Box) -> str:
    return _picked(AMOUNTS, box) if box.figure.endswith(".amount") else box.text


def large(box: Box) -> str:
    return _picked(LARGE, box) if box.figure.endswith(".decisions") else box.text


def _large_due(box: Box) -> int:
    return int(large(box).replace(",", "").replace("，", ""))


def justified(box: Box) -> Box:
    """Spaces between the characters of labels, and between the digits of some numbers."""
    if box.figure:
        return box._replace(text=" ".join(box.text)) if len(box.text) == 3 and box.text.isdecimal() else box
    return box._replace(text=" ".join(box.text) if len(box.text) < 9 else box.text.replace("度", "度 "))


def full_width(box: Box) -> str:
    return box.text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


# 16: over two pages


def _row_of(grid: Grid, row: str) -> int:
    """The line of table 三 in which the figures of that row stand."""
    return next((box.row for box in grid.boxes if box.figure.startswith(f"t3.{row}.")), 0)


def _head(grid: Grid) -> list[Box]:
    """The cells above the first figure."""
    first = min((box.row for box in grid.boxes if box.figure), default=1)
    return [box for box in grid.boxes if box.row < first and box.row + box.rows <= first]


def paged(grid: Grid) -> tuple[str | Grid, ...]:
    """Table 三 in two, its head and the stub that goes on repeated, a page number between."""
    if grid.id != "t3":
        return (grid,)
    row, head = _row_of(grid, "unavailable.not_held"), _head(grid)
    below = max((box.row + box.rows for box in head), default=1)
    stub = next((box for box in grid.boxes if box.row < row < box.row + box.rows), None)
    if stub is None:  # it is in two already
        return (grid,)
    upper = [box for box in grid.boxes if box.row < row and box != stub]
    rest = [box._replace(row=box.row - row + below) for box in grid.boxes if box.row >= row]
    again = stub._replace(row=below, rows=stub.row + stub.rows - row)
    first = [*upper, stub._replace(rows=row - stub.row)]
    return grid._replace(boxes=tuple(sorted(first))), "— 5 —", Grid("t3", tuple(sorted([*head, again, *rest])))


def numbered(grid: Grid) -> tuple[Grid]:
    """A page number in a row of its own, and the head again below it."""
    if grid.id != "t3":
        return (grid,)
    row, head = _row_of(grid, "unprocessed.petition"), _head(grid)
    more = max((box.row + box.rows for box in head), default=1)
    for _ in range(more):
        grid = wider(grid, row - 1)
    stub = next((box for box in grid.boxes if box.row < row < box.row + box.rows), None)
    if stub is None:
        return (grid,)
    parts = [stub._replace(rows=row - stub.row), stub._replace(row=row + more, rows=stub.row + stub.rows - row - more)]
    again = [Box(row, 1, 1, 10, "- 4 -"), *(box._replace(row=box.row + row) for box in head)]
    return (grid._replace(boxes=tuple(sorted([*(box for box in grid.boxes if box != stub), *parts, *again]))),)


def in_blocks(grid: Grid) -> tuple[Grid, ...]:
    """Table 二 as a table for each paragraph of article 20."""
    if grid.id != "t2":
        return (grid,)
    width = max(box.column + box.columns - 1 for box in grid.boxes)
    starts = [box.row for box in grid.boxes if box.columns == width]
    ends = [*starts[1:], max(box.row for box in grid.boxes) + 1]
    return tuple(
        Grid(grid.id, tuple(box._replace(row=box.row - start + 1) for box in grid.boxes if start <= box.row < end))
        for start, end in zip(starts, ends, strict=True)
    )


# 17 to 19: other words

TYPOS = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "（六）其他处理": "（六）其他",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期不缴费",
    "行政规范性文件": "规范性文件",
    "3.危及“三安全一稳定”": '3.危及"三安全一稳定"',
    "本年废止件数": "本年度止件数",
}


def numbered_otherwise(text: str) -> str:
    return re.sub(r"^(\d)\.", r"\1、", text.replace("（", "(").replace("）", ")"))


def unnumbered(text: str) -> str:
    return re.sub(r"^(?:\d\.|（[一二三四五六七]）|[一二四]、(?=本年新收|上年|结转))", "", text)


def in_one_row(source: Sketch) -> Sketch:
    """（六） without its three rows: what stands there are the sums of them."""
    start = "t3.other."
    if not any(cell.startswith(f"{start}other.") for cell in source.due):
        return source
    due = {cell: number for cell, number in source.due.items() if not cell.startswith(start)}
    for cell, number in source.due.items():
        if cell.startswith(start):
            whole = f"{start}other.{cell.rpartition('.')[2]}"
            due[whole] = due.get(whole, 0) + number
    return grids(lambda grid: (_without_sixth(grid, due),))(source)._replace(due=due)


def _without_sixth(grid: Grid, due: Mapping[str, Number]) -> Grid:
    rows = sorted({box.row for box in grid.boxes if box.figure.startswith("t3.other.")})
    if len(rows) != 3:
        return grid
    after = []
    for box in grid.boxes:
        if box.row in rows and box.figure.startswith("t3.other.other."):
            after.append(box._replace(row=rows[0], text=shown(due.get(box.figure))))
        elif box.row == rows[0] and box.rows == 3:
            after.append(box._replace(rows=1, columns=2))
        elif box.row > rows[2]:
            after.append(box._replace(row=box.row - 2))
        elif box.row not in rows:
            after.append(box._replace(rows=box.rows - 2) if box.row + box.rows > rows[2] else box)
    return grid._replace(boxes=tuple(sorted(after)))


HEADINGS = {
    "四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议提起行政诉讼情况",
    "五、存在的主要问题及改进情况": "五、政府信息公开工作存在的主要问题及整改措施",
    "三、收到和处理政府信息公开申请情况": "三、收到和处理政府信息公开申请情况该部分以表格形式报告。表格如下:",
}


SERIES = {
    "t2": "一、主动公开政府信息情况",
    "t3": "二、收到和处理政府信息公开申请情况",
    "t4": "三、政府信息公开行政复议、行政诉讼情况",
}


def second_series(source: Sketch) -> Sketch:
    """The text has a series of headings of its own, the tables another."""
    blocks: list[str | Grid] = [block for block in source.blocks if isinstance(block, str)]
    told = set()
    for grid in (block for block in source.blocks if isinstance(block, Grid)):
        blocks += [SERIES[grid.id]] if grid.id in SERIES and grid.id not in told else []
        blocks.append(grid)
        told.add(grid.id)
    return source._replace(blocks=tuple(blocks))


# 20: table 四 otherwise


def exchanged(order: tuple[int, ...]) -> Callable[[Grid], tuple[str | Grid, ...]]:
    """The three of them in another order."""

    def change(grid: Grid) -> tuple[str | Grid, ...]:
        tables = in_three(grid)
        return tuple(tables[at] for at in order) if len(tables) == len(order) else tables

    return change


def in_three(grid: Grid) -> tuple[str | Grid, ...]:
    """A table for each of 行政复议, 未经复议直接起诉, 复议后起诉."""
    if sum(bool(box.figure) for box in grid.boxes) != 15:
        return (grid,)
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    figures = [box for box in grid.boxes if box.figure]
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return tuple(
        Grid(
            "t4",
            (
                Box(1, 1, 1, 5, name),
                *(Box(2, 1 + at, 1, 1, head) for at, head in enumerate(heads)),
                *(box._replace(row=3, column=1 + at) for at, box in enumerate(figures[5 * n : 5 * n + 5])),
            ),
        )
        for n, name in enumerate(names)
    )


def permuted(orders: Mapping[str, tuple[int, ...]]) -> Callable[[Grid], tuple[Grid]]:
    """Columns with their heads in another order: for each table the old column of every new one."""

    def change(grid: Grid) -> tuple[Grid]:
        order = orders.get(grid.id, ())
        if max((box.column + box.columns - 1 for box in grid.boxes), default=0) != len(order):
            return (grid,)  # it is in blocks
        new = {old: at for at, old in enumerate(order, 1)}
        moved = [
            box._replace(column=min(new[column] for column in range(box.column, box.column + box.columns)))
            for box in grid.boxes
        ]
        return (grid._replace(boxes=tuple(sorted(moved))),)

    return change


TOTAL_FIRST = {"t3": (1, 2, 3, 10, 4, 5, 6, 7, 8, 9)}
TWO_EXCHANGED = {
    "t2": (1, 4, 2, 3),
    "t3": (1, 2, 3, 4, 6, 5, 7, 8, 9, 10),
    "t4": (*range(1, 6), *range(11, 16), *range(6, 11)),
}
BLOCKS = {"t4": (*range(6, 16), *range(1, 6))}
INNER = {"t4": (2, 1, 3, 4, 5, 7, 6, 8, 9, 10, 12, 11, 13, 14, 15)}


def flat(grid: Grid) -> tuple[Grid]:
    """The heads of table 三 in one row, as a Markdown table has them."""
    figures = [box for box in grid.boxes if box.figure]
    if grid.id != "t3" or not figures:
        return (grid,)
    last, left = min(box.row for box in figures) - 1, min(box.column for box in figures)
    own = [x for x in grid.boxes if x.row <= last == x.row + x.rows - 1 and x.columns == 1 and x.column >= left]
    above = [Box(1, 1, 1, left - 1, "项目"), *(box._replace(row=1, rows=1) for box in own)]
    below = [box._replace(row=box.row - last + 1) for box in grid.boxes if box.row > last]
    return (grid._replace(boxes=tuple(sorted([*above, *below]))),)


# 21, 23, 25: what is not to be read

GLOSSES = {"信": "xìn", "息": "xī", "公": "gōng", "请": "qǐng", "数": "shù", "行": "xíng", "号": "hào"}
TRADITIONAL = str.maketrans("规请数复议诉讼结维纠审总计机关务处决许罚强", "規請數復議訴訟結維糾審總計機關務處決許罰強")


def glossed(text: str) -> str:
    return "".join(f"{x}({GLOSSES[x]})" if x in GLOSSES else x for x in text)


def everywhere(change: Callable[[str], str]) -> Change:
    return lambda source: labels(change)(lines(change)(source))


def mojibake(text: str) -> str:
    return text.encode().decode("gb18030", "replace")


def lost(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]", "?", text)


def pictured(source: Sketch) -> Sketch:
    """The headings stand there, the tables are pictures."""
    return source._replace(blocks=tuple(block for block in source.blocks if isinstance(block, str)))


def lazy(source: Sketch) -> Sketch:
    """A cell of layout tables around the report, and a table of metadata before it."""
    data = [Box(1, 1, 1, 1, "索引号"), Box(1, 2, 1, 1, "014001/2025-1"), Box(1, 3, 1, 1, "发布机构")]
    return source._replace(blocks=(Grid("", tuple(data)), *source.blocks))


VARIANTS: Mapping[str, Variant] = {
    "01 spans": Variant(same),
    "01 spaced text": Variant(same, ("spaced",), 0.9),
    "02 heads in paragraphs": Variant(labels(in_paragraphs)),
    "03 heads on two rows": Variant(grids(on_two_rows), (*TABLES, *TEXTS)),
    "04 split into fonts": Variant(same, ("fonts",)),
    "05 blank for zero": Variant(_nothing(lambda box: box.text == "0"), (*TABLES, "piped")),
    "05 sums blank": Variant(_nothing(_is_sub_total), (*TABLES, "piped")),
    "05 only persons and totals": Variant(
        _nothing(lambda box: box.figure[:2] == "t3" and not re.search(r"person|total", box.figure)), (*TABLES, "piped")
    ),
    "05 all blank": Variant(_nothing(lambda _: True)),
    "06 strokes": Variant(_nothing(lambda box: "rules" in box.figure, "/"), (*TABLES, *TEXTS)),
    "06 dashes": Variant(_nothing(lambda box: box.text == "0", "——"), (*TABLES, *TEXTS)),
    "07 annotated": Variant(cells(annotated), (*TABLES, "piped")),
    "07 in 元": Variant(cells(in_yuan, lambda _: None), (*TABLES, *TEXTS)),
    "07 remark in a head": Variant(labels(lambda x: f"{x} (历史累计)" if x == "现行有效件数" else x)),
    "07 元 in the head": Variant(yuan("（单位：元）"), (*TABLES, *TEXTS)),
    "07 元 and more in the head": Variant(yuan("（人民币元，保留两位小数）"), (*TABLES, *TEXTS)),
    "07 元 over the table": Variant(
        lambda source: _in_yuan(grids(over_the_table)(source)), ("page", "docx", "pdf", *TEXTS)
    ),
    "07 元 in words of its own": Variant(
        lambda source: without(yuan("（以元计）")(source), "t2.fees.amount"), (*TABLES, *TEXTS)
    ),
    "08 signed": Variant(cells(signed), (*TABLES, *TEXTS)),
    "09 decimals": Variant(cells(amounts, lambda box: _number(box._replace(text=amounts(box)))), (*TABLES, *TEXTS)),
    "10 large": Variant(cells(large, _large_due), (*TABLES, *TEXTS)),
    "11 justified": Variant(boxes(justified)),
    "12 run together": Variant(same, ("together",), 0.0),
    "13 one a line": Variant(same, ("one a line", "one a line, bars"), 0.9),
    "14 ragged": Variant(same, ("ragged",), 0.9),
    "15 detached": Variant(same, ("detached", "unlabelled"), 0.9),
    "16 over pages": Variant(grids(paged), (*TABLES, "piped")),
    "16 a page number": Variant(grids(numbered), (*TABLES, "piped")),
    "16 in blocks": Variant(grids(in_blocks)),
    "17 misspelt": Variant(labels(lambda text: TYPOS.get(text, text)), (*TABLES, *TEXTS)),
    "17 numbered otherwise": Variant(labels(numbered_otherwise), (*TABLES, *TEXTS)),
    "17 unnumbered": Variant(labels(unnumbered), (*TABLES, *TEXTS)),
    "18 one row": Variant(in_one_row, (*TABLES, *TEXTS)),
    "19 other headings": Variant(lines(lambda text: HEADINGS.get(text, text)), (*TABLES, *TEXTS)),
    "19 second series": Variant(second_series),
    "20 three tables": Variant(grids(in_three)),
    "20 exchanged": Variant(grids(exchanged((0, 2, 1))), floor=0.0),
    "20 exchanged otherwise": Variant(grids(exchanged((2, 0, 1))), floor=0.0),
    "20 flat heads": Variant(grids(flat), ("page", "fonts", "site", "docx", "pdf", *TEXTS)),
    "20 blocks exchanged": Variant(grids(permuted(BLOCKS)), (*TABLES, *LAID), floor=0.0),
    "20 total first": Variant(grids(permuted(TOTAL_FIRST)), (*TABLES, *LAID), floor=0.0),
    "20 columns exchanged": Variant(grids(permuted(TWO_EXCHANGED)), (*TABLES, *LAID, "together"), floor=0.0),
    "20 results exchanged": Variant(grids(permuted(INNER)), (*TABLES, *LAID, "together"), floor=0.0),
    "20 flat, total first": Variant(
        lambda source: grids(permuted(TOTAL_FIRST))(grids(flat)(source)), (*TABLES, *LAID), floor=0.0
    ),
    "20 of last year": Variant(of_another_time("上年"), (*TABLES, *TEXTS)),
    "20 of the last time": Variant(of_another_time("上期"), (*TABLES, *TEXTS)),
    "20 of 2016": Variant(of_another_time("2016年"), (*TABLES, *TEXTS)),
    "21 glosses": Variant(everywhere(glossed), ("page",), refused=True),
    "21 traditional": Variant(everywhere(lambda text: text.translate(TRADITIONAL)), ("page",), refused=True),
    "22 a site around": Variant(same, ("site",)),
    "22 metadata": Variant(lazy),
    "23 mojibake": Variant(everywhere(mojibake), ("page", "piped"), refused=True),
    "23 question marks": Variant(everywhere(lost), ("page", "piped"), refused=True),
    "24 another name": Variant(lines(lambda text: text.replace("沭", "沐").replace("市", "巿"))),
    "25 pictures": Variant(pictured, ("page", "docx", "pdf"), refused=True),
    "26 full width": Variant(cells(full_width), (*TABLES, *TEXTS)),
}
"""By number in the list of variants seen in the wild, and a word."""


def written(variant: Variant, kind: str, source: Sketch) -> tuple[str, bytes]:
    """The suffix and content of a file of that kind."""
    suffix, write = WRITERS[kind]
    return suffix, write(variant.change(source))
