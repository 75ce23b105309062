"""Outline → DOCX, from our own WordprocessingML parts in `word/`.

The layout is that of a profile, by default GB/T 9704: A4, 22 lines of 28 characters, page numbers outside.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment

from xlreport.document.docxtable import WHOLE_PAGE, Tabular, tabular
from xlreport.document.epoch import source_date
from xlreport.document.outline import Aside, Block, Grid, Heading, Outline, Paragraph
from xlreport.document.profile import PARTS, POINT, Profile, load_profile
from xlreport.document.sheets import Sheets, sheets, wider
from xlreport.document.title import title_lines
from xlreport.safe.jinja import environment

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer_odd.xml": "footer_odd.xml",
    "word/footer_even.xml": "footer_even.xml",
    "docProps/core.xml": "core.xml",
    "docProps/app.xml": "app.xml",
}
_TURNED = {
    "word/footer_turned_odd.xml": "footer_turned_odd.xml",
    "word/footer_turned_even.xml": "footer_turned_even.xml",
}
_CARRIED = {
    "docProps/custom.xml": "custom.xml",
    "customXml/item1.xml": "carried.xml",
    "customXml/itemProps1.xml": "carried_props.xml",
    "customXml/_rels/item1.xml.rels": "carried_rels.xml",
}
"""The report's data: LibreOffice keeps both the part and the property when it saves the file anew."""
_DRESSED = {
    "styles.xml",
    "settings.xml",
    "fontTable.xml",
    "footer_odd.xml",
    "footer_even.xml",
    "app.xml",
    *_TURNED.values(),
}
_FACES = {"body": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "title": "方正小标宋简体", "song": "宋体"}
_OWN_DIGITS = {"hei", "title"}
"""Faces whose digits would look thin in Times New Roman."""
_SPARE = 7
"""A tenth of a millimetre, so that rounding costs no line and no character."""
_BELOW_TABLE = 120
"""What follows a table does not cling to it."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the body; `before`, `left`, `right`: space round it; `keep`: with the next."""

    style: str
    text: str
    new_page: bool = False
    before: int = 0
    left: int = 0
    right: int = 0
    keep: bool = False


def render_docx(outline: Outline, profile: Profile | None = None) -> bytes:
    """The document as .docx: the same outline, the same bytes. Its date, if any, is SOURCE_DATE_EPOCH."""
    profile = profile or load_profile("official")
    title = title_lines(outline.title, outline.agency, profile.width / profile.sizes[0])
    runs = [(run.turned, _run(run, profile)) for run in sheets(outline.blocks, profile)]
    turned = any(turned for turned, _ in runs)
    values = {
        "outline": outline,
        "title": title,
        "runs": runs,
        "turned": turned,
        "date": _date(),
        "look": _look(profile),
    }
    parts = _PARTS | (_TURNED if turned else {}) | (_CARRIED if outline.carried else {})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, template in parts.items():
            part = _dressed_part(template, profile) if template in _DRESSED else _part(template, values)
            entry = zipfile.ZipInfo(name)  # dated 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, part, compresslevel=3)
    return file.getvalue()


def body_xml(blocks: Sequence[Block], profile: Profile | None, width: int) -> bytes:
    """These blocks below a root of their own, for another document; tables `width` twentieths of a point wide."""
    profile = profile or load_profile("official")
    return _part("body.xml", {"items": list(_items(blocks, profile, width))})


def styles_xml(profile: Profile | None) -> bytes:
    """The part with the styles that `body_xml` uses."""
    return _dressed_part("styles.xml", profile or load_profile("official"))


def _run(run: Sheets, profile: Profile) -> list[Tabular | Line]:
    return list(_items(run.blocks, profile, _twips(profile.height if run.turned else profile.width), turned=run.turned))


def _items(blocks: Sequence[Block], profile: Profile, width: int, *, turned: bool = False) -> Iterator[Tabular | Line]:
    around = zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
    for above, block, after in around:
        gap = _BELOW_TABLE if isinstance(above, Grid) else 0
        match block:
            case Grid():
                yield tabular(wider(block, profile) if turned else block, width, turned=turned)
            case Heading(level, text):
                new_page = not turned and isinstance(after, Grid) and after.height > WHOLE_PAGE
                yield Line(f"Heading{level}", text, new_page, 0 if new_page else gap)
            case Paragraph(text, note):
                signed = isinstance(after, Aside)  # no page with a signature alone
                yield Line("TableNote" if note else "BodyText", text, before=0 if note else gap, keep=signed)
            case Aside():
                yield _aside(block, profile)


def _aside(aside: Aside, profile: Profile) -> Line:
    """One blank line sets it apart from the report."""
    before = _twips(profile.pitch) if aside.first else 0
    indent = _twips(aside.indent * profile.cell)
    match aside.place:
        case "number":
            return Line("DocumentNumber", aside.text)
        case "attachment":
            return Line("Attachment", aside.text, before=before, left=indent)
        case place:
            return Line(place.capitalize(), aside.text, before=before, right=indent)


@cache
def _look(profile: Profile) -> dict[str, object]:
    """The profile in the units of WordprocessingML: twentieths of a point, and half points for sizes."""
    title, body, note = (round(2 * size) for size in profile.sizes)
    top, right, bottom, left = (_twips(margin / POINT) for margin in profile.margins)
    pitch = _twips(profile.pitch)
    return {
        "margins": {"top": top, "right": right - _SPARE, "bottom": bottom - _SPARE, "left": left},
        "pitch": pitch,
        "title_line": max(pitch, 13 * title),
        "tracking": round(20 * (profile.cell - profile.sizes[1])),
        "indent": _twips(2 * profile.cell),
        "sizes": {"title": title, "body": body, "note": note, "number": min(28, body - 4)},
        "faces": {part: _fonts(face) for part, face in zip(PARTS, profile.faces, strict=True)},
        "number": profile.number,
        "turned": profile.table3 == "landscape",
        "footer": max(240, bottom - _twips(7 / POINT) - 127),  # the dashes stand 7 mm below the text
    }


def _fonts(face: str) -> tuple[str, str]:
    """The fonts of Chinese and of Latin characters."""
    return _FACES[face], _FACES[face] if face in _OWN_DIGITS else "Times New Roman"


def _twips(points: float) -> int:
    return round(20 * points)


def _date() -> str:
    epoch = source_date()
    return "" if epoch is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))


def _part(template: str, values: dict[str, object]) -> bytes:
    return _FORBIDDEN.sub("", _environment().get_template(template).render(values)).encode()


@cache
def _dressed_part(template: str, profile: Profile) -> bytes:
    return _part(template, {"look": _look(profile)})


@cache
def _environment() -> Environment:
    return environment(Path(__file__).with_name("word"), escape=True)
