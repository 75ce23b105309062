"""Which cells the words beside a figure mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlreport.form import Form
from xlreport.narrative.reading.lexicon import Word

RECEIVED, CARRIED_IN, CONCLUDED, CARRIED_OUT = ("t3.received", "t3.carried_in", "t3.concluded", "t3.carried_out")
INTAKE = (RECEIVED, CARRIED_IN)
"""Rows of a word such as 收到, which some take for 一 alone and some for 一 and 二."""

_WHOLE = {"t3": ("t3.total",), "t4": ("t4.total",)}
_DECISIONS, _AMOUNT = "t2.decisions", "t2.amount"


@dataclass(slots=True)
class Context:
    """What has been spoken of in this sentence: by table, the rows that a bare column belongs to.

    table: that of the last figure. doubted: tables whose rows were not certain. decided: 处理决定 has been said.
    results: a result (三（一）至（六）) has been told.
    """

    requests: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    table: str = ""
    doubted: frozenset[str] = frozenset()
    decided: bool = False
    results: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """Any of `options` (cells to be summed) may be meant. weak: and something else, too."""

    table: str
    rows: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    weak: bool = False

    @property
    def background(self) -> bool:
        """Whether it is of all requests received or concluded, rather than of a part of them."""
        return set(self.rows) <= {RECEIVED, CARRIED_IN, CONCLUDED} and not self.carried

    @property
    def carried(self) -> bool:
        """Whether it is of requests carried in or out."""
        return self.rows in ((CARRIED_IN,), (CARRIED_OUT,))

    @property
    def parted(self) -> bool:
        """Whether it is of a single reason or kind within a result, such as 重复申请."""
        return len(self.rows) == 1 and self.rows[0].startswith("t3.") and self.rows[0].count(".") > 1


def meaning(words: Sequence[Word], context: Context, form: Form) -> Meaning | None:
    """The cells that `words` mean in `context`; None where they mean none, or none that is certain."""
    marks = {word.mark for word in words}
    groups = list(dict.fromkeys([word.rows for word in words if word.rows]))
    columns = tuple(dict.fromkeys([column for word in words for column in word.columns]))
    if "carried" in marks:
        groups = [(CARRIED_OUT if "next" in marks else CARRIED_IN,)]
        if ("next" in marks) == ("previous" in marks):
            return None
    elif marks & {"previous", "compared"}:
        return None
    elif "both" in marks:
        groups = [INTAKE]
    groups, weak = _foreground(groups)
    weak = weak or any(word.weak and (not word.rows or word.rows in groups) for word in words)
    if groups:
        return _by_row(groups, columns, marks, context, form, weak=weak)
    return _by_column(columns, marks, context, form, weak=weak)


def _by_row(
    groups: list[tuple[str, ...]],
    columns: tuple[str, ...],
    marks: set[str],
    context: Context,
    form: Form,
    *,
    weak: bool,
) -> Meaning | None:
    """Rows that are named, with the columns that are named, or their totals."""
    table = groups[0][0][:2]
    if any(row[:2] != table for group in groups for row in group) or (table == "t2" and "request" in marks):
        return None
    known = tuple(column for column in columns if column[:2] == table)
    made = _options(table, groups, known, context, form, both="both" in marks)
    if made is None:
        return None
    options, unsure = made
    rows = tuple(dict.fromkeys(row for group in groups for row in group))
    bare = groups == [INTAKE] and not marks & {"request", "both"}
    return Meaning(table, rows, options, weak or unsure or bare or known != columns)


def _foreground(groups: list[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], bool]:
    """Rows without those that only lead to others: 收到, 办结 beside 予以公开 or 行政复议."""
    leading: tuple[tuple[str, ...], ...] = (INTAKE, (CONCLUDED,))
    behind = [group for group in groups if group in leading]
    before = [group for group in groups if group not in behind]
    if before:
        foreign = bool(behind) and any(not group[0].startswith("t3") for group in before)
        return before, foreign
    return behind[-1:], len(behind) > 1


def _by_column(
    columns: tuple[str, ...], marks: set[str], context: Context, form: Form, *, weak: bool
) -> Meaning | None:
    """A column, or 其他, after the rows that the sentence spoke of before."""
    if not columns and "rest" in marks and context.table:
        columns, weak = (f"{context.table}.other",), True
    tables = {column[:2] for column in columns}
    if len(tables) != 1:
        return None
    (table,) = tables
    rows = {"t2": context.documents, "t3": context.requests, "t4": context.disputes}[table]
    if table == "t3" and not rows:
        rows, weak = INTAKE, True
    weak = weak or table in context.doubted
    made = _options(table, [rows], columns, context, form, both=False) if rows else None
    return None if made is None else Meaning(table, rows, made[0], weak or made[1])


def _options(
    table: str,
    groups: list[tuple[str, ...]],
    columns: tuple[str, ...],
    context: Context,
    form: Form,
    *,
    both: bool,
) -> tuple[tuple[tuple[str, ...], ...], bool] | None:
    """The options, and whether they are unsure."""
    unsure = False
    choices = [tuple(dict.fromkeys(row for group in groups for row in group))]
    if groups == [INTAKE]:
        choices = [INTAKE] if both else [(RECEIVED,), (RECEIVED, CARRIED_IN)]
    elif len(groups) == 2 and (set(groups[0]) < set(groups[1]) or set(groups[1]) < set(groups[0])):
        choices = sorted(groups, key=len)  # 本机关不掌握相关政府信息无法提供: the row, or its block
    if not columns:
        if table == "t2":
            column = next((c for c in (_DECISIONS, _AMOUNT) if _cell(choices[0][0], c) in form.figures), None)
            if column is None:
                return _any_column(choices[0], form)
            columns, unsure = (column,), column == _DECISIONS and not context.decided
        else:
            columns = _WHOLE[table]
    options = tuple(tuple(_cell(row, column) for row in rows for column in columns) for rows in choices)
    if not all(cell in form.figures for option in options for cell in option):
        return None
    return options, unsure


def _any_column(rows: tuple[str, ...], form: Form) -> tuple[tuple[tuple[str, ...], ...], bool] | None:
    """行政规范性文件13件: issued, or in force?"""
    ids = [figure.column_id for figure in form.figures.values() if f"{figure.table}.{figure.row_id}" == rows[0]]
    options = tuple(tuple(f"{row}.{column}" for row in rows) for column in ids)
    return (options, True) if all(cell in form.figures for option in options for cell in option) else None


def _cell(row: str, column: str) -> str:
    return f"{row}.{column[3:]}"
