"""Where everything stands in a workbook of ours: its defined names, never a fixed address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlreport.errors import FormError, InputError
from xlreport.form import FORMS, Form, column_name, column_number, load_form
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import Package
from xlreport.workbook.template import TEMPLATE_VERSION

RELATIONS = "xl/_rels/workbook.xml.rels"
_PROPERTIES = "docProps/custom.xml"
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\s]+))!\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?[A-Z]+\$?[0-9]+)?")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Place(NamedTuple):
    """A cell: its sheet, its row and column, both from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Such as J6."""
        return f"{column_name(self.column)}{self.row}"

    @property
    def address(self) -> str:
        """Such as 表三!J6."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Layout:
    """A workbook's skeleton: the part that holds each sheet, the place of each name, the text of each constant name."""

    sheets: Mapping[str, str]
    names: Mapping[str, Place]
    constants: Mapping[str, str]


def layout(package: Package) -> Layout:
    """The skeleton of a workbook. Raises InputError when its parts do not parse."""
    return _layout(package.parts[WORKBOOK], package.parts.get(RELATIONS, b""))


@lru_cache(maxsize=8)  # a thousand copies of one template have one skeleton
def _layout(workbook: bytes, relations: bytes) -> Layout:
    targets = {e.get("Id"): e.get("Target", "") for e in _parse(RELATIONS, relations).iterfind(".//{*}Relationship")}
    root = _parse(WORKBOOK, workbook)
    sheets = {}
    for sheet in root.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID))
        if target:
            sheets[sheet.get("name", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return laid_out(
        sheets,
        (
            (element.get("name", ""), (element.text or "").strip())
            for element in root.iterfind(".//{*}definedName")
            if element.get("localSheetId") is None
        ),
    )


def laid_out(sheets: Mapping[str, str], defined: Iterable[tuple[str, str]]) -> Layout:
    """The skeleton of a workbook with these sheets and these names of its own, each with what it refers to."""
    names, constants = {}, {}
    for name, text in defined:
        if match := _REFERENCE.fullmatch(text.removeprefix("=")):
            sheet_name = match[1].replace("''", "'") if match[1] else match[2]
            names[name] = Place(sheet_name, int(match[4]), column_number(match[3]))
        else:
            constants[name] = text.removeprefix("=").strip('"')
    return Layout(MappingProxyType(dict(sheets)), MappingProxyType(names), MappingProxyType(constants))


def identify(package: Package, skeleton: Layout) -> Form:
    """The form that the workbook follows. Raises FormError when it is none of ours, too new, or lacks names."""
    form = recognise(skeleton, lambda: properties(package))
    require_names(form, skeleton.names)
    return form


def require_names(form: Form, names: Mapping[str, Place]) -> None:
    """Raises FormError when the workbook lacks names of the form."""
    missing = [name for name in names_of(form.id) if name not in names]
    if missing:
        raise FormError("workbook.names", count=len(missing), names="、".join(missing[:3]))


def recognise(skeleton: Layout, properties_: Callable[[], Mapping[str, str]]) -> Form:
    """The form that the workbook says it follows. Raises FormError when it is none of ours, or too new."""
    told = {"XlreportForm": skeleton.constants.get("xlreport_form")}
    told["XlreportVersion"] = skeleton.constants.get("xlreport_version")
    if not all(told.values()):
        told = {**properties_(), **{key: value for key, value in told.items() if value}}
    form_id, version = told.get("XlreportForm"), told.get("XlreportVersion") or "1"
    if form_id is None:
        raise FormError("workbook.foreign")
    if not version.isascii() or not version.isdigit() or int(version[:9]) > TEMPLATE_VERSION:
        raise FormError("workbook.newer", version=" ".join(version.split())[:20], known=TEMPLATE_VERSION)
    if form_id not in FORMS:
        raise FormError("workbook.unknown_form", form=" ".join(form_id.split())[:20], forms="、".join(FORMS))
    return load_form(form_id)


def text_name(stem: str, key: str) -> str:
    """The name of a text's cell: ("draft", "overview.lead") → draft_overview_lead."""
    return f"{stem}_{key.replace('.', '_')}"


@lru_cache
def names_of(form_id: str) -> tuple[str, ...]:
    """Every name that a workbook of the form has."""
    form = load_form(form_id)
    figures = form.figures
    return (
        *("agency", "office_kind", "year", "contact"),
        *(figure.defined_name for figure in figures.values()),
        *(f"fact_{fact}" for fact in form.facts),
        *(text_name(stem, key) for stem in ("draft", "text") for key in form.text_keys),
        "draft_stamp",
        *(f"last_{figures[cell].defined_name}" for cell in form.last_year_figures),
        *(text_name("last_text", key) for key in form.last_year_text),
    )


def properties(package: Package) -> dict[str, str]:
    """The custom document properties, which survive programs that drop what else we mark."""
    part = package.parts.get(_PROPERTIES)
    if part is None:
        return {}
    found = _parse(_PROPERTIES, part).iterfind(".//{*}property")
    return {element.get("name", ""): "".join(element.itertext()).strip() for element in found}


def _parse(name: str, part: bytes) -> ET.Element:
    try:
        return ET.fromstring(part)  # noqa: S314  # no DOCTYPE passes the preflight, so no entities
    except (ET.ParseError, ValueError):
        raise InputError("safe.damaged", part=name) from None
