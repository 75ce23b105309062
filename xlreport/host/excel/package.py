"""The two files that carry our macros: the template as an .xlsm, and the add-in xlreport.xlam.

Sources: ECMA-376 parts 1 and 2; [MS-OI29500] for what Excel adds (vbaProject, code names, customUI).
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping

from xlreport import __version__
from xlreport.host.excel.project import Kind, Module, vba_project
from xlreport.host.excel.sources import ADDIN, COMMON, module, ribbon
from xlreport.workbook.build.buttons import BUTTONS, DRAWING, drawing
from xlreport.workbook.build.zipped import add_part, parts_of, rezip

_TYPES, _WORKBOOK, _RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_XLSM = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_VBA = "application/vnd.ms-office.vbaProject"
_PROJECT_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def macro_workbook(template: bytes) -> bytes:
    """The template of a form, an .xlsx of our own building, with our macros: an .xlsm.

    Its buttons call the workbook's own macros. Every sheet gets the code name that its module has.
    """
    parts = parts_of(template)
    sheets = sorted(name for name in parts if re.fullmatch(r"xl/worksheets/sheet[0-9]+\.xml", name))
    names = [f"Sheet{number}" for number in range(1, len(sheets) + 1)]
    for name, code_name in zip(sheets, names, strict=True):
        _replace(parts, name, b"<sheetPr>", f'<sheetPr codeName="{code_name}">'.encode())
    _replace(parts, _WORKBOOK, b"<workbookPr/>", b'<workbookPr codeName="ThisWorkbook"/>')
    _replace(parts, _TYPES, _MAIN, _XLSM)
    parts[DRAWING] = drawing({name: f"[0]!{macro_of(name)}" for name in BUTTONS}).encode()
    documents = [Module("ThisWorkbook", Kind.WORKBOOK), *(Module(name, Kind.SHEET) for name in names)]
    _add_macros(parts, "XlReportTemplate", [*documents, *map(module, COMMON)])
    return rezip(parts)


def macro_of(button: str) -> str:
    """The macro that a button calls: xlr_validate calls XLR_Validate."""
    return f"XLR_{button.removeprefix('xlr_').capitalize()}"


def addin() -> bytes:
    """The add-in, an .xlam: an empty workbook with our macros and the ribbon."""
    parts = {name: text.encode() for name, text in _EMPTY.items()}
    _add_macros(parts, "XlReportAddin", [*map(module, ADDIN), Module("Sheet1", Kind.SHEET)])
    return rezip(parts)


def _add_macros(parts: MutableMapping[str, bytes], project: str, modules: list[Module]) -> None:
    add_part(parts, "xl/vbaProject.bin", vba_project(project, modules), _VBA)
    _relate(parts, _RELATIONS, "rIdMacros", _PROJECT_RELATION, "/xl/vbaProject.bin")
    parts["customUI/customUI14.xml"] = ribbon()
    _relate(parts, "_rels/.rels", "rIdRibbon", _RIBBON_RELATION, "/customUI/customUI14.xml")


def _relate(parts: MutableMapping[str, bytes], name: str, id_: str, type_: str, target: str) -> None:
    relation = f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/></Relationships>'
    _replace(parts, name, b"</Relationships>", relation.encode())


def _replace(parts: MutableMapping[str, bytes], name: str, old: bytes, new: bytes) -> None:
    assert parts[name].count(old) == 1, name
    parts[name] = parts[name].replace(old, new)


_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_OFFICE = f"{_OPEN}/officeDocument/2006/relationships"
_EMPTY = {
    _TYPES: f'{_DECLARATION}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_OPEN}/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>',
    "docProps/core.xml": f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_OPEN}/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>年报</dc:title><dc:creator>xlreport</dc:creator>'
    "<dc:description>政府信息公开工作年度报告：校验、生成正文、生成报告</dc:description>"
    f"<cp:version>{__version__}</cp:version></cp:coreProperties>",
    _WORKBOOK: f'{_DECLARATION}<workbook xmlns="{_OPEN}/spreadsheetml/2006/main" xmlns:r="{_OFFICE}">'
    '<workbookPr codeName="ThisWorkbook"/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    _RELATIONS: f'{_DECLARATION}<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'{_DECLARATION}<worksheet xmlns="{_OPEN}/spreadsheetml/2006/main">'
    '<sheetPr codeName="Sheet1"/><sheetData/></worksheet>',
}
