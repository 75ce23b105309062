"""The main job as plain functions: everything that stands above calls only these.

    read → judge → Verdict          check
    read → draft → workbook         draft_workbook
    read → judge → outline → file   export
    page → shown ↔ printed          import, verify

Each imports what it uses when it is called: a click starts a process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from xlreport.errors import InputError, UsageError, reason
from xlreport.finding import Explanation, Finding, Reading, Stated, Suspect, Verdict
from xlreport.form import Figure, load_form
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.report import Report

if TYPE_CHECKING:
    from xlreport.document.letterhead import Mistake
    from xlreport.document.outline import Outline
    from xlreport.document.profile import Profile
    from xlreport.envelope import Beside, Envelope
    from xlreport.published.compare import Printed

WORKBOOKS = (".xlsx", ".xlsm")
PUBLISHED = (".html", ".htm", ".docx", ".pdf", ".txt", ".md")
KINDS = ("docx", "pdf", "html", "json")
RESULTS = ("text", "json", "html", "xlsx", "explain")


def load(path: Path) -> bytes:
    """The content of a file. Raises InputError when there is none to read."""
    try:
        if path.is_dir():
            raise InputError("files.is_folder", path=path)
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError("files.missing", path=path) from None
    except OSError as error:
        raise InputError("files.unreadable", path=path, reason=reason(error)) from None
    if not content:
        raise InputError("files.empty", path=path)
    return content


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """An InputError from within names the file."""
    try:
        yield
    except InputError as error:
        error.source = error.source or str(path)
        raise


def read(path: Path, *, lenient: bool = False) -> Reading:
    """The report in a workbook, in report data or in a published document, with 无业务 settled. Raises InputError.

    `lenient`: a published figure with a unit or a remark counts as the number it begins with.
    """
    with naming(path):
        return _read(path, lenient=lenient)


def _read(path: Path, *, lenient: bool) -> Reading:
    content = load(path)
    if path.suffix.lower() in WORKBOOKS:
        from xlreport.workbook.read import read_workbook

        return read_workbook(content, path.name)
    if path.suffix.lower() == ".json":
        from xlreport.data import parse_report

        return Reading(parse_report(content).settled())
    if path.suffix.lower() in PUBLISHED:
        from xlreport.published.read import read_published

        return read_published(content, path.suffix.lower(), printed, lenient=lenient)
    raise InputError("files.unknown_kind", path=path)


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
    from xlreport.rules import judge as judge_report
    from xlreport.rules.errata import amend, known_errata, today
    from xlreport.rules.explain import explain
    from xlreport.rules.ruleset import ruleset

    figures_in_text = stated(report)
    found, not_assessed = judge_report(report, figures_in_text)
    in_force = known_errata(*errata)
    found, not_assessed, amended = amend((*findings, *found), not_assessed, in_force, report, today())
    found, explained = explain(found, _explanations(path, explanations, report), report)
    return Verdict(
        source=str(path),
        form=report.form,
        agency=report.agency,
        year=report.year,
        findings=found,
        not_assessed=not_assessed,
        suspects=_suspects(report, found, figures_in_text),
        figures_in_text=figures_in_text,
        ruleset=ruleset(),
        errata=amended,
        explanations=explained,
        report=report,
    )


def unusable(path: Path, error: InputError) -> Verdict:
    """The verdict on a file that cannot be used."""
    from xlreport.rules.ruleset import ruleset

    finding = Finding(error.code, "error", error.key, error.values)
    return Verdict(source=str(path), findings=(finding,), unusable=True, ruleset=ruleset())


def _explanations(path: Path, given: Path | None, report: Report) -> tuple[Explanation, ...]:
    """Those in the file `given`, or in the one beside `path`, if there is one. Raises InputError."""
    from xlreport.rules.explain import SUFFIX, parse_explanations

    beside = path.with_name(path.stem + SUFFIX)
    source = given or (beside if beside.is_file() and beside.stat().st_size else None)  # `>` empties it beforehand
    if source is None:
        return ()
    with naming(source):
        if source.suffix.lower() == ".xlsx":
            from xlreport.results.answers import read_answers

            return read_answers(load(source), report)
        return parse_explanations(load(source))


def errata(files: Sequence[Path]) -> None:
    """Raises InputError when a file of errata cannot be used; `judge` would find out only at the first report."""
    from xlreport.rules.errata import known_errata

    known_errata(*files)


def results(verdicts: Sequence[Verdict], kind: str, language: str = "zh", target: Path | None = None) -> bytes:
    """Verdicts as one of RESULTS; `target`: where it will be written, for links from a list to its workbooks."""
    if kind == "json":
        shown = [verdict.to_json(language) for verdict in verdicts]
        text = json.dumps(shown if len(shown) > 1 else shown[0], ensure_ascii=False, indent=1) + "\n"
    elif kind == "xlsx":
        from xlreport.results.sheet import findings_list

        return findings_list(verdicts, language, target)
    elif kind == "html":
        from xlreport.results.page import findings_page

        text = findings_page(verdicts, language)
    elif kind == "explain":
        from xlreport.rules.explain import draft

        (verdict,) = verdicts
        text = draft(verdict, language)
    else:
        from xlreport.results.text import verdict_text

        text = "\n".join(verdict_text(verdict, language) for verdict in verdicts)
    return text.encode(errors="backslashreplace")


def _suspects(report: Report, found: tuple[Finding, ...], told: tuple[Stated, ...]) -> tuple[Suspect, ...]:
    """Which cells are probably wrong, where two sides that must be equal are not."""
    if not any(finding.severity == "error" and finding.expected is not None for finding in found):
        return ()
    from xlreport.rules.locate import locate
    from xlreport.rules.ly_year import comparable

    return locate(comparable(report), told)


class Fresh(NamedTuple):
    """A fresh workbook, and what is to be said of the report that it took figures from."""

    content: bytes
    findings: tuple[Finding, ...] = ()


def new_workbook(form: str, agency: str = "", year: int | None = None, last_year: Path | None = None) -> Fresh:
    """A fresh locked template. Last year's 四 becomes this year's 二, and what rarely changes is taken over."""
    from xlreport.data import one_line, report_year
    from xlreport.rules.ly_agency import RULE
    from xlreport.workbook.fill import fill

    report = Report(
        form=form,
        agency=one_line(agency, "--agency") if agency else "",
        year=None if year is None else report_year(year, "--year"),
    )
    if last_year is not None:
        before = read(last_year).report
        if report.year and before.year and before.year != report.year - 1:
            raise UsageError("cli.not_last_year", path=last_year, found=before.year, year=report.year)
        report = _carried_over(report, before)
    told = RULE.judge(report) if RULE.judge else ()
    return Fresh(fill(report), tuple(item for item in told if isinstance(item, Finding)))


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


def verify_template(path: Path) -> tuple[Finding, ...]:
    """How a workbook differs from the template of its form, apart from what is filled in. Raises InputError."""
    from xlreport.workbook.verify import verify

    with naming(path):
        return verify(load(path), path.name)


def draft_text(report: Report) -> Mapping[str, str]:
    """The narrative that figures and facts give, by text key."""
    from xlreport.narrative.draft import draft

    return draft(report)


def final_wins(report: Report, draft: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Which texts have final words that differ from this draft, and so stand in its place."""
    from xlreport.workbook.plan import aspect_names

    own = [
        name
        for key, name in aspect_names(report.statute).items()
        if report.text.get(key, draft.get(key)) != draft.get(key)
    ]
    return (Phrase("drafting.final_wins", {"count": len(own), "names": "、".join(own)}),) if own else ()


class Drafted(NamedTuple):
    """A workbook with its draft, and what is to be said of it."""

    content: bytes
    notes: tuple[Phrase, ...]


def draft_workbook(path: Path) -> Drafted:
    """A copy of a workbook with the narrative drafted in it; report data are put into the template first.

    The draft tells the figures of the workbook that holds it, whose totals are sums, whatever totals were given.
    """
    from xlreport.workbook.fill import fill, write_draft
    from xlreport.workbook.read import read_workbook

    content = load(path) if path.suffix.lower() in WORKBOOKS else fill(read(path).report)
    report = read_workbook(content, path.name).report
    draft = draft_text(report)
    return Drafted(write_draft(content, draft, path.name), final_wins(report, draft))


def fonts_used(language: str) -> tuple[str, ...]:
    """A line for each face of the PDF: the font it is set in, and where that came from."""
    from xlreport.document.fonts import find_fonts

    return find_fonts().report(language)


class Dress(NamedTuple):
    """How a document looks: a profile's name or file; what an office adds; for DOCX its own Word file around it."""

    profile: str = "official"
    number: str = ""
    date: str = ""
    attachments: tuple[str, ...] = ()
    letterhead: Path | None = None


def check_letterhead(path: Path) -> tuple[Mistake, ...]:
    """What is wrong in an office's own Word file. Raises UnsafeError, or InputError for what is none."""
    from xlreport.document.letterhead import check_letterhead as check_docx

    with naming(path):
        return check_docx(load(path))


def _in_letterhead(path: Path, report: Report, outline: Outline, profile: Profile, *, data: bool) -> bytes:
    """The letterhead with the report in it, as the reader of published files finds it there."""
    from xlreport.document.carry import carry
    from xlreport.document.letterhead import fill_letterhead
    from xlreport.published.read import beside_report

    with naming(path):
        filled = fill_letterhead(load(path), report, outline, profile)
        if filled.mistakes:
            raise InputError("letterhead.wrong", path=path, count=len(filled.mistakes))
        content = carry(filled.content, None)
        beside = beside_report(content, ".docx", printed(report))
    return carry(content, _sealed(report, beside)) if data else content


def _sealed(report: Report, beside: Beside) -> Envelope:
    from xlreport.envelope import seal

    return seal(report, rules_version(), beside)


def printed(report: Report) -> Printed:
    """What our own document of a report says, for comparing."""
    from xlreport.document.compose import compose
    from xlreport.document.outline import Grid
    from xlreport.published.compare import Printed

    outline = compose(report)
    return Printed(report, (outline.title, *(block.text for block in outline.blocks if not isinstance(block, Grid))))


def _beside(report: Report, outline: Outline) -> Beside:
    """What a document of ours prints besides the report, and in the place of the form's title."""
    from xlreport.document.compose import compose
    from xlreport.document.outline import Aside
    from xlreport.envelope import Beside

    title = compose(replace(report, text={}, draft={})).title
    own = [] if outline.title == title else [outline.title]
    asides = (block.text for block in outline.blocks if isinstance(block, Aside))
    return Beside((*own, *asides), (title,) if own else ())


class Compared(NamedTuple):
    """What a published document says otherwise than `against`. `data`: how it is with what it carries."""

    source: str
    against: str
    report: Report
    findings: tuple[Finding, ...]
    data: Literal["same", "other", "damaged", "none"]

    @property
    def different(self) -> int:
        """In how many places they differ: what a document has beside the report is noted, and is no difference."""
        return sum(finding.severity != "note" for finding in self.findings)

    def to_json(self, language: str = "zh") -> dict[str, object]:
        """The object `xlreport/verify/1`."""
        return {
            "schema": "xlreport/verify/1",
            "source": self.source,
            "against": self.against,
            "form": self.report.form,
            "agency": self.report.agency,
            "year": self.report.year,
            "same": not self.different,
            "data": self.data,
            "findings": [finding.to_json(language) for finding in self.findings],
        }


def verify(path: Path, against: Path) -> Compared:
    """Whether a published document shows the report that was checked, cell by cell, word by word. Raises InputError."""
    from xlreport.published.read import verify_published

    report = read(against).report
    with naming(path):
        if path.suffix.lower() not in PUBLISHED:
            raise InputError("verify.kind", path=path)
        findings, data = verify_published(load(path), path.suffix.lower(), printed(report))
    return Compared(str(path), str(against), report, findings, data)


def fill(report: Report) -> bytes:
    """A report in the locked workbook of its form, inputs only."""
    from xlreport.workbook.fill import fill as filled

    return filled(report)


def rules_version() -> str:
    """The version of the rules that a report is judged by, as documents carry it."""
    from xlreport.rules.ruleset import ruleset

    return str(ruleset())


def render(
    report: Report,
    kind: str,
    *,
    dress: Dress | None = None,
    embed: bool = False,
    data: bool = True,
    summary: bool = False,
) -> bytes:
    """The final document as one of KINDS.

    dress: its look and what an office adds; a profile that cannot be used raises DataError.
    embed: of a page, the fragment for a content management system. data: the document carries the report.
    summary: a PDF or a page ends with the picture of the year.
    """
    if kind == "json":
        from xlreport.data import dump_report

        return dump_report(report).encode()
    from xlreport.document.asides import Extras
    from xlreport.document.compose import compose
    from xlreport.document.profile import load_profile

    dress = dress or Dress()
    profile = load_profile(dress.profile)
    extras = Extras(dress.number, dress.date, dress.attachments)
    outline = compose(report, title=profile.title, extras=extras)
    if kind == "docx" and dress.letterhead:
        return _in_letterhead(dress.letterhead, report, outline, profile, data=data)
    if data:
        outline = replace(outline, carried=_sealed(report, _beside(report, outline)))
    if summary:
        from xlreport.summary import summarise

        outline = replace(outline, summary=summarise(report))
    if kind == "docx":
        from xlreport.document.docx import render_docx

        return render_docx(outline, profile)
    if kind == "pdf":
        from xlreport.document.pdf import render_pdf

        return render_pdf(outline, profile)
    from xlreport.document.html import render_embed, render_html

    return (render_embed(outline) if embed else render_html(outline)).encode()
