"""A Report → the locked template, filled in; and the draft → a filled workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlreport.errors import FormError
from xlreport.form import Form
from xlreport.form.weigh import Number
from xlreport.messages import Phrase
from xlreport.report import NO_BUSINESS, Report
from xlreport.safe.workbooks import preflight
from xlreport.workbook.cells import blank
from xlreport.workbook.file import File
from xlreport.workbook.grid import Grid, grid_of
from xlreport.workbook.patch import patch_places
from xlreport.workbook.places import identify, layout, names_of, text_name
from xlreport.workbook.plan import aspect_names
from xlreport.workbook.read import read_grid
from xlreport.workbook.stamp import stamp
from xlreport.workbook.template import template_bytes


def fill(report: Report, template: bytes | None = None) -> bytes:
    """The workbook of a report: what a clerk types is written, totals are the template's formulas with fresh values.

    `template`: another workbook of the report's form to write into. Raises FormError when its form is another,
    InputError for text that no cell can hold. What it has no cell for, `unkept` names.
    """
    package = preflight(template_bytes(report.form) if template is None else template)
    skeleton = layout(package)
    form = identify(package, skeleton)
    if form.id != report.form:
        raise FormError("workbook.other_form", form=form.id, wanted=report.form)
    names = skeleton.names
    return patch_places(
        package,
        skeleton,
        {names[name]: value for name, value in _values(report, form).items()},
        caches={names[form.figures[cell].defined_name]: value for cell, value in sums(report).items()},
        kept=(),
        fit=True,
    )


def write_draft(data: bytes, draft: Mapping[str, str], source: str = "") -> bytes:
    """The workbook with this draft in place of the one before, and with zeros in blank figures where 无业务 is chosen.

    Nothing that the clerk typed is touched. Raises as `read_workbook` does, and InputError for text too long.
    """
    file = File(data, source)
    grid = grid_of(file)
    form, names, report = grid.form, grid.names, read_grid(grid).report
    inputs = [form.figures[cell].defined_name for cell in form.inputs]
    totals = {form.figures[cell].defined_name for cell in form.totals}
    summed = {form.figures[cell].defined_name: value for cell, value in sums(report).items() if cell in report.figures}
    return patch_places(
        file.package,
        file.layout,
        {names[name]: value for name, value in draft_values(grid, report, draft).items()},
        caches={names[name]: value for name, value in summed.items() if name in names},
        unless_formula={names[name] for name in inputs if name in names},
        kept={names[name] for name in names_of(form.id) if name in names and name not in totals},
        fit=True,
    )


def draft_values(grid: Grid, report: Report, draft: Mapping[str, str]) -> dict[str, Number | str | None]:
    """What a draft puts into the cells of a workbook, by name: texts, stamp, and zeros where 无业务 is chosen.

    Raises FormError where a cell for them was deleted.
    """
    form = grid.form
    values: dict[str, Number | str | None] = {text_name("draft", key): draft.get(key) or None for key in form.text_keys}
    values["draft_stamp"] = stamp(report) if draft else None
    if report.facts.get(NO_BUSINESS) == "是":
        inputs = (form.figures[cell].defined_name for cell in form.inputs)
        values |= {name: 0 for name in inputs if name in grid.names and blank(grid.values[name])}
    grid.require(values)
    return values


def final_wins(report: Report, draft: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Which texts have final words that differ from this draft, and so stand in its place."""
    own = [
        name
        for key, name in aspect_names(report.statute).items()
        if report.text.get(key, draft.get(key)) != draft.get(key)
    ]
    return (Phrase("drafting.final_wins", {"count": len(own), "names": "、".join(own)}),) if own else ()


def unkept(report: Report) -> tuple[str, ...]:
    """What `fill` has no cell for, as keys of report data, such as last_year.figures.t3.granted.other.

    Totals of the report itself are not among them: they are computed (`given_totals_that_differ`).
    """
    lost = [f"headings.{key}" for key in report.headings]
    last, form = report.last_year, report.statute
    if last is None:
        return tuple(lost)
    year = None if report.year is None else report.year - 1
    told = {
        "form": last.form != report.form,
        "agency": last.agency != report.agency,
        "year": last.year != year,
        "kind": last.kind is not None,
        "contact": last.contact is not None,
        "last_year": last.last_year is not None,
    }
    lost += [f"last_year.{key}" for key, differs in told.items() if differs]
    lost += [f"last_year.figures.{cell}" for cell in last.figures if cell not in form.last_year_figures]
    lost += [f"last_year.text.{key}" for key in last.words if key not in form.last_year_text]
    lost += [f"last_year.facts.{key}" for key in last.facts]
    lost += [f"last_year.headings.{key}" for key in last.headings]
    return tuple(lost)


def given_totals_that_differ(report: Report) -> tuple[tuple[str, Number, Number], ...]:
    """Totals that a report gives and `fill` replaces: (id, as given, as summed)."""
    summed = sums(report)
    totals = ((cell, report.figures[cell]) for cell in report.statute.totals if cell in report.figures)
    return tuple((cell, given, summed.get(cell, 0)) for cell, given in totals if given != summed.get(cell, 0))


def _values(report: Report, form: Form) -> dict[str, Number | str | None]:
    """What stands in every cell that a clerk or the draft fills, by name."""
    figures = form.figures
    last = report.last_year or Report(report.form, report.agency, None)
    return {
        "agency": report.agency or None,
        "office_kind": report.kind,
        "year": report.year,
        "contact": report.contact,
        **{figures[cell].defined_name: report.figures.get(cell) for cell in form.inputs},
        **{f"fact_{fact}": report.facts.get(fact) for fact in form.facts},
        **{text_name("draft", key): report.draft.get(key) for key in form.text_keys},
        **{text_name("text", key): report.text.get(key) for key in form.text_keys},
        "draft_stamp": stamp(report) if report.draft else None,
        **{f"last_{figures[cell].defined_name}": last.figures.get(cell) for cell in form.last_year_figures},
        **{text_name("last_text", key): last.words.get(key) for key in form.last_year_text},
    }


def sums(report: Report) -> dict[str, Number]:
    """What the template's formulas give for a report's totals, by id; none where all their parts are blank."""
    totalled = replace(report, last_year=None).totalled().settled()
    return {cell: totalled.figures[cell] for cell in totalled.statute.totals if cell in totalled.figures}
