"""A published report: from what the document carries inside where it shows the same, else from what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from xlreport.envelope import NOTHING, Beside, Carried, figures_hash, unseal
from xlreport.errors import DataError, InputError, UnsafeError
from xlreport.finding import Finding, Reading
from xlreport.form import Figure, Table
from xlreport.messages import Phrase
from xlreport.published.compare import Printed, differences, same
from xlreport.published.compared import Data
from xlreport.published.page import MOST_BLOCKS, TORN, Block, Line, Page, squeezed
from xlreport.published.shown import Shown, show
from xlreport.published.source import Source, sources
from xlreport.published.unread import check_original
from xlreport.published.wording import beside
from xlreport.report import Report
from xlreport.summary import FOOT, HEAD

MOST_NOTED = 1_000
"""Characters of what is left out, which somebody should see whole."""
SHOWN = 3
"""Cells that a sentence names of many."""

FORMULA = "="
"""How a cell of another's workbook shows whose formula has no value in the file."""

Print = Callable[[Report], Printed]
"""What our own document of a report says."""


def read_published(content: bytes, suffix: str, print_: Print, *, lenient: bool = False) -> Reading:
    """The report of a published document. `lenient`: a figure written as 12件 or 1,234 counts, else it is blank.

    What the document carries inside is believed only where it shows the same. Raises InputError for what cannot be
    read, or is no annual report.
    """
    return read_page(open_page(content, suffix), print_, lenient=lenient)


def read_page(page: Page, print_: Print, *, lenient: bool = False) -> Reading:
    """As `read_published`, from the blocks of a document."""
    return read_sourced(page, print_, lenient=lenient)[0]


def read_sourced(page: Page, print_: Print, *, lenient: bool = False) -> tuple[Reading, tuple[Source, ...]]:
    """As `read_page`, and where every figure came from."""
    carried = opened(page)
    if carried is None:
        check_original(page)
    shown = show(page, carried.report.agency if carried else "")
    reading = _reading(page, carried, shown, print_, lenient=lenient)
    return reading, sources(shown, reading.report)


def _reading(page: Page, carried: Carried | None, shown: Shown, print_: Print, *, lenient: bool) -> Reading:
    if carried is not None and same(shown, print_(carried.report)._replace(beside=carried.beside)):
        return Reading(
            replace(carried.report, origins=shown.origins), tuple(_aside(shown, carried.beside) if lenient else ())
        )
    if carried is not None:
        check_original(page)
    findings = [*_found(shown, page.moved, lenient=lenient), *(_aside(shown, NOTHING) if lenient else ())]
    findings = [*_doubt(page, carried, shown), *findings]
    left = {
        cell for cell, value in shown.values.items() if value.how == "text" or (value.how == "read" and not lenient)
    }
    nothing = {cell for cell, value in shown.values.items() if value.how == "nothing"}
    lost = shown.report.statute.figures.keys() - shown.values.keys()
    figures = {cell: number for cell, number in shown.report.figures.items() if cell not in left}
    report = replace(shown.report, figures=figures, unread=frozenset(left | nothing | lost), origins=shown.origins)
    return Reading(report, tuple(findings))


def verify_published(content: bytes, suffix: str, due: Printed) -> tuple[tuple[Finding, ...], Data]:
    """Where a document shows or carries something else than `due`, and how it is with the data that it carries.

    Raises InputError as `read_published` does.
    """
    page = open_page(content, suffix)
    carried = opened(page)
    if carried is None:
        check_original(page)
    else:
        due = due._replace(beside=carried.beside)
    findings = list(differences(show(page, due.report.agency), due, looks=carried is None))
    if page.carried is None:
        return tuple(findings), "none"
    if carried is None:
        return (*findings, Finding("PUB-DATA", "warning", "published.data.damaged")), "damaged"
    if _told(carried.report) != _told(due.report):
        return (*findings, Finding("VER-DATA", "error", "verify.data")), "other"
    return tuple(findings), "same"


def beside_report(content: bytes, suffix: str, due: Printed) -> Beside:
    """What a document of ours shows besides `due`, and the title and headings that it words in its own way.

    Raises InputError where it shows other figures or lacks words of the report.
    """
    shown = show(open_page(content, suffix), due.report.agency)
    known = beside(shown.lines, due.lines)
    found = [x for x in differences(shown, due._replace(beside=known)) if x.severity == "error"]
    if found:
        raise InputError("letterhead.differs", count=len(found), first=Phrase(found[0].key, found[0].values))
    return known


def _told(report: Report) -> tuple[object, ...]:
    """What a report says, but for its facts, which may be amended without a word of the document changing."""
    return report.form, report.agency, report.year, dict(report.figures), dict(report.words)


def open_page(content: bytes, suffix: str) -> Page:
    """The blocks of a document and what it carries, by the suffix of its name. Raises InputError."""
    if suffix in (".html", ".htm"):
        from xlreport.published.html import read_html as reader
    elif suffix == ".docx":
        from xlreport.published.docx import read_docx as reader
    elif suffix == ".pdf":
        from xlreport.published.pdf import read_pdf as reader
    else:
        from xlreport.published.text import read_text as reader
    page = reader(content)
    if len(page.blocks) > MOST_BLOCKS:
        raise UnsafeError("published.blocks", limit=MOST_BLOCKS)
    return page._replace(blocks=_without_picture(page.blocks))


def _without_picture(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What `--with-summary` adds at the end is no part of the report."""
    texts = [squeezed(block.text) if isinstance(block, Line) else "" for block in blocks]
    if HEAD not in texts or FOOT not in texts:
        return blocks
    start, end = len(texts) - 1 - texts[::-1].index(HEAD), len(texts) - 1 - texts[::-1].index(FOOT)
    return blocks[:start] + blocks[end + 1 :] if start < end else blocks


def opened(page: Page) -> Carried | None:
    """The report that a document carries, where it is whole."""
    if page.carried is None:
        return None
    try:
        return unseal(page.carried)
    except DataError:
        return None


def _doubt(page: Page, carried: Carried | None, shown: Shown) -> Iterator[Finding]:
    """What the document carries against what it shows."""
    marked = re.search(r"figures=(sha256:[0-9a-f]{64})", page.mark)
    if page.carried is not None:
        yield Finding("PUB-DATA", "warning", f"published.data.{'other' if carried else 'damaged'}")
    elif marked and marked[1] != figures_hash(shown.report.form, shown.report.figures):
        yield Finding("PUB-DATA", "warning", "published.data.mark")


def _aside(shown: Shown, own: Beside) -> Iterator[Finding]:
    """Lines that are left out since they look as what stands beside a report, and that are not the document's own."""
    known = set(map(squeezed, own.more))
    if lines := [line for line in shown.aside if squeezed(line) not in known]:
        yield Finding("PUB-READ", "note", "published.aside", {"text": " ／ ".join(lines)[:MOST_NOTED]})


def _found(shown: Shown, moved: Collection[str], *, lenient: bool) -> Iterator[Finding]:
    """What is to be said of cells that hold no plain number, and of those that are not there.

    moved: the tables whose columns stand in another order.
    """
    if lenient and not (shown.report.agency and shown.report.year):
        yield Finding("PUB-READ", "note", "published.no_title")
    yield from shown.doubts
    for table in shown.report.statute.tables:
        yield from _lost(shown, table, moved)
    for cell, value in shown.values.items():
        figure = shown.report.statute.figures[cell]
        title = "·".join(figure.names)
        values: dict[str, object] = {"address": figure.address, "title": title, "text": value.text[:20]}
        values["number"] = value.number
        values["place"] = shown.origins[cell].told()
        where = (values, (cell,), (figure.address,))
        if value.how == "read" and lenient:
            yield Finding("PUB-READ", "note", "published.cell.read", *where)
        elif value.how == "read":
            yield Finding("FIG-TEXT", "error", "published.cell.number", *where)
        elif value.text == FORMULA and shown.origins[cell].address:
            yield Finding("FIG-TEXT", "error", "published.cell.formula", *where)
        elif value.text.endswith(TORN):
            values["text"] = value.text.removesuffix(TORN)
            yield Finding("FIG-TEXT", "error", "published.cell.torn", *where)
        elif value.how in ("text", "nothing"):
            yield Finding("FIG-TEXT", "error", f"published.cell.{value.how}", *where)


def _lost(shown: Shown, table: Table, moved: Collection[str]) -> Iterator[Finding]:
    """Which figures of a table are not there, and why."""
    lost = [figure for figure in table.figures if figure.id not in shown.values]
    one_row = [figure for figure in lost if shown.one_row and figure.id.startswith("t3.other.")]
    if one_row:
        yield Finding("PUB-READ", "note", "published.one_row", {}, *_places(one_row))
    lost = [figure for figure in lost if figure not in one_row]
    about: dict[str, object] = {"sheet": table.sheet, "count": len(lost)}
    if len(lost) == len(table.figures) and table.id not in moved:
        yield Finding("PUB-CELL", "warning", "published.table_lost", about, *_places(lost))
    elif lost:
        key = "published.columns" if table.id in moved else "published.lost"
        about["cells"] = "；".join(f"{figure.cell} {'·'.join(figure.names)}" for figure in lost[:SHOWN])
        yield Finding("PUB-CELL", "warning", key, about, *_places(lost))


def _places(figures: Sequence[Figure]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids and addresses of figures."""
    return tuple(figure.id for figure in figures), tuple(figure.address for figure in figures)
