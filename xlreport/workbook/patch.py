"""Write into a workbook that exists: cells are patched inside the zip, every other part keeps its bytes.

No formula keeps a value that its cells no longer give: LibreOffice would go on showing it. Sums that the caller knows
are written fresh; all others are left to the program that opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from lxml import etree

from xlreport.errors import InputError
from xlreport.form import column_number
from xlreport.form.weigh import Number
from xlreport.safe.workbooks import WORKBOOK, preflight
from xlreport.safe.xml import parse
from xlreport.safe.zips import Package, repack
from xlreport.workbook.places import RELATIONS, Layout, Place, layout
from xlreport.workbook.sheetxml import Sheet

Target = str | tuple[str, str]
"""A cell: its defined name, or its sheet and address, such as ("表三", "D6")."""

_CHAIN = "xl/calcChain.xml"
_TYPES = "[Content_Types].xml"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")


def patch(
    data: bytes,
    values: Mapping[Target, Number | str | None],
    *,
    caches: Mapping[Target, Number] | None = None,
    kept: Collection[Target] = (),
    fit: bool = False,
) -> bytes:
    """Write `values` into the workbook `data`; None makes a cell blank, text is never a formula.

    caches: what formulas of the caller's give now. kept: cells whose formulas keep the value they have, because nothing
    that is written here changes it. All other formulas lose theirs. fit: rows grow until their text can be read.
    Raises InputError for a cell that is not there or cannot hold its value, UnsafeError for a file that could harm.
    """
    package = preflight(data)
    skeleton = layout(package)

    def place(target: Target) -> Place:
        return _place(skeleton, target)

    return patch_places(
        package,
        skeleton,
        {place(target): value for target, value in values.items()},
        caches={place(target): value for target, value in (caches or {}).items()},
        kept={place(target) for target in kept},
        fit=fit,
    )


def patch_places(
    package: Package,
    skeleton: Layout,
    values: Mapping[Place, Number | str | None],
    *,
    caches: Mapping[Place, Number],
    kept: Collection[Place],
    unless_formula: Collection[Place] = (),
    fit: bool = False,
) -> bytes:
    """`patch` of a workbook that is open already, at places that were looked up already.

    unless_formula: cells that keep a formula, whatever `values` says: it may only not have been calculated.
    """
    changed: dict[str, bytes] = {}
    replaced = False  # has a formula given way to a value?
    for name, part_name in skeleton.sheets.items():
        own = {place: value for place, value in values.items() if place.sheet == name}
        part = package.parts.get(part_name)
        if part is None or not (own or _FORMULA.search(part)):
            continue
        sheet = Sheet(name, part_name, part)
        for place, value in own.items():
            if place in unless_formula and sheet.holds_formula(place):
                continue
            replaced |= sheet.set(place, value)
            if fit and isinstance(value, str):
                sheet.fit(place, value)
        for place, cell in sheet.formulas():
            if place not in kept:
                sheet.cache(cell, caches.get(place))
        changed[part_name] = sheet.xml()
    if (workbook := _recalculating(package.parts[WORKBOOK])) is not None:
        changed[WORKBOOK] = workbook
    if not replaced or _CHAIN not in package.parts:
        return repack(package, changed)
    return repack(package, changed | _without_chain(package), {_CHAIN})


def _place(skeleton: Layout, target: Target) -> Place:
    if isinstance(target, str):
        found = skeleton.names.get(target)
    else:
        match = _CELL.fullmatch(target[1])
        found = Place(target[0], int(match[2]), column_number(match[1])) if match else None
    if found is None or found.sheet not in skeleton.sheets:
        raise InputError("workbook.no_cell", where=target if isinstance(target, str) else "!".join(target))
    return found


def _recalculating(part: bytes) -> bytes | None:
    """The workbook part, telling programs to calculate when they open it; None when it does already."""
    root = parse(WORKBOOK, part)
    calc = root.find("{*}calcPr")
    if calc is None:
        before = [child for tag in _BEFORE_CALC for child in root.findall(f"{{*}}{tag}")]
        calc = root.makeelement(root.tag.removesuffix("workbook") + "calcPr", {})
        root.insert(1 + max(root.index(child) for child in before) if before else len(root), calc)
    if calc.get("fullCalcOnLoad") in ("1", "true"):
        return None
    calc.set("fullCalcOnLoad", "1")
    return _xml(root)


def _without_chain(package: Package) -> dict[str, bytes]:
    """The parts that name the calculation chain, without it: Excel makes it anew, and balks at one that is wrong."""
    changed = {}
    for name, tag, attribute, value in (
        (_TYPES, "Override", "PartName", f"/{_CHAIN}"),
        (RELATIONS, "Relationship", "Target", "calcChain.xml"),
    ):
        root = parse(name, package.parts[name])
        for element in root.findall(f"{{*}}{tag}"):
            if element.get(attribute, "").endswith(value):
                root.remove(element)
        changed[name] = _xml(root)
    return changed


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
