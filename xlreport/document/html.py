"""Outline → HTML: one file that needs nothing else, runs no script, and reads well on a phone, on paper and aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from jinja2 import Template
from markupsafe import Markup

from xlreport.document.cells import digits, heads, upright
from xlreport.document.outline import Cell, Grid, Outline
from xlreport.document.profile import Profile, load_profile
from xlreport.document.sheets import sheets
from xlreport.document.weblook import style_sheet
from xlreport.safe.jinja import environment
from xlreport.summary import FOOT, HEAD, Summary

WEB = Path(__file__).with_name("web")
"""Our templates; the page of findings takes its tables from them."""
_WIDE = 6
"""A table of more columns than this scrolls inside its own box on a narrow screen."""
_PLACES = re.compile(".+?[省市区县州盟旗乡镇](?=..)|.+", re.DOTALL)
"""新疆维吾尔自治区 / 和硕县 / 农业农村局."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Group:
    """A row group: `tag` is thead or tbody; `rows` holds each line's cells."""

    tag: str
    rows: tuple[tuple[Cell, ...], ...]


def render_html(outline: Outline, profile: Profile | None = None) -> str:
    """The document as one HTML page. Every figure's cell has its id as a class: `c-t3-received-total`.

    With a summary, raises as `render_pdf` does.
    """
    profile = profile or load_profile("official")
    runs, style = sheets(outline.blocks, profile), style_sheet(profile)
    page = _template("page.html").render(outline=outline, title=_title(outline), runs=runs, style=style, draw=_draw)
    return _FORBIDDEN.sub("", page)


def render_embed(outline: Outline) -> str:
    """The document as the fragment that a content management system accepts: no head, no script, styles inline.

    The cells have their ids as classes, and the whole the form and the hash of the figures: `figures-…`.
    """
    mark = outline.carried.mark.replace("=sha256:", "-").replace("=", "-") if outline.carried else ""
    classes = " ".join(["xlreport", *(word for word in mark.split() if word.startswith(("form-", "figures-")))])
    return _FORBIDDEN.sub("", _template("embed.html").render(outline=outline, classes=classes))


def _draw(summary: Summary) -> Markup:
    from xlreport.document.picture import draw_svg  # Typst, which other pages do not need

    return Markup(draw_svg(summary))  # noqa: S704 - Typst wrote it, of numbers and outlines of letters


def _title(outline: Outline) -> tuple[tuple[str, ...], ...]:
    """The agency and what it reports, in words: the title breaks between them, if it must."""
    before, agency, after = outline.title.partition(outline.agency) if outline.agency else (outline.title, "", "")
    if not agency:
        return ((outline.title,),)
    words = re.findall("[0-9]+年|政府信息公开|.+?(?=政府信息公开|$)", after)
    return (*filter(None, [before]), *_PLACES.findall(agency)), tuple(words)


def groups(grid: Grid) -> tuple[Group, ...]:
    """The rows of the grid: its repeated head, then its body, in which a head over all columns opens a new group."""
    lines = [tuple(line) for _, line in groupby(grid.cells, key=lambda cell: cell.row)]
    head, body = lines[: grid.head_lines], lines[grid.head_lines :]
    found = [Group("thead", tuple(head))] if head else []
    starts = [at for at, line in enumerate(body) if at == 0 or scope(line[0], grid) == "rowgroup"]
    for start, end in zip(starts, (*starts[1:], len(body)), strict=True):
        found.append(Group("tbody", tuple(body[start:end])))
    return tuple(found)


def scope(cell: Cell, grid: Grid) -> str:
    """What a header cell speaks for. `rowgroup` and `colgroup` would reach beyond a cell that spans a part of them."""
    if cell.role == "stub":
        return "row"
    return "rowgroup" if cell.columns == len(grid.widths) else "col"


def headers(cell: Cell, grid: Grid) -> str:
    """The ids of a figure's header cells in its own group: `scope` alone would add those of other groups."""
    return " ".join(anchor(head, grid) for head in heads(grid)[cell.id])


def lines(cell: Cell) -> tuple[str, ...]:
    """The label beside several rows in lines of at most three characters, which its column holds; others in one."""
    return upright(cell.text, 3) if cell.role == "stub" and cell.rows > 1 and cell.columns == 1 else (cell.text,)


def anchor(cell: Cell, grid: Grid) -> str:
    """The id of a cell on a page."""
    return f"{grid.id}-{cell.row}-{cell.column}"


OF_TABLES: Mapping[str, Callable[..., object]] = MappingProxyType(
    {"groups": groups, "scope": scope, "headers": headers, "anchor": anchor}
)
"""What a page with our tables (`grid.html`) asks of a table."""


@cache
def _template(name: str) -> Template:
    env = environment(WEB, escape=True)
    env.globals.update(
        OF_TABLES,
        digits=digits,
        lines=lines,
        wide=_WIDE,
        head=HEAD,
        foot=FOOT,
    )
    return env.get_template(name)
