"""Where a figure stands in a file that is no workbook of ours, as a value and as a person would say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from xlreport.messages import Phrase

By = Literal["label", "order", "sums"]
"""How a cell was told to be that of a figure: by labels, by its place between two that have them, by what adds up."""

LISTED = 6
"""Numbers, and cells of a sheet, that are named before a range or … stands for them."""


class Origin(NamedTuple):
    """Where a cell stands in the file, for a person: numbers count from 1, and are 0 where the format has none.

    address: of a cell in a workbook, such as Sheet1!C6.
    """

    page: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    line: int = 0
    address: str = ""
    by: By = "label"

    def told(self) -> Phrase:
        """As a person would say it."""
        return told((self,))


def told(origins: Iterable[Origin]) -> Phrase:
    """Several cells in one phrase: 文件第 2 张表第 4 行第 4、5 列. Raises ValueError where there is none."""
    first, *others = origins
    kind = next(name for name in ("address", "line", "page", "table") if getattr(first, name) or name == "table")
    columns = zip(*(first, *others), strict=True)
    values: dict[str, object] = {
        name: _listed(values) for name, values in zip(Origin._fields, columns, strict=True) if name != "by"
    }
    return Phrase(f"published.at.{kind}", values)


def _listed(values: Iterable[int | str]) -> str:
    """Different ones, once each; many numbers without a gap as a range, a sheet named only with its first cell."""
    several = list(dict.fromkeys(values))
    numbers = [value for value in several if isinstance(value, int)]
    if len(numbers) > LISTED and max(numbers) - min(numbers) + 1 == len(numbers):
        return f"{min(numbers)}–{max(numbers)}"
    sheets: dict[str, list[str]] = {}
    for value in several:
        sheet, mark, cell = str(value).rpartition("!")
        sheets.setdefault(sheet + mark, []).append(cell)
    return "、".join(sheet + "、".join(cells[:LISTED]) + "…" * (len(cells) > LISTED) for sheet, cells in sheets.items())
