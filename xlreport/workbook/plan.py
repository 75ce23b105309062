"""The plan of the template: where everything stands, by plain arithmetic over the form."""

from __future__ import annotations

from collections.abc import Callable

from xlreport.form import FIRST_LINE, Fact, Form

GUIDE, BASICS, WORDS, CHECKS = "填报说明", "基本信息", "正文", "校验"

Locate = Callable[[str], tuple[str, int, int]]
"""Id of a figure → (sheet, or "" for the formula's own; column; row), both counted from 1."""

ABOUT = {"agency": 4, "office_kind": 5, "year": 6, "contact": 7}
"""基本信息: the rows of what is asked of the office, in column B."""

DRAFT_COLUMN, FINAL_COLUMN = 2, 3
"""正文: the generated draft and the final text stand side by side."""

FOUND, MARKED = "found", "marked"
"""校验: the names of the lines that list what the button found, and of the hidden cell that keeps what it marked."""

FOUND_LINES = 200
MARKED_COLUMN = 26  # far from all that is shown

RED, TINT = "FF5050", "FBC9C4"
"""What the button marks with: a cell that is probably wrong, and the cells of a relation that fails. Ink can be read
on both."""


def mark(address: str, colour: str, before: str) -> str:
    """A line of the cell `marked`: the formats of the tables look for its beginning."""
    return f"{address} {colour} {before}"


def locator(form: Form, home: str = "") -> Locate:
    """Where each figure stands, seen from the sheet `home`."""

    def locate(cell: str) -> tuple[str, int, int]:
        figure = form.figures[cell]
        return ("" if figure.sheet == home else figure.sheet, figure.column, figure.row + FIRST_LINE - 1)

    return locate


def facts_of(form: Form, aspect: str) -> tuple[Fact, ...]:
    """The facts asked for one aspect; those of "" stand on 基本信息."""
    return tuple(fact for fact in form.facts.values() if fact.aspect == aspect)


def aspect_names(form: Form) -> dict[str, str]:
    """What each text key is called on 正文, in the order of the document."""
    names = {"preamble": "引言（单位、依据、期限、联系方式）"}
    for section in form.sections:
        for key, heading in section.text:
            if key.endswith(".lead"):
                names[key] = f"{section.heading}·开头"
            elif key.endswith(".more"):
                names[key] = f"{section.heading}·补充内容"
            elif key.startswith("note."):
                names[key] = f"{section.heading}·表下说明"
            else:
                names[key] = heading or section.heading
    return names


FIRST_FACT = 5
"""正文: rows 3 and 4 are the heading of the facts and its columns."""


def fact_rows(form: Form) -> dict[str, int]:
    """正文: the row of each fact; every aspect has a heading line of its own, one row above its first fact."""
    rows: dict[str, int] = {}
    row = FIRST_FACT
    for aspect in form.text_keys:
        facts = facts_of(form, aspect)
        row += 1 if facts else 0
        for fact in facts:
            rows[fact.id] = row
            row += 1
    return rows


def text_rows(form: Form) -> dict[str, int]:
    """正文: the row of each text key, below the facts, in the order of the document."""
    first = max((*fact_rows(form).values(), FIRST_FACT)) + 4
    return {key: row for row, key in enumerate(form.text_keys, first)}
