"""Building the locked template from a form. Reading and filling are done by others, and never by openpyxl."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from xlreport.form import FIRST_LINE, Form
from xlreport.workbook.build import basics, checklist, guide, tables, words
from xlreport.workbook.build.buttons import add_buttons
from xlreport.workbook.build.inputs import name_cell
from xlreport.workbook.build.zipped import EPOCH, stable
from xlreport.workbook.plan import BASICS, CHECKS, GUIDE, WORDS
from xlreport.workbook.template import TEMPLATE_VERSION

__all__ = ["build_template"]


def build_template(form: Form) -> bytes:
    """The locked template of `form`, an .xlsx; built twice it has the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names = [GUIDE, BASICS, *(table.sheet for table in form.tables), WORDS, CHECKS]
    sheets = {name: book.create_sheet(name) for name in names}
    guide.write(sheets[GUIDE], form)
    basics.write(sheets[BASICS], form)
    for table in form.tables:
        tables.write(sheets[table.sheet], form, table)
        for figure in table.figures:
            name_cell(sheets[table.sheet], figure.defined_name, figure.row + FIRST_LINE - 1, figure.column)
    words.write(sheets[WORDS], form)
    checklist.write(sheets[CHECKS], form)
    _mark(book, form)
    target = BytesIO()
    book.save(target)
    return add_buttons(stable(target.getvalue()), 1 + names.index(CHECKS))


def _mark(book: Workbook, form: Form) -> None:
    """Say which form and version this is; lock the structure; compute everything when opened."""
    book.defined_names["xlreport_form"] = DefinedName("xlreport_form", attr_text=f'"{form.id}"')
    book.defined_names["xlreport_version"] = DefinedName("xlreport_version", attr_text=str(TEMPLATE_VERSION))
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # the stubs are older
    properties.append(StringProperty(name="XlreportForm", value=form.id))
    properties.append(IntProperty(name="XlreportVersion", value=TEMPLATE_VERSION))
    book.security = WorkbookProtection(lockStructure=True)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "xlreport"
    book.properties.title = f"{form.notice_title}填报模板"
    book.properties.created = datetime(*EPOCH)  # noqa: DTZ001  # openpyxl writes it as UTC
    colours = {GUIDE: "7F8FA9", BASICS: "2F6DB5", WORDS: "B5762F", CHECKS: "C00000"}
    for sheet in book.worksheets:
        sheet.sheet_properties.tabColor = colours.get(sheet.title, "3E8E5A")
        sheet.sheet_view.showGridLines = False
