"""Tables that stand one after another and are one: broken over pages, or cut into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlreport.form import FORMS, load_form
from xlreport.published.align import LIKE
from xlreport.published.find import promising, words_of
from xlreport.published.grid import MOST_LINES
from xlreport.published.page import Block, Line, Spot, Table
from xlreport.published.place import fit

MOST_TOGETHER = 6
"""Tables that may be one: 表二 has four blocks."""
MOST_TRIED = 20
"""Tables of a document that are tried as the first of some."""
_NUMBER = re.compile(r"第?[-—–－\s]*\d{1,4}[-—–－\s]*页?(?:[/共]\s*\d+\s*页?)?")
_BETWEEN = 40
"""Characters that a line between them may have; it is read as a line of the table."""
_SECTION = re.compile(r"[一二三四五六七八九十]+\s*[、.．]")
_BETTER = 0.05


def stacked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with tables put together where so they fit a statutory table better than any of them alone."""
    done: list[Block] = []
    at = tried = 0
    while at < len(blocks):
        runs = list(_runs(blocks, at)) if isinstance(blocks[at], Table) and tried < MOST_TRIED else []
        tried += bool(runs)
        end, table = _best(runs) or (at, blocks[at])
        done.append(table)
        at = end + 1
    return tuple(done)


def _best(runs: Sequence[tuple[int, list[Block]]]) -> tuple[int, Table] | None:
    """Where the best of some stacks that begin together ends, and the stack; None where the tables are better alone."""
    tables = [[part for part in parts if isinstance(part, Table)] for _, parts in runs]
    known = [(load_form(form), table.id) for form in FORMS for table in load_form(form).tables]
    known = [(form, id_) for form, id_ in known if runs and promising([words_of(tables[0][0])], form.table(id_))]
    best: tuple[float, int, Table] | None = None
    for form, id_ in known:
        alone = [fit(table, form, id_) for table in tables[-1]]
        for (end, parts), those in zip(runs, tables, strict=True):
            whole = _stack(parts)
            gained = fit(whole, form, id_)
            least = max(LIKE, max(alone[: len(those)]) + _BETTER, best[0] + _BETTER if best else 0.0)
            best = (gained, end, whole) if gained >= least else best
    return None if best is None else best[1:]


def _runs(blocks: Sequence[Block], at: int) -> Iterator[tuple[int, list[Block]]]:
    """Two tables and more from here on, with the short lines between them."""
    parts: list[Block] = [blocks[at]]
    tables = 1
    for end in range(at + 1, min(at + 4 * MOST_TOGETHER, len(blocks))):
        block = blocks[end]
        if isinstance(block, Table):
            parts.append(block)
            tables += 1
            if sum(part.height for part in parts if isinstance(part, Table)) > MOST_LINES or tables > MOST_TOGETHER:
                return
            yield end, list(parts)
        elif len(block.text) > _BETWEEN or _SECTION.match(block.text):
            return
        elif not _NUMBER.fullmatch(block.text.strip()):
            parts.append(block)


def _stack(parts: Sequence[Block]) -> Table:
    """One below the other, each with columns of its own."""
    spots: list[Spot] = []
    width = max(part.width for part in parts if isinstance(part, Table))
    row = 0
    for part in parts:
        if isinstance(part, Line):
            spots.append(Spot(row + 1, 1, 1, width, part.text))
            row += 1
        else:
            spots += [spot._replace(row=spot.row + row) for spot in part.spots]
            row += part.height
    first = parts[0]
    return Table(tuple(spots), first.where if isinstance(first, Table) else "")
