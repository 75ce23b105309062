"""Plain text and Markdown: what is left of a report when its tables were copied or converted as words.

Three ways are tried: lines of numbers behind their labels (or, between two such lines, in the order of the form); cells
that run together; and one line for each row of table 二. What is found is put into tables as the form has them, so that
it is read on as if it had been printed so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from xlreport.form import FORMS, Form, load_form
from xlreport.form import Table as Statutory
from xlreport.published.page import Block, Line, Page, Spot, Table, likeness, plain, squeezed
from xlreport.published.place import Row, align
from xlreport.published.runs import chosen, splits
from xlreport.published.values import looks_like_value
from xlreport.safe.documents import html_text

MOST_LINES = 20_000
MOST_TOGETHER = 3
"""Lines, of each table, whose cells run together: each may take seconds to cut. A report has one or two."""
_LIKE = 0.8
"""行政许可 and 行政处罚 are half alike, 规范性文件 and 行政规范性文件 five sixths."""
_SIXTH = ("正当理由逾期不补正", "逾期不补正", "逾期未按收费", "逾期不缴费", "逾期未缴费")
"""Words of the rows that （六） has in form 2021."""
_TOKEN = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?(?:件|元|万元|宗|项)?|[/—－-]")
_RULE = re.compile(r"[|\s:-]+")
_HEADING = re.compile(r"[一二三四五六]、|[（(][一二三四五六七八九十]+[）)]|#")


class Numbers(NamedTuple):
    """A line that ends in cells that may hold figures."""

    line: int
    label: str
    cells: tuple[str, ...]


def read_text(data: bytes) -> Page:
    """The lines of a text, and the tables found among them. Raises InputError."""
    lines = html_text(data).splitlines()[:MOST_LINES]
    rows = [row for number, text in enumerate(lines) if (row := _numbers(number, text))]
    tables = [(table, _found(form, table, lines, rows)) for form, table in _statutory("".join(lines))]
    blocks: list[tuple[int, Block]] = []
    inside: set[int] = set()
    for table, cells in tables:
        if cells:
            at = sorted(row for row, _ in cells.values())
            inside |= set(range(at[0], at[-1] + 1))
            blocks.append((at[0], _table(table, {cell: text for cell, (_, text) in cells.items()})))
    prose = [(n, Line(text)) for n, text in _paragraphs(lines, inside)]
    return Page(tuple(block for _, block in sorted([*blocks, *prose], key=lambda item: item[0])))


def _numbers(number: int, text: str) -> Numbers | None:
    """A line as its label and the cells behind it."""
    if _RULE.fullmatch(text):
        return None
    if "|" in text:
        parts = [part.strip() for part in text.strip().removeprefix("|").removesuffix("|").split("|")]
        first = next((at for at, part in enumerate(parts) if part and looks_like_value(part)), len(parts))
        cells = parts[first:]
        return Numbers(number, "".join(parts[:first]), tuple(cells)) if all(map(looks_like_value, cells)) else None
    tokens = text.split()
    count = next((n for n, token in enumerate(reversed(tokens)) if not _TOKEN.fullmatch(token)), len(tokens))
    if not count:
        return None
    return Numbers(number, "".join(tokens[: len(tokens) - count]), tuple(tokens[len(tokens) - count :]))


def _statutory(text: str) -> Iterator[tuple[Form, Statutory]]:
    """The tables to look for: those of the form whose own labels are there; （六） may be one row, as in form 2019."""
    said = plain(text)
    labels = {form: {plain(x.text) for t in load_form(form).tables for x in t.labels} for form in FORMS}
    common = set.intersection(*labels.values())
    form = max(FORMS, key=lambda form: sum(label in said for label in labels[form] - common))
    one_row = not any(plain(name) in said for name in _SIXTH)
    for id_ in ("t2", "t3", "t4"):
        used = load_form("2019" if id_ == "t3" and one_row else form)
        yield used, used.table(id_)


def _found(form: Form, table: Statutory, lines: Sequence[str], rows: Sequence[Numbers]) -> dict[str, tuple[int, str]]:
    """Each figure's line and text."""
    by_line, together = _by_lines(table, rows), _run_together(form, table, lines)
    return by_line if len(by_line) >= len(together) else together


def _by_lines(table: Statutory, rows: Sequence[Numbers]) -> dict[str, tuple[int, str]]:
    """Lines with as many cells as the form has, at their labels, or in order between two that are."""
    groups = _groups(table)
    wide = max(len(ids) for _, ids in groups)
    fitting = [_trimmed(row, wide) for row in rows]
    usable = [row for row in fitting if len(row.cells) in {len(ids) for _, ids in groups}]
    if table.id == "t4":
        whole = [row for row in usable if _t4_adds_up(row.cells)]
        return _cells(groups[0][1], whole[0]) if len(whole) == 1 else {}
    if table.id == "t2":
        return _by_names(groups, usable)
    wanted = [Row(label, "", values=len(ids)) for label, ids in groups]
    at, _ = align(wanted, [Row(plain(row.label), "", values=len(row.cells)) for row in usable])
    cells: dict[str, tuple[int, str]] = {}
    for (_, ids), row in ((groups[number - 1], usable[found - 1]) for number, found in at.items()):
        cells |= _cells(ids, row) if len(ids) == len(row.cells) else {}
    known = sorted(at.items())
    for (number, found), (after, found_after) in pairwise(known):
        if after - number != found_after - found:
            continue
        for step in range(1, after - number):
            row = usable[found + step - 1]
            if _adds_up(row.cells):
                cells |= _cells(groups[number + step - 1][1], row)
    return cells


def _by_names(groups: Sequence[tuple[str, list[str]]], rows: Sequence[Numbers]) -> dict[str, tuple[int, str]]:
    """Rows whose names are unlike each other, in any order; one that is there twice with other cells is unknown."""
    cells: dict[str, tuple[int, str]] = {}
    for label, ids in groups:
        named = [row for row in rows if likeness(plain(row.label), label) >= _LIKE and len(row.cells) == len(ids)]
        if len({row.cells for row in named}) == 1:
            cells |= _cells(ids, named[0])
    return cells


def _groups(table: Statutory) -> list[tuple[str, list[str]]]:
    """Each line of figures: the label next to it, and its figures."""
    lines = sorted({figure.row for figure in table.figures})
    return [
        (
            next((plain(x.text) for x in reversed(table.labels) if x.role == "stub" and x.row == line), ""),
            [figure.id for figure in table.figures if figure.row == line],
        )
        for line in lines
    ]


def _trimmed(row: Numbers, wide: int) -> Numbers:
    """Without empty cells beyond those of the form, which ragged Markdown has."""
    cells = row.cells
    while len(cells) > wide and not cells[-1]:
        cells = cells[:-1]
    return row._replace(cells=cells)


def _cells(ids: Sequence[str], row: Numbers) -> dict[str, tuple[int, str]]:
    return {id_: (row.line, text) for id_, text in zip(ids, row.cells, strict=True)}


def _adds_up(cells: Sequence[str]) -> bool:
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdecimal()]
    return len(numbers) == len(cells) and sum(numbers[:-1]) == numbers[-1]


def _t4_adds_up(cells: Sequence[str]) -> bool:
    return len(cells) == 15 and all(_adds_up(cells[start : start + 5]) for start in (0, 5, 10))


def _run_together(form: Form, table: Statutory, lines: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Figures that stand behind their labels without a space, as far as they can be told apart."""
    found: dict[str, tuple[int, str]] = {}
    behind = ((number, _behind_labels(table, squeezed(line))) for number, line in enumerate(lines) if len(line) >= 80)
    for number, runs in islice(((number, runs) for number, runs in behind if runs), MOST_TOGETHER):
        cut = _cut(form, table, runs)
        found |= {id_: (number, text) for id_, text in cut.items() if id_ not in found}
    return found


def _behind_labels(table: Statutory, text: str) -> dict[str, str]:
    """What stands behind the label of each row (of table 四: behind its last head), by the row's id; only numbers."""
    runs: dict[str, str] = {}
    labels = [(x.text, x.row) for x in table.labels if x.role == "stub"]
    if table.id == "t4":
        found = re.search(r"总计(\d+)", text.partition("复议后起诉")[2])
        return {"t4": found[1]} if found else runs
    at = 0
    places: list[tuple[int, int, int]] = []
    for label, row in labels:
        bare = re.sub(r"\s+", "", label)
        place = text.find(bare, at)
        if place >= 0:
            places.append((place, place + len(bare), row))
            at = place + len(bare)
    rows = {figure.row: figure.row_id for figure in table.figures}
    for (_, end, row), (after, _, _) in pairwise([*places, (len(text), 0, 0)]):
        found = re.match(r"\d+(?:\.\d+)?", text[end:after])
        if found and (found.end() == after - end or not re.match(r"[\d.,件元万]", text[end + found.end() :])):
            runs.setdefault(rows[row], found[0])
    return runs


def _cut(form: Form, table: Statutory, runs: Mapping[str, str]) -> dict[str, str]:
    """The numbers of each run, where only one way to cut it is left."""
    rows = {id_: [figure.id for figure in table.figures if figure.row_id == id_] for id_ in table.row_ids}
    cells: dict[str, str] = {}
    if table.id == "t2":
        for id_, run in runs.items():
            parts = [run] if len(rows[id_]) == 1 else list(run) if len(run) == len(rows[id_]) else []
            cells |= dict(zip(rows[id_], parts, strict=False))
        return cells
    if table.id == "t4":
        ways = splits(runs.get("t4", ""), (5, 5, 5))
        return dict(zip((f.id for f in table.figures), map(str, ways[0]), strict=True)) if len(ways) == 1 else {}
    equations = [
        (tuple(_row_of(cell) for cell in relation.left), tuple(_row_of(cell) for cell in relation.right))
        for relation in form.relations
        if relation.code in ("T3-SUM", "T3-BAL") and relation.key == "total"
    ]
    ways_of = {id_: splits(run, (7,)) if run.isdecimal() else [] for id_, run in runs.items()}
    for id_, split in chosen(ways_of, equations).items():
        cells |= dict(zip(rows[id_], map(str, split), strict=True))
    return cells


def _row_of(cell: str) -> str:
    return cell.split(".", 1)[1].rpartition(".")[0]


def _table(table: Statutory, texts: Mapping[str, str]) -> Table:
    """The statutory table with these texts in it; a figure without one has no cell."""
    labels = [Spot(x.row, x.column, x.rows, x.columns, x.text) for x in table.labels]
    figures = [Spot(x.row, x.column, 1, x.columns, texts[x.id]) for x in table.figures if x.id in texts]
    return Table(tuple(sorted([*labels, *figures])))


def _paragraphs(lines: Sequence[str], inside: set[int]) -> list[tuple[int, str]]:
    """Lines outside the tables; one that ends within a sentence is joined with the next."""
    found: list[tuple[int, list[str]]] = []
    goes_on = False
    for number, line in enumerate(lines):
        text = line.strip().lstrip("#").strip()
        if number in inside or not text:
            goes_on = False
            continue
        if goes_on and not _HEADING.match(text):
            found[-1][1].append(text)
        else:
            found.append((number, [text]))
        goes_on = text[-1] not in "。；：！？.;:!?" and not (_HEADING.match(text) and len(text) < 30)
    return [(number, "".join(parts)) for number, parts in found]
