"""Numbers, cells and names as sentences print them; the same in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from xlreport.form import Figure, Form, column_name
from xlreport.form.weigh import Number
from xlreport.workbook.plan import FINAL_COLUMN, WORDS, text_rows

LONG = 10**15
"""From here on a number is no longer read digit by digit."""


def number(value: Number) -> str:
    """3, 52.15, −1; a number too long to be read in scientific notation."""
    if not -LONG < value < LONG:
        text = f"{Decimal(value):.3E}"
    else:
        text = str(value) if isinstance(value, int) else f"{value.normalize():f}"
    return text.replace("-", "−")


def row(figure: Figure) -> str:
    """（三）1.属于国家秘密: the labels that head a figure but the last, a block's by its ordinal alone."""
    first, *rest = figure.names[:-1]
    if rest and first.startswith("（"):
        return first[: first.index("）") + 1] + "·".join(rest)
    return "·".join([first, *rest])


def name(figure: Figure) -> str:
    """（三）1.属于国家秘密·自然人: all labels that head a figure."""
    return f"{row(figure)}·{figure.names[-1]}"


def heading(form: Form, key: str, instead: Mapping[str, str] = MappingProxyType({})) -> str:
    """The headings above the text of `key`, a section's own from `instead` where it has one; "" for the preamble."""
    for section in form.sections:
        for text_key, below in section.text:
            if text_key == key:
                return instead.get(section.id, section.heading) + below
    return ""


def text_cell(form: Form, key: str) -> str:
    """The cell of 正文 where the final text of `key` stands in the template."""
    return f"{WORDS}!{column_name(FINAL_COLUMN)}{text_rows(form)[key]}"


def cells(figures: Sequence[Figure]) -> str:
    """Their cells, three or more neighbours as a range: D6、D7、D29:J29."""
    runs: list[list[Figure]] = []
    for figure in figures:
        if runs and _follows(runs[-1], figure):
            runs[-1].append(figure)
        else:
            runs.append([figure])
    parts = [[f"{run[0].cell}:{run[-1].cell}"] if len(run) > 2 else [f.cell for f in run] for run in runs]
    return "、".join(cell for part in parts for cell in part)


def _follows(run: list[Figure], figure: Figure) -> bool:
    """Whether `figure` continues the run to the right or downwards."""
    last = run[-1]
    step = (figure.row - last.row, figure.column - last.column)
    if (figure.table, step) not in {(last.table, (0, last.columns)), (last.table, (1, 0))}:
        return False
    return len(run) == 1 or (run[1].row == run[0].row) == (step[0] == 0)
