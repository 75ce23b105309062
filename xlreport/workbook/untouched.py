"""The quick look: are labels, formulas, merges and validations spelled byte for byte as in the template?

True only when nothing can differ. What our writing into the template leaves is spelled like it; what another
program saved takes the long way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from xlreport.finding import Finding
from xlreport.safe.workbooks import preflight
from xlreport.safe.zips import Package
from xlreport.workbook.places import Layout, Place, layout
from xlreport.workbook.template import template_bytes

_PIECE = re.compile(
    rb'<c r="([A-Z]{1,2}[0-9]{1,3})"[^<>]*>(?:<f>([^<]*)</f>|<is><t[^<>]*>([^<]*)</t></is>|<v>([^<]*)</v></c>)'
)
_BLOCKS = ((b"<mergeCells", b"</mergeCells>"), (b"<dataValidations", b"</dataValidations>"))

_Piece = tuple[bytes, bytes, bytes, bytes]


class Spelling(NamedTuple):
    """Of a sheet: its cells by address (address, formula, text, number), and its lists of merges and validations."""

    cells: Mapping[bytes, _Piece]
    blocks: tuple[bytes, ...]


class Comparison(NamedTuple):
    """What differs from the template, and where each named cell stands; none for those that are gone.

    deleted: names of cells whose row, column or sheet is no more, of which the findings tell.
    """

    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    deleted: frozenset[str] = frozenset()


class Template(NamedTuple):
    """The committed template of a form, opened."""

    form_id: str
    package: Package
    layout: Layout


@cache
def template(form_id: str) -> Template:
    """Opened once a process. Raises as `template_bytes` does."""
    package = preflight(template_bytes(form_id))
    return Template(form_id, package, layout(package))


def untouched(package: Package, skeleton: Layout, original: Template) -> bool:
    """Is the workbook the template but for what has been filled in?"""
    return skeleton.names == original.layout.names and all(
        (part := package.parts.get(skeleton.sheets.get(sheet, ""))) is not None
        and (part == original.package.parts[part_name] or _same(part, original.form_id, sheet))
        for sheet, part_name in original.layout.sheets.items()
    )


def _same(part: bytes, form_id: str, sheet: str) -> bool:
    if b't="s"' in part or part.count(b"<sheetData") != 1:
        return False
    found = _spelling(part)
    own = _own(form_id, sheet)
    return own.blocks == found.blocks and own.cells.items() <= found.cells.items()


@cache
def _own(form_id: str, sheet: str) -> Spelling:
    """A sheet of the template without the cells to fill in: those with a name and no formula."""
    _, package, skeleton = template(form_id)
    part = package.parts[skeleton.sheets[sheet]]
    named = {place.cell.encode() for place in skeleton.names.values() if place.sheet == sheet}
    cells, blocks = _spelling(part)
    return Spelling({at: cell for at, cell in cells.items() if cell[1] or at not in named}, blocks)


def _spelling(part: bytes) -> Spelling:
    blocks = tuple(part[part.find(start) : part.find(end)] if start in part else b"" for start, end in _BLOCKS)
    return Spelling({piece[0]: piece for piece in _PIECE.findall(part)}, blocks)
