"""The main job as plain functions: everything that stands above calls only these.

    read → judge → Verdict          check
    read → draft → workbook         draft_workbook
    read → judge → outline → file   export

Each imports what it uses when it is called: a click starts a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from xlreport.errors import InputError
from xlreport.finding import Finding, Reading, Verdict
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.report import Report

WORKBOOKS = (".xlsx", ".xlsm")
KINDS = ("docx", "pdf", "html", "json")


def load(path: Path) -> bytes:
    """The content of a file. Raises InputError when there is none to read."""
    try:
        if path.is_dir():
            raise InputError("files.is_folder", path=path)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError("files.missing", path=path) from None
    except OSError as error:
        raise InputError("files.unreadable", path=path, reason=error.strerror or error) from None
    if not content:
        raise InputError("files.empty", path=path)
    return content


def read(path: Path) -> Reading:
    """The report in a workbook or in report data, with 无业务 settled. Raises InputError."""
    content = load(path)
    if path.suffix.lower() in WORKBOOKS:
        from xlreport.workbook.read import read_workbook

        return read_workbook(content, path.name)
    if path.suffix.lower() == ".json":
        from xlreport.data import parse_report

        return Reading(parse_report(content).settled())
    raise InputError("files.unknown_kind", path=path)


def check(path: Path, last_year: Path | None = None) -> Verdict:
    """The verdict on one file. A file that cannot be used raises InputError."""
    report, findings = read(path)
    return judge(path, beside(report, last_year), findings)


def judge(path: Path, report: Report, findings: tuple[Finding, ...] = ()) -> Verdict:
    """The verdict on a report that has been read from `path`."""
    from xlreport.narrative.reading import stated
    from xlreport.rules import judge as judge_report

    figures_in_text = stated(report)
    found, not_assessed = judge_report(report, figures_in_text)
    return Verdict(
        source=str(path),
        form=report.form,
        agency=report.agency,
        year=report.year,
        findings=(*findings, *found),
        not_assessed=not_assessed,
        figures_in_text=figures_in_text,
    )


def beside(report: Report, last_year: Path | None) -> Report:
    """The report with last year's beside it."""
    return report if last_year is None else replace(report, last_year=read(last_year).report)


def new_workbook(form: str, agency: str = "", year: int | None = None, last_year: Path | None = None) -> bytes:
    """A fresh locked template. Last year's 四 becomes this year's 二, and what rarely changes is taken over."""
    from xlreport.data import one_line, report_year
    from xlreport.workbook.fill import fill

    report = Report(
        form=form,
        agency=one_line(agency, "agency") if agency else "",
        year=None if year is None else report_year(year, "year"),
    )
    if last_year is not None:
        report = _carried_over(report, read(last_year).report)
    return fill(report)


def _carried_over(report: Report, before: Report) -> Report:
    carried = {now: before.figures[then] for then, now in report.statute.carry if then in before.figures}
    return replace(
        report,
        agency=report.agency or before.agency,
        year=report.year or (before.year + 1 if before.year else None),
        kind=before.kind,
        contact=before.contact,
        figures=MappingProxyType({cell: n for cell, n in carried.items() if cell not in report.statute.totals}),
        last_year=replace(before, last_year=None),
    )


class Filled(NamedTuple):
    """A filled workbook, the given totals that are not the sums of their parts, and what it has no cell for."""

    content: bytes
    differing: tuple[tuple[str, Number, Number], ...]
    unkept: tuple[str, ...]


def fill_workbook(path: Path) -> Filled:
    """Report data in the locked template of their form. Raises InputError."""
    from xlreport.data import parse_report
    from xlreport.workbook.fill import fill, given_totals_that_differ, unkept

    report = parse_report(load(path))
    return Filled(fill(report), given_totals_that_differ(report), unkept(report))


def build_template(form: str) -> bytes:
    """The locked template of a form, built afresh."""
    from xlreport.workbook.build import build_template as build

    return build(load_form(form))


def draft_text(report: Report) -> Mapping[str, str]:
    """The narrative that figures and facts give, by text key."""
    from xlreport.narrative.draft import draft

    return draft(report)


def draft_workbook(path: Path) -> bytes:
    """A copy of a workbook with the narrative drafted in it; report data are put into the template first."""
    from xlreport.workbook.fill import fill, write_draft

    report = read(path).report
    if path.suffix.lower() in WORKBOOKS:
        return write_draft(load(path), draft_text(report), path.name)
    return fill(replace(report, draft=draft_text(report)))


def fonts_used(language: str) -> tuple[str, ...]:
    """A line for each face of the PDF: the font it is set in, and where that came from."""
    from xlreport.document.fonts import find_fonts

    return find_fonts().report(language)


def render(report: Report, kind: str) -> bytes:
    """The final document as one of KINDS."""
    if kind == "json":
        from xlreport.data import dump_report

        return dump_report(report).encode()
    from xlreport.document.compose import compose

    outline = compose(report)
    if kind == "docx":
        from xlreport.document.docx import render_docx

        return render_docx(outline)
    if kind == "pdf":
        from xlreport.document.pdf import render_pdf

        return render_pdf(outline)
    from xlreport.document.html import render_html

    return render_html(outline).encode()
