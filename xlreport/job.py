"""The main job as plain functions: everything that stands above calls only these.

    read → judge → Verdict          check
    read → draft → workbook         draft_workbook
    read → judge → outline → file   export
    page → shown ↔ printed          import, verify

Each imports what it uses when it is called: a click starts a process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlreport.document.dress import PLAIN, Dress
from xlreport.errors import FormError, InputError, UsageError
from xlreport.finding import Finding, Reading, Verdict
from xlreport.form import Figure, load_form
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.published.compared import Compared
from xlreport.report import Report
from xlreport.results.kinds import RESULTS, results
from xlreport.safe.load import load, naming

if TYPE_CHECKING:
    from xlreport.document.letterhead import Mistake
    from xlreport.published.compare import Printed
    from xlreport.published.source import Source
    from xlreport.workbook.upgrade import Upgraded

__all__ = [
    "KINDS",
    "PUBLISHED",
    "RESULTS",
    "WORKBOOKS",
    "Compared",
    "Drafted",
    "Dress",
    "Filled",
    "Fresh",
    "build_template",
    "check",
    "check_letterhead",
    "draft_text",
    "draft_workbook",
    "errata",
    "fill",
    "fill_workbook",
    "fonts_used",
    "judge",
    "new_workbook",
    "other_years",
    "printed",
    "read",
    "read_sourced",
    "read_whole",
    "render",
    "results",
    "sources",
    "unusable",
    "upgrade_workbook",
    "verify",
    "verify_template",
]

WORKBOOKS = (".xlsx", ".xlsm")
PUBLISHED = (".html", ".htm", ".docx", ".pdf", ".txt", ".md")
KINDS = ("docx", "pdf", "html", "json")


def read(path: Path, *, lenient: bool = False) -> Reading:
    """The report in a workbook, in report data or in a published document, with 无业务 settled. Raises InputError.

    `lenient`: a published figure with a unit or a remark counts as the number it begins with.
    """
    return read_sourced(path, lenient=lenient)[0]


def read_whole(path: Path) -> Reading:
    """As `read`, for what is added up, carried over or compared with: nobody would see there what is not in it.

    Raises FormError, too, where figures or the kind of the office were deleted with their rows, columns or sheets.
    """
    from xlreport.workbook.plan import BASICS

    with naming(path):
        reading = read(path)
        kind = BASICS if "kind" in reading.report.unread else None
        for finding in reading.findings:
            if finding.code == "WB-SHAPE" and (finding.cells or (kind and finding.values.get("sheet") == kind)):
                raise FormError(finding.key, **finding.values)
        return reading


def read_sourced(path: Path, *, lenient: bool = False) -> tuple[Reading, tuple[Source, ...]]:
    """As `read`, and where every figure stands in a published document; none for a workbook of ours or report data."""
    with naming(path):
        content, kind = load(path), path.suffix.lower()
        if kind == ".json":
            from xlreport.data import parse_report

            return Reading(parse_report(content).settled()), ()
        if kind in WORKBOOKS:
            return _read_workbook(content, path.name, lenient=lenient)
        if kind not in PUBLISHED:
            raise InputError("files.unknown_kind", path=path)
        from xlreport.published.read import open_page, read_sourced

        return read_sourced(open_page(content, kind), printed, lenient=lenient)


def _read_workbook(content: bytes, name: str, *, lenient: bool) -> tuple[Reading, tuple[Source, ...]]:
    """One of ours; one of somebody else's making as a published report, where it has the statutory tables."""
    from xlreport.workbook.read import read_workbook

    try:
        return read_workbook(content, name), ()
    except FormError as error:
        if error.key != "workbook.foreign":
            raise
        from xlreport.published.read import read_sourced
        from xlreport.published.sheets import page_of
        from xlreport.results.answers import is_list
        from xlreport.workbook.foreign import shown_cells

        shown = shown_cells(content, name)
        if any(is_list([cell.text for cell in cells if cell.row == 1]) for cells in shown.values()):
            raise FormError("workbook.list") from None
        page = page_of(shown)
        try:
            return read_sourced(page, printed, lenient=lenient)
        except InputError as reason:
            raise error if reason.key == "published.no_tables" else reason from None


def sources(path: Path, report: Report, listed: Sequence[Source]) -> str:
    """Where the figures of a report that was read from `path` stand there, as `xlreport/sources/1`."""
    from xlreport.published.source import as_json

    return as_json(str(path), report, listed)


def other_years(report: Report) -> tuple[Finding, ...]:
    """Where the words of a report speak of another year than its title."""
    from xlreport.rules.txt_year import RULE

    return tuple(found for found in RULE.judge(report) if isinstance(found, Finding)) if RULE.judge else ()


def check(
    path: Path, last_year: Report | None = None, errata: Sequence[Path] = (), explanations: Path | None = None
) -> Verdict:
    """The verdict on one file, last year's report beside it. A file that cannot be used raises InputError."""
    report, findings = read(path)
    report = report if last_year is None else replace(report, last_year=last_year)
    return judge(path, report, findings, errata, explanations)


def judge(
    path: Path,
    report: Report,
    findings: tuple[Finding, ...] = (),
    errata: Sequence[Path] = (),
    explanations: Path | None = None,
) -> Verdict:
    """The verdict on a report that has been read from `path`. Raises InputError.

    errata: files besides those that are always in force. explanations: the unit's, in TOML or in a list of
    findings (.xlsx), instead of the file beside `path`.
    """
    from xlreport.narrative.reading import stated
    from xlreport.results.elsewhere import elsewhere
    from xlreport.results.explanations import explanations_of
    from xlreport.rules import judge as judge_report
    from xlreport.rules.errata import amend, known_errata, today
    from xlreport.rules.explain import explain
    from xlreport.rules.ruleset import ruleset
    from xlreport.rules.suspects import suspects

    figures_in_text = stated(report)
    found, not_assessed = judge_report(report, figures_in_text)
    in_force = known_errata(*errata)
    found, not_assessed, amended = amend((*findings, *found), not_assessed, in_force, report, today())
    found, explained = explain(found, explanations_of(path, report, explanations), report)
    verdict = Verdict(
        source=str(path),
        form=report.form,
        agency=report.agency,
        year=report.year,
        findings=found,
        not_assessed=not_assessed,
        suspects=suspects(report, found, figures_in_text),
        figures_in_text=figures_in_text,
        ruleset=ruleset(),
        errata=amended,
        explanations=explained,
        report=report,
    )
    return elsewhere(verdict)


def unusable(path: Path, error: InputError) -> Verdict:
    """The verdict on a file that cannot be used."""
    from xlreport.rules.ruleset import ruleset

    finding = Finding(error.code, "error", error.key, error.values)
    return Verdict(source=str(path), findings=(finding,), unusable=True, ruleset=ruleset())


def errata(files: Sequence[Path]) -> None:
    """Raises InputError when a file of errata cannot be used; `judge` would find out only at the first report."""
    from xlreport.rules.errata import known_errata

    known_errata(*files)


class Fresh(NamedTuple):
    """A fresh workbook, and what is to be said of the report that it took figures from."""

    content: bytes
    findings: tuple[Finding, ...] = ()


def new_workbook(form: str, agency: str = "", year: int | None = None, last_year: Path | None = None) -> Fresh:
    """A fresh locked template. Last year's 四 becomes this year's 二, and what rarely changes is taken over."""
    from xlreport.data import one_line, report_year
    from xlreport.rules.ly_agency import RULE
    from xlreport.workbook.fill import fill
    from xlreport.workbook.fresh import carried_over

    report = Report(
        form=form,
        agency=one_line(agency, "--agency") if agency else "",
        year=None if year is None else report_year(year, "--year"),
    )
    if last_year is not None:
        before = read_whole(last_year).report
        if report.year and before.year and before.year != report.year - 1:
            raise UsageError("cli.not_last_year", path=last_year, found=before.year, year=report.year)
        report = carried_over(report, before)
    told = RULE.judge(report) if RULE.judge else ()
    return Fresh(fill(report), tuple(item for item in told if isinstance(item, Finding)))


class Filled(NamedTuple):
    """A filled workbook, the given totals that are not the sums of their parts, and what it has no cell for."""

    content: bytes
    differing: tuple[tuple[Figure, Number, Number], ...]
    unkept: tuple[str, ...]


def fill_workbook(path: Path) -> Filled:
    """Report data in the locked template of their form. Raises InputError."""
    from xlreport.data import parse_report
    from xlreport.workbook.fill import fill, given_totals_that_differ, unkept

    with naming(path):
        report = parse_report(load(path))
    figures = report.statute.figures
    differing = tuple((figures[cell], given, sum_) for cell, given, sum_ in given_totals_that_differ(report))
    return Filled(fill(report), differing, unkept(report))


def build_template(form: str) -> bytes:
    """The locked template of a form, built afresh."""
    from xlreport.workbook.build import build_template as build

    return build(load_form(form))


def upgrade_workbook(path: Path) -> Upgraded:
    """All that is filled into a workbook, in a fresh template of its form. Raises InputError."""
    from xlreport.workbook.upgrade import upgrade

    with naming(path):
        if path.suffix.lower() not in WORKBOOKS:
            raise InputError("upgrade.kind", path=path)
        return upgrade(load(path), path.name)


def verify_template(path: Path) -> tuple[Finding, ...]:
    """How a workbook differs from the template of its form, apart from what is filled in. Raises InputError."""
    from xlreport.workbook.verify import verify

    with naming(path):
        return verify(load(path), path.name)


def draft_text(report: Report) -> Mapping[str, str]:
    """The narrative that figures and facts give, by text key."""
    from xlreport.narrative.draft import draft

    return draft(report)


class Drafted(NamedTuple):
    """A workbook with its draft, and what is to be said of it."""

    content: bytes
    notes: tuple[Phrase, ...]


def draft_workbook(path: Path) -> Drafted:
    """A copy of a workbook with the narrative drafted in it; report data are put into the template first.

    The draft tells the figures of the workbook that holds it, whose totals are sums, whatever totals were given.
    """
    from xlreport.workbook.fill import fill, final_wins, write_draft
    from xlreport.workbook.read import read_workbook

    content = load(path) if path.suffix.lower() in WORKBOOKS else fill(read(path).report)
    report = read_workbook(content, path.name).report
    draft = draft_text(report)
    return Drafted(write_draft(content, draft, path.name), final_wins(report, draft))


def fonts_used(language: str, profile: str = "official", *, summary: bool = False) -> tuple[str, ...]:
    """A line for each face of the PDF: the font it is set in, and where that came from."""
    from xlreport.document.fonts import find_fonts
    from xlreport.document.pdf import faces_used
    from xlreport.document.profile import load_profile

    return find_fonts().report(faces_used(load_profile(profile), summary=summary), language)


def check_letterhead(path: Path) -> tuple[Mistake, ...]:
    """What is wrong in an office's own Word file. Raises UnsafeError, or InputError for what is none."""
    from xlreport.document.letterhead import check_letterhead as check_docx

    with naming(path):
        return check_docx(load(path))


def printed(report: Report) -> Printed:
    """What our own document of a report says, for comparing."""
    from xlreport.document.compose import compose
    from xlreport.document.outline import Grid
    from xlreport.published.compare import Printed

    outline = compose(report)
    return Printed(report, (outline.title, *(block.text for block in outline.blocks if not isinstance(block, Grid))))


def verify(path: Path, against: Path) -> Compared:
    """Whether a published document shows the report that was checked, cell by cell, word by word. Raises InputError."""
    from xlreport.published.read import verify_published

    report = read_whole(against).report
    with naming(path):
        if path.suffix.lower() not in PUBLISHED:
            raise InputError("verify.kind", path=path)
        findings, data = verify_published(load(path), path.suffix.lower(), printed(report))
    return Compared(str(path), str(against), report, findings, data)


def fill(report: Report) -> bytes:
    """A report in the locked workbook of its form, inputs only."""
    from xlreport.workbook.fill import fill as filled

    return filled(report)


def render(
    report: Report,
    kind: str,
    *,
    dress: Dress = PLAIN,
    embed: bool = False,
    data: bool = True,
    summary: bool = False,
) -> bytes:
    """The final document as one of KINDS. data: a document carries the report. The others: see `document.render`."""
    if kind == "json":
        from xlreport.data import dump_report

        return dump_report(report).encode()
    from xlreport.document.render import beside
    from xlreport.document.render import render as rendered
    from xlreport.envelope import seal
    from xlreport.rules.ruleset import ruleset

    if kind == "docx" and dress.letterhead:
        return _in_letterhead(report, dress, dress.letterhead, data=data)
    carried = seal(report, str(ruleset()), beside(report, dress)) if data else None
    return rendered(report, kind, dress, carried=carried, embed=embed, summary=summary)


def _in_letterhead(report: Report, dress: Dress, path: Path, *, data: bool) -> bytes:
    """The filled letterhead: what it has of its own is what the reader of published files finds beside the report."""
    from xlreport.document.carry import carry
    from xlreport.document.render import render as rendered
    from xlreport.envelope import seal
    from xlreport.published.read import beside_report
    from xlreport.rules.ruleset import ruleset

    content = rendered(report, "docx", dress)
    with naming(path):
        found = beside_report(content, ".docx", printed(report))
    return carry(content, seal(report, str(ruleset()), found)) if data else content
