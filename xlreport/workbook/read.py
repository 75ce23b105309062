"""A filled workbook → its Report, and what is wrong in its cells.

Values and places come from a `grid`, of a file or of an open book; totals are computed from the inputs, and a total
that is stored otherwise is a finding.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from xlreport.finding import Finding, Reading
from xlreport.form.weigh import Number
from xlreport.report import Report
from xlreport.workbook import cells
from xlreport.workbook.cells import Value
from xlreport.workbook.file import File
from xlreport.workbook.grid import Grid, grid_of
from xlreport.workbook.places import Place, text_name
from xlreport.workbook.stamp import stamp

_UNREAD = {"INF-YEAR": ("year",)}


def read_workbook(data: bytes, source: str = "") -> Reading:
    """Read a filled workbook (.xlsx, .xlsm); `source` is its file name.

    Raises InputError for what is no workbook, UnsafeError for what could harm, FormError for what is none of ours.
    """
    return read_grid(grid_of(File(data, source)))


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
    gone = [cell for cell, figure in form.figures.items() if figure.defined_name not in grid.names]
    unknown = form.summed(cell for cell in gone if cell not in form.totals)
    report = replace(report, unread=wrong | unknown | {*gone, *_other_gone(grid)}).totalled()
    findings += _stored_totals(grid, report.figures, unknown)
    report = report.settled()
    known = MappingProxyType({cell: number for cell, number in report.figures.items() if cell not in unknown})
    report = _with_last_year(grid, replace(report, figures=known), findings)
    return Reading(report, (*grid.differences, *findings, *_stale(grid, report)))


def _other_gone(grid: Grid) -> Iterator[str]:
    """What else a report has whose cell was deleted, as `Report.unread` calls it."""
    names = {"agency": "agency", "year": "year", "kind": "office_kind"}
    yield from (what for what, name in names.items() if name not in grid.names)
    for key in grid.form.text_keys:
        if not {text_name("draft", key), text_name("text", key)} <= grid.names.keys():
            yield key


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


def _stored_totals(grid: Grid, sums: Mapping[str, Number], unknown: Collection[str]) -> list[Finding]:
    """WB-CACHE where a stored total is not its sum; nothing where none is stored: no program has opened the file.

    unknown: totals of which a part was deleted.
    """
    findings = []
    told = {cell for finding in grid.differences if finding.code == "WB-CALC" for cell in finding.cells}
    inputs_err = any(cells.error_text(grid.values[grid.form.figures[cell].defined_name]) for cell in grid.form.inputs)
    for cell in grid.form.totals:
        figure = grid.form.figures[cell]
        value = grid.values[figure.defined_name]
        if cell in told or cell in unknown or cells.blank(value) or (inputs_err and cells.error_text(value)):
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
    """TXT-STALE where a draft is in use and its stamp is not that of the report now, and nothing is deleted."""
    made_from = cells.words(grid.values["draft_stamp"]).strip()
    used = [key for key in report.draft if key not in report.text]
    if made_from and used and grid.values.keys() <= grid.names.keys() and made_from != stamp(report):
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
