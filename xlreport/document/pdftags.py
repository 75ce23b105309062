"""What Typst 0.15 does not tell of a table to who cannot see it: heads of rows, each figure's heads, a summary.

ISO 32000-1, 14.8.5.7, as PDF/UA-1 (ISO 14289-1, 7.5) wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xlreport.document.cells import heads
from xlreport.document.outline import Cell, Grid
from xlreport.document.pdfobjects import read_objects, write_objects
from xlreport.errors import ProgramError

_KIDS = re.compile(rb"/K\[([0-9 R]*)\]|/K (\d+) 0 R")
_KID = re.compile(rb"(\d+) 0 R")
_CELL = re.compile(
    rb"(<</Type/StructElem)/S/T[HD](/P \d+ 0 R)(?:/ID\([^)]*\))?/A\[(?:<</O/Table(.*?)>>)?(.*)$", re.DOTALL
)
_TABLE_CELL = re.compile(rb"/S/T[HD]/")
_SPAN = re.compile(rb"/(?:Row|Col)Span \d+")
_IDS = re.compile(rb"/IDTree(?:<<.*?>>| \d+ 0 R)", re.DOTALL)


def retagged(pdf: bytes, grids: Sequence[Grid]) -> bytes:
    """The PDF with the heads of `grids` told, which are its only tables, in order; smaller than it was.

    Raises ProgramError when the file is not as Typst writes it.
    """
    try:
        objects, trailer = read_objects(pdf)
        root = next(number for number, body in objects.items() if body.startswith(b"<</Type/StructTreeRoot"))
        tables = [number for number in _below(root, objects) if b"/S/Table/" in objects[number][:40]]
        names = []
        for index, (table, grid) in enumerate(zip(tables, grids, strict=True)):
            objects[table] = objects[table].replace(b"/A[", b"/A[<</O/Table/Summary %b>>" % _text(grid.caption), 1)
            headed = heads(grid)
            numbers = [n for n in _below(table, objects) if _TABLE_CELL.search(objects[n], 0, 40)]
            for number, cell in zip(numbers, grid.cells, strict=True):
                objects[number] = _told(objects[number], cell, headed.get(cell.id, ()), index)
                if cell.role != "figure":
                    names.append(b"%b%d 0 R" % (_id(cell, index), number))
        objects[root] = _IDS.sub(lambda _: b"/IDTree<</Names[%b]>>" % b"".join(sorted(names)), objects[root])
    except (ValueError, StopIteration) as error:
        raise ProgramError("document.pdf.refused", reason=f"tags: {error}") from error
    return write_objects(objects, trailer)


def _below(number: int, objects: Mapping[int, bytes]) -> Iterator[int]:
    """The structure elements below one, in the order of reading."""
    waiting = _kids(objects[number])[::-1]
    while waiting:
        yield (found := waiting.pop())
        waiting += _kids(objects[found])[::-1]


def _kids(body: bytes) -> list[int]:
    return [int(kid) for kids, one in _KIDS.findall(body) for kid in (_KID.findall(kids) or ([one] if one else []))]


def _told(body: bytes, cell: Cell, headed: tuple[Cell, ...], index: int) -> bytes:
    """The element of a cell, which says of what it is the head, or which are its heads."""
    found = _CELL.match(body)
    if not found:
        raise ValueError(body[:80])
    start, parent, table, rest = found.groups()
    spans = b"".join(_SPAN.findall(table or b""))
    if cell.role == "figure":
        ids = b"".join(_id(head, index) for head in headed)
        return b"%b/S/TD%b/A[<</O/Table/Headers[%b]%b>>%b" % (start, parent, ids, spans, rest)
    scope = b"Row" if cell.role == "stub" else b"Column"
    return b"%b/S/TH%b/ID%b/A[<</O/Table/Scope/%b%b>>%b" % (start, parent, _id(cell, index), scope, spans, rest)


def _id(cell: Cell, index: int) -> bytes:
    """Of equal length, so that their order is that of the table."""
    return b"(T%03dR%03dC%03d)" % (index, cell.row, cell.column)


def _text(words: str) -> bytes:
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().upper().encode()
