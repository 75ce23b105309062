"""The outline of a final document: what all three writers print, in order, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xlreport.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 for 一、 and 2 for （一）."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text. `note`: it explains the table before it."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A line that stands beside the report: 发文字号 below the title, 附件说明, 署名 and 成文日期 at its end.

    indent: characters from the left edge for an attachment, from the right edge for signature and date.
    """

    text: str
    place: Literal["number", "attachment", "signature", "date"]
    indent: float = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a statutory table; `row` and `column` count from 1.

    role: "head" heads columns, "stub" heads rows, "figure" holds a figure (`id`) as printed text.
    """

    text: str
    row: int
    column: int
    rows: int
    columns: int
    role: Literal["head", "stub", "figure"]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A statutory table; `widths` are proportions, `head_lines` repeat on every page that it breaks over."""

    id: str
    caption: str
    widths: tuple[int, ...]
    height: int
    head_lines: int
    cells: tuple[Cell, ...]


Block = Heading | Paragraph | Aside | Grid


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole document. `carried`: the report that it was made from, which goes along with what is printed."""

    title: str
    agency: str
    year: int | None
    blocks: tuple[Block, ...]
    carried: Envelope | None = None
