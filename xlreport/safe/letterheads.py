"""The preflight of a user's own Word file that is to be filled: refused by name is what would act when it is opened."""

from __future__ import annotations

import re

from xlreport.errors import InputError, UnsafeError
from xlreport.safe.xml import parse
from xlreport.safe.zips import Package, open_zip

DOCUMENT = "word/document.xml"
MOST_XML = 4 << 20
"""Bytes of any XML part: letterheads have a hundredth."""
_REFUSED = (
    "vbaproject",
    "vbadata",
    "word/embeddings/",
    "word/activex/",
    "customui/",
    "word/afchunk",
    "word/attachedtoolbars",
)
_PROGRAMS = re.compile("DDE|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|AUTOTEXT|DATABASE|(?<!HYPER)LINK|IMPORT")


def preflight(data: bytes) -> Package:
    """Unpack a Word file that is safe to fill. Raises UnsafeError for what could harm, InputError for what is none."""
    if not data.startswith(b"PK"):
        raise InputError("letterhead.not_docx")
    package = open_zip(data)
    if DOCUMENT not in package.parts:
        raise InputError("letterhead.not_docx")
    for name, part in package.parts.items():
        folded = name.casefold()
        if any(word in folded for word in _REFUSED):
            raise UnsafeError("letterhead.active", part=name[:80])
        if folded.endswith((".xml", ".rels")):
            _check_xml(name[:80], part)
    return package


def _check_xml(name: str, part: bytes) -> None:
    if len(part) > MOST_XML:
        raise UnsafeError("letterhead.large", part=name, limit=MOST_XML >> 20)
    head = part[:200].lower()
    if b"\0" in part or b"<!doctype" in part.lower() or (b"encoding" in head and b"utf-8" not in head):
        raise UnsafeError("letterhead.doctype", part=name)
    root = parse(name, part)
    fields = ""
    for element in root.iter("{*}instrText", "{*}fldSimple", "{*}Relationship"):
        if element.get("TargetMode", "").casefold() == "external" and not element.get("Type", "").endswith(
            "/hyperlink"
        ):
            raise UnsafeError("letterhead.external", part=name)
        fields += (element.text or "") + "".join(map(str, element.attrib.values()))  # Word joins what runs keep apart
    if name.endswith(".xml") and _PROGRAMS.search("".join(fields.upper().split())):
        raise UnsafeError("letterhead.field", part=name)
