"""The buttons of 校验: plain shapes named `xlr_*`, which the add-ins of Excel and of LibreOffice bring to life.

openpyxl writes no shapes, so the drawing is put into the package that it has written. A macro-free workbook cannot say
what a click does: the shapes carry no macro here. Source: ECMA-376 part 1, 20.5 (SpreadsheetML drawing).
"""

from __future__ import annotations

from collections.abc import Mapping

from xlreport.workbook.build.zipped import add_part, parts_of, rezip

BUTTONS: Mapping[str, str] = {
    "xlr_validate": "校验",
    "xlr_draft": "生成正文",
    "xlr_export": "生成报告",
    "xlr_clear": "清除标记",
}
"""The name of each shape and what is written on it, from left to right. The first is the main one."""

DRAWING = "xl/drawings/drawing1.xml"
FIRST = 3
"""The column of the first. Each stands at the left of its own column: so they keep their distance, however wide a
program and its fonts make a column."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.drawing+xml"
_EMU = 9525  # English Metric Units in a pixel of 1/96 inch
_LEFT, _TOP, _RIGHT, _BOTTOM = 3, 9, 74, 39  # pixels in a cell 77 wide and 48 high


def add_buttons(workbook: bytes, sheet: int) -> bytes:
    """`workbook`, an .xlsx by openpyxl, with the buttons in row 1 of its sheet number `sheet`, which has no drawing."""
    parts = parts_of(workbook)
    part, relations = f"xl/worksheets/sheet{sheet}.xml", f"xl/worksheets/_rels/sheet{sheet}.xml.rels"
    end = b"</headerFooter></worksheet>"
    assert parts[part].endswith(end), "a drawing has its place between the foot line and the end"
    assert relations not in parts
    tag = f'</headerFooter><drawing xmlns:r="{_OFFICE}" r:id="rId1"/></worksheet>'
    parts[part] = parts[part].removesuffix(end) + tag.encode()
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/drawing" Target="/{DRAWING}"/>'
    parts[relations] = f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'.encode()
    add_part(parts, DRAWING, drawing().encode(), _CONTENT)
    return rezip(parts)


def drawing(macros: Mapping[str, str] | None = None) -> str:
    """The drawing part. macros: what each shape calls in a workbook that has macros, by the name of the shape."""
    attributes = {name: f' macro="{macro}" textlink=""' for name, macro in (macros or {}).items()}
    shapes = "".join(
        _shape(number, name, text, attributes.get(name, "")) for number, (name, text) in enumerate(BUTTONS.items())
    )
    return f'<xdr:wsDr xmlns:xdr="{_MAIN}/spreadsheetDrawing" xmlns:a="{_MAIN}/main">{shapes}</xdr:wsDr>'


def _shape(number: int, name: str, text: str, macro: str) -> str:
    """One rounded rectangle. It moves with its cell but keeps its size, and is not printed."""
    ground, ink, edge = ("2F6DB5", "FFFFFF", "1F4E9E") if number == 0 else ("EEF2F7", "1F4E9E", "8A94A3")
    size = f'cx="{(_RIGHT - _LEFT) * _EMU}" cy="{(_BOTTOM - _TOP) * _EMU}"'
    return (
        f'<xdr:twoCellAnchor editAs="oneCell">'
        f"{_corner('from', number, _LEFT, _TOP)}{_corner('to', number, _RIGHT, _BOTTOM)}"
        f'<xdr:sp{macro}><xdr:nvSpPr><xdr:cNvPr id="{number + 2}" name="{name}" descr="{text}"/><xdr:cNvSpPr/>'
        f'</xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        f'<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom>{_paint(ground)}<a:ln w="9525">{_paint(edge)}</a:ln>'
        f'</xdr:spPr><xdr:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        f'<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="zh-CN" sz="1100">{_paint(ink)}<a:latin typeface="黑体"/>'
        f'<a:ea typeface="黑体"/></a:rPr><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
        f'<xdr:clientData fPrintsWithSheet="0"/></xdr:twoCellAnchor>'
    )


def _corner(which: str, number: int, x: int, y: int) -> str:
    column = FIRST - 1 + number  # the drawing counts from 0
    return (
        f"<xdr:{which}><xdr:col>{column}</xdr:col><xdr:colOff>{x * _EMU}</xdr:colOff>"
        f"<xdr:row>0</xdr:row><xdr:rowOff>{y * _EMU}</xdr:rowOff></xdr:{which}>"
    )


def _paint(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
