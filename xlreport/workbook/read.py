"""A filled workbook → its Report, and what is wrong in its cells.

Values come from calamine, places from the workbook's defined names; totals are computed from the inputs, and a total
that the file stores otherwise is a finding.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType

from xlreport.errors import FormError, InputError, UnsafeError
from xlreport.finding import Finding, Reading
from xlreport.form import Form
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.safe.workbooks import WORKBOOK, preflight
from xlreport.safe.zips import Package, pack, stored
from xlreport.workbook import cells
from xlreport.workbook.cells import Value
from xlreport.workbook.places import RELATIONS, Layout, Place, layout, names_of, recognise, require_names, text_name
from xlreport.workbook.stamp import stamp
from xlreport.workbook.untouched import Comparison, template, untouched

_STRINGS = "xl/sharedStrings.xml"
_LOST = ("workbook.sheet_missing", "workbook.row_deleted", "workbook.column_deleted")
_UNREAD = {"INF-YEAR": ("year",)}
_SHARED = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, RELATIONS, _STRINGS, "xl/styles.xml")
_STRINGS_TAG = re.compile(rb"<((?:[\w.-]+:)?sst)\b[^<>]*>")
_ERROR_CELL = re.compile(  # every step ends at the next < or >: hostile XML costs no more than its length
    rb"""(<((?:[\w.-]+:)?)c\b[^<>]*?)\st\s*=\s*["']e["']
         ([^<>]*>\s*(?:<\2f\b[^<>]*(?:/>|>[^<]*</\2f>))?\s*<\2v\b[^<>]*>)""",
    re.VERBOSE,
)
_MOST_TEXT = 512 << 20
"""Bytes that the cells of our sheets may hold together: one long string can be shared by very many cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A workbook of ours, opened: its form, the value of every named cell, how it differs from the template."""

    package: Package
    layout: Layout
    form: Form
    values: Mapping[str, Value]
    differences: tuple[Finding, ...] = ()

    def place(self, name: str) -> Place:
        """Where the cell of that name stands."""
        return self.layout.names[name]


def read_workbook(data: bytes, source: str = "") -> Reading:
    """Read a filled workbook (.xlsx, .xlsm); `source` is its file name.

    Raises InputError for what is no workbook, UnsafeError for what could harm, FormError for what is none of ours.
    """
    return read_grid(open_grid(data, source))


def open_grid(data: bytes, source: str = "") -> Grid:
    """The values of the named cells, found by labels where the names have gone astray. Raises as `read_workbook`."""
    package = preflight(data, PurePath(source).suffix)
    skeleton = layout(package)
    form = recognise(package, skeleton)
    compared = Comparison() if untouched(package, skeleton, template(form.id)) else _compared(package, skeleton, form)
    skeleton = replace(skeleton, names=MappingProxyType({**skeleton.names, **compared.places}))
    _require_names(form, skeleton, compared.findings)
    names = names_of(form.id)
    places = skeleton.names
    sheets = _values(package, skeleton, sorted({places[name].sheet for name in names}))
    values: dict[str, Value] = {}
    for name in names:
        sheet, row, column = places[name]
        rows = sheets[sheet]
        values[name] = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
    return Grid(package, skeleton, form, MappingProxyType(values), compared.findings)


def _compared(package: Package, skeleton: Layout, form: Form) -> Comparison:
    from xlreport.workbook.verify import compare  # only where something differs

    return compare(package, skeleton, form)


def _require_names(form: Form, skeleton: Layout, differences: tuple[Finding, ...]) -> None:
    """As `require_names`, but naming what was deleted where that can be told."""
    try:
        require_names(form, skeleton)
    except FormError:
        for finding in differences:
            if finding.key in _LOST:
                raise FormError(finding.key, **finding.values) from None
        raise


def read_grid(grid: Grid) -> Reading:
    """The Report of an opened workbook, and what is wrong in its cells."""
    form = grid.form
    findings: list[Finding] = []
    report = Report(
        form=form.id,
        agency="".join(cells.words(_text(grid, "agency", findings)).split("\n")).strip(),
        year=_year(grid, findings),
        figures=_figures(grid, form.inputs, findings),
        text=_texts(grid, "text", form.text_keys, findings),
        draft=_texts(grid, "draft", form.text_keys, findings),
        kind=_kind(grid, findings),
        contact=_contact(grid, findings),
        facts=_facts(grid, findings),
    )
    wrong = frozenset(x for finding in findings for x in finding.cells or _UNREAD.get(finding.code, ()))
    report = replace(report, unread=wrong).totalled()
    findings += _stored_totals(grid, report.figures)
    report = _with_last_year(grid, report.settled(), findings)
    return Reading(report, (*grid.differences, *findings, *_stale(grid, report)))


def _values(package: Package, skeleton: Layout, wanted: list[str]) -> dict[str, list[list[Value]]]:
    """The cells of these sheets, from A1 on, as calamine reads them.

    It is given a zip of parts that we have seen: without the counts that it would reserve memory for, and with error
    values as text, since it makes blanks of those it knows and fails on the rest.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # only who reads needs it

    for sheet in wanted:
        if skeleton.sheets.get(sheet) not in package.parts:
            raise InputError("workbook.no_sheet", sheet=cells.shown(sheet))
    parts = {name: package.parts[name] for name in _SHARED if name in package.parts}
    if _STRINGS in parts:
        longest = max(map(len, parts[_STRINGS].split(b"si>")))
        sheets = [package.parts[skeleton.sheets[sheet]] for sheet in wanted]
        if longest * sum(part.count(b'"s"') + part.count(b"'s'") for part in sheets) > _MOST_TEXT:
            raise UnsafeError("safe.size", limit=_MOST_TEXT >> 20)
        parts[_STRINGS] = _STRINGS_TAG.sub(rb"<\1>", parts[_STRINGS])
    for sheet in wanted:
        part = package.parts[skeleton.sheets[sheet]]
        if b'"e"' in part or b"'e'" in part:
            part = _ERROR_CELL.sub(rb'\1 t="str"\3' + cells.ERROR.encode(), part)
        parts[skeleton.sheets[sheet]] = part
    archive = pack(stored(name, part) for name, part in parts.items())
    try:
        with CalamineWorkbook.from_filelike(BytesIO(archive)) as book:
            return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in wanted}
    except CalamineError as error:
        raise InputError("workbook.unreadable", reason=cells.shown(str(error), 80)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; it is no Exception, and not to be imported
            raise
        raise InputError("workbook.unreadable", reason=cells.shown(str(error), 80)) from None


def _figures(grid: Grid, wanted: Iterable[str], findings: list[Finding], *, last: bool = False) -> Mapping[str, Number]:
    figures = {}
    for cell in wanted:
        figure = grid.form.figures[cell]
        name = f"last_{figure.defined_name}" if last else figure.defined_name
        value = grid.values[name]
        found = cells.number(value)
        if found is not None:
            figures[cell] = found
        elif not cells.blank(value):
            title = cells.figure_title(figure, last=last)
            findings.append(cells.wrong_figure(value, grid.place(name), title, () if last else (cell,)))
    return MappingProxyType(figures)


def _stored_totals(grid: Grid, sums: Mapping[str, Number]) -> list[Finding]:
    """WB-CACHE where a stored total is not its sum; nothing where none is stored: no program has opened the file."""
    findings = []
    told = {cell for finding in grid.differences if finding.code == "WB-CALC" for cell in finding.cells}
    inputs_err = any(cells.error_text(grid.values[grid.form.figures[cell].defined_name]) for cell in grid.form.inputs)
    for cell in grid.form.totals:
        figure = grid.form.figures[cell]
        value = grid.values[figure.defined_name]
        if cell in told or cells.blank(value) or (inputs_err and cells.error_text(value)):
            continue
        place = grid.place(figure.defined_name)
        actual, expected = cells.number(value), sums.get(cell, 0)
        if actual is None:
            findings.append(cells.wrong_figure(value, place, figure.title, (cell,)))
        elif not math.isclose(actual, expected, rel_tol=1e-9, abs_tol=1e-6):
            values = {"title": figure.title, "address": place.address, "actual": actual, "expected": expected}
            findings.append(
                Finding("WB-CACHE", "warning", "workbook.cache", values, (cell,), (place.address,), expected, actual)
            )
    return findings


def _stale(grid: Grid, report: Report) -> Iterator[Finding]:
    """TXT-STALE where a draft is in use and its stamp is not that of the report as it is now."""
    made_from = cells.words(grid.values["draft_stamp"]).strip()
    used = [key for key in report.draft if key not in report.text]
    if made_from and used and made_from != stamp(report):
        addresses = tuple(grid.place(text_name("draft", key)).address for key in used)
        yield Finding("TXT-STALE", "warning", "words.TXT-STALE.text", {"address": addresses[0]}, addresses=addresses)


def _year(grid: Grid, findings: list[Finding]) -> int | None:
    value = grid.values["year"]
    found = cells.year(value)
    if found is None and not cells.blank(value):
        findings.append(_info("INF-YEAR", "workbook.year", grid.place("year"), value))
    return found


def _kind(grid: Grid, findings: list[Finding]) -> str | None:
    value = grid.values["office_kind"]
    offices = [office.id for office in grid.form.offices]
    kind = cells.words(value).strip()
    if kind in offices:
        return kind
    if kind:
        place = grid.place("office_kind")
        findings.append(_info("INF-KIND", "workbook.kind", place, value, choices="、".join(offices)))
    return None


def _contact(grid: Grid, findings: list[Finding]) -> str | None:
    contact = cells.words(_text(grid, "contact", findings))
    return contact if contact.strip() else None


def _facts(grid: Grid, findings: list[Finding]) -> Mapping[str, Number | str]:
    facts = {}
    for id_, asked in grid.form.facts.items():
        value = grid.values[f"fact_{id_}"]
        if cells.blank(value):
            continue
        answer = cells.fact(value, asked)
        if answer is not None:
            facts[id_] = answer
            continue
        key = f"workbook.fact_{asked.kind}"
        told = {"question": asked.question, "choices": "、".join(asked.options)}
        findings.append(_info("INF-FACT", key, grid.place(f"fact_{id_}"), value, **told))
    return MappingProxyType(facts)


def _texts(grid: Grid, stem: str, keys: Iterable[str], findings: list[Finding]) -> Mapping[str, str]:
    texts = {key: cells.words(_text(grid, text_name(stem, key), findings)) for key in keys}
    return MappingProxyType({key: text for key, text in texts.items() if text.strip()})


def _text(grid: Grid, name: str, findings: list[Finding]) -> Value:
    """The value of a cell that holds text; an error value (a paragraph that begins with "=") is a finding and blank."""
    value = grid.values[name]
    if not cells.error_text(value):
        return value
    findings.append(_info("INF-TEXT", "workbook.text_error", grid.place(name), value))
    return ""


def _info(code: str, key: str, place: Place, value: Value, **told: object) -> Finding:
    """A finding about what is no figure."""
    text = cells.shown(cells.error_text(value) or cells.words(value))
    return Finding(code, "error", key, {"address": place.address, "text": text, **told}, (), (place.address,))


def _with_last_year(grid: Grid, report: Report, findings: list[Finding]) -> Report:
    """`report` with what the workbook holds of last year's, when it holds anything."""
    form = grid.form
    figures = _figures(grid, form.last_year_figures, findings, last=True)
    text = _texts(grid, "last_text", form.last_year_text, findings)
    if not figures and not text:
        return report
    year = None if report.year is None else report.year - 1
    last = Report(form=form.id, agency=report.agency, year=year, figures=figures, text=text)
    return replace(report, last_year=last)
