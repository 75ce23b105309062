"""Cells of a text that stand behind their labels without anything between them: cut where only one cut adds up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise

from xlreport.form import Form
from xlreport.form import Table as Statutory
from xlreport.origin import By
from xlreport.published.page import squeezed
from xlreport.published.runs import agree, chosen, splits

MOST_TOGETHER = 3
"""Lines, of each table, whose cells run together: each may take seconds to cut. A report has one or two."""
_SHORTEST = 80
_ROWS, _WIDE = 20, 7
"""Rows of table 三 that must be there (（六） may be one), and their cells."""
_TRIED, _MOST_WRONG = 18, 2
"""Digits of a run that can be cut in every way, and rows that may not add up."""


def run_together(form: Form, table: Statutory, lines: Sequence[str]) -> dict[str, tuple[int, str, By]]:
    """Each figure's line, text and how it was told, as far as they can be told apart."""
    found: dict[str, tuple[int, str, By]] = {}
    long = [(number, line) for number, line in enumerate(lines) if len(line) >= _SHORTEST]
    behind = ((number, _behind_labels(table, squeezed(line))) for number, line in long)
    if not _is_whole(form, (line for _, line in long)):
        return {}
    for number, runs in islice(((number, runs) for number, runs in behind if runs), MOST_TOGETHER):
        cut = _cut(form, table, runs)
        found |= {id_: (number, text, "sums") for id_, text in cut.items() if id_ not in found}
    return found


def _is_whole(form: Form, lines: Iterable[str]) -> bool:
    """Whether table 三 leaves no room for a blank cell: nearly all of its rows can be cut into numbers that add up."""
    table = form.table("t3")
    behind = (runs for line in lines if (runs := _behind_labels(table, squeezed(line))))
    runs = {id_: run for found in islice(behind, MOST_TOGETHER) for id_, run in found.items()}
    wrong = sum(len(run) < _WIDE or (len(run) <= _TRIED and not splits(run, (_WIDE,))) for run in runs.values())
    return len(runs) >= _ROWS and wrong <= _MOST_WRONG and all(len(run) >= _WIDE for run in runs.values())


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
        if found and (
            found.end() == after - end or not re.match(r"[\d.,，．件条项个次宗元万（(]", text[end + found.end() :])
        ):
            runs.setdefault(rows[row], found[0])
    return runs


def _cut(form: Form, table: Statutory, runs: Mapping[str, str]) -> dict[str, str]:
    """The numbers of each run, where only one way to cut it is left."""
    rows = {id_: [figure.id for figure in table.figures if figure.row_id == id_] for id_ in table.row_ids}
    cells: dict[str, str] = {}
    if table.id == "t4":
        ways = splits(runs.get("t4", ""), (5, 5, 5))
        return dict(zip((f.id for f in table.figures), map(str, ways[0]), strict=True)) if len(ways) == 1 else {}
    if table.id == "t2":
        for id_, run in runs.items():
            if len(rows[id_]) == 1:
                cells[rows[id_][0]] = run
            elif run == "0" * len(rows[id_]):  # nothing else has a leading zero; of other numbers one may be blank
                cells |= dict.fromkeys(rows[id_], "0")
        return cells
    equations = [
        (tuple(_row_of(cell) for cell in relation.left), tuple(_row_of(cell) for cell in relation.right))
        for relation in form.relations
        if relation.code in ("T3-SUM", "T3-BAL") and relation.key == "total"
    ]
    ways_of = {id_: splits(run, (_WIDE,)) if run.isdecimal() else () for id_, run in runs.items()}
    cut = chosen(ways_of, equations)
    sure = agree(cut, equations)
    for id_, split in cut.items():
        if sure or not _blank(runs[id_]):
            cells |= dict(zip(rows[id_], map(str, split), strict=True))
    return cells


def _blank(run: str) -> bool:
    """Whether fewer numbers than there are cells add up too: then a cell may be blank, unless the columns say no."""
    return any(splits(run, (count,)) for count in range(2, _WIDE))


def _row_of(cell: str) -> str:
    return cell.split(".", 1)[1].rpartition(".")[0]
